import { fill } from '../../protocol/view-texts.ts';
import type { ViewModel } from '../model.ts';
import { timeText } from './ticks.ts';

/** What a screen reader says of the step that the cursor stands on, as attributes of a slider. */
export function sliderValue({ moment, range, count, head, texts }: ViewModel): Readonly<Record<string, string>> {
  if (moment === undefined) {
    return {};
  }
  const context = head.contexts[moment.context];
  const at = moment.step - range.from + 1;
  const name = head.stages[moment.stage]?.function ?? '';
  const words = [name, context?.program ?? '', context?.name ?? '', at, count, timeText(moment.time, 1)];
  return {
    'aria-valuemin': '1',
    'aria-valuemax': String(count),
    'aria-valuenow': String(at),
    'aria-valuetext': fill(texts['value-text'], ...words),
  };
}
