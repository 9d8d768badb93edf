import { err, ok, type Result } from '../base/result.ts';
import { type Check, count, flag, oneOf, type Shapes, within } from './check.ts';
import { INSPECT_SHAPES } from './inspect.ts';
import { type FromView, LIMITS, MOVES, type Shown } from './messages.ts';
import { NAVIGATE_SHAPES } from './navigate.ts';
import { TIMELINE_SHAPES } from './timeline.ts';

/** Why a message was refused, for the log. Never holds more of the message than its tag. */
export type Refusal = string;

type Fields = Readonly<Record<string, unknown>>;

const shown = oneOf<Shown>(['run', 'set-up']);

/** Each family of messages brings its own shapes: spread them in here. */
const SHAPES: Shapes<FromView> = {
  ready: { version: count },
  'want-steps': { request: count, from: count, count: within(1, LIMITS.steps) },
  go: { step: count },
  move: { by: oneOf(MOVES) },
  play: { on: flag },
  show: { shown },
  open: { step: count, evidence: within(-1, 1000) },
  'choose-folders': {},
  ...NAVIGATE_SHAPES,
  ...INSPECT_SHAPES,
  ...TIMELINE_SHAPES,
};

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** Checks what a view sent: known tag, exactly its fields, each of its type and within its bounds. */
export const parseFromView = parserOf<FromView>(SHAPES);

/** The same check for another family of messages. */
export function parserOf<M extends { readonly t: string }>(shapes: Shapes<M>): (value: unknown) => Result<M, Refusal> {
  const isTag = (tag: unknown): tag is M['t'] => typeof tag === 'string' && Object.hasOwn(shapes, tag);
  return (value) => {
    if (!isRecord(value) || Array.isArray(value)) {
      return err('not an object');
    }
    const tag = value['t'];
    if (!isTag(tag)) {
      return err('unknown tag');
    }
    const shape: Readonly<Record<string, Check<unknown>>> = shapes[tag];
    const extra = Object.keys(value).find((key) => key !== 't' && !Object.hasOwn(shape, key));
    return extra === undefined ? checked<M>(tag, value, shape) : err(`${tag}: a field too many`);
  };
}

function checked<M extends { readonly t: string }>(
  tag: M['t'],
  value: Fields,
  shape: Readonly<Record<string, Check<unknown>>>,
): Result<M, Refusal> {
  const clean: Record<string, unknown> = { t: tag };
  for (const [name, check] of Object.entries(shape)) {
    const field = Object.hasOwn(value, name) ? check(value[name]) : undefined;
    if (field === undefined) {
      return err(`${tag}: wrong ${name}`);
    }
    clean[name] = field;
  }
  return ok(clean as unknown as M);
}
