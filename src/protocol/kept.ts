import { err, ok, type Result } from '../base/result.ts';
import type { Shown } from './messages.ts';

/** What a view keeps over a reload of the window: where it was, and the host's own word for which run it was. */
export interface KeptState {
  readonly format: 1;
  readonly keep: string;
  readonly step: number;
  readonly shown: Shown;
}

/** The longest `keep` that is taken back. */
const LONGEST_KEEP = 300_000;

/** Checks a kept state: it comes from a page, possibly from an older version of this extension. */
export function parseKept(value: unknown): Result<KeptState, string> {
  if (typeof value !== 'object' || value === null) {
    return err('not an object');
  }
  const { format, keep, step, shown } = value as Readonly<Record<keyof KeptState, unknown>>;
  if (format !== 1) {
    return err('other format');
  }
  if (typeof keep !== 'string' || keep.length > LONGEST_KEEP) {
    return err('wrong keep');
  }
  if (typeof step !== 'number' || !Number.isInteger(step) || step < 0 || step > 0xffffffff) {
    return err('wrong step');
  }
  if (shown !== 'run' && shown !== 'set-up') {
    return err('wrong shown');
  }
  return ok({ format, keep, step, shown });
}
