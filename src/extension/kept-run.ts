import { fromHex } from '../base/bytes.ts';
import { BACKENDS, type Backend } from '../scenarios/scenario.ts';

/** What was run, so that a reloaded window can run it again. A real file is never among it: what restores only shows. */
export interface KeptRun {
  readonly hex: string;
  readonly backend: Backend;
}

/** Most hex digits that are kept: the view keeps them with its own state. */
const LONGEST = 200_002;

/** A run in the form the panel keeps; empty where its text is too long to be kept. */
export function keepRun(run: KeptRun): string {
  return run.hex.length > LONGEST ? '' : JSON.stringify({ hex: run.hex, backend: run.backend });
}

/** What a panel kept, undefined where it is none of ours. */
export function parseKeptRun(text: string): KeptRun | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { hex, backend } = value as Readonly<Record<keyof KeptRun, unknown>>;
  const known = BACKENDS.find((one) => one === backend);
  return typeof hex === 'string' && hex.length <= LONGEST && fromHex(hex) !== undefined && known !== undefined
    ? { hex, backend: known }
    : undefined;
}
