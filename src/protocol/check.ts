/** Takes a field of a message: the value where it is what it must be, else undefined. */
export type Check<T> = (value: unknown) => T | undefined;

/** The checks of all fields of one message. */
export type Shape<M> = { readonly [K in keyof Omit<M, 't'>]: Check<M[K]> };

/** The shapes of a family of messages, by tag. */
export type Shapes<M extends { readonly t: string }> = {
  readonly [T in M['t']]: Shape<Extract<M, { readonly t: T }>>;
};

/** Step, event and request numbers: far above every run, far below what a double cannot hold. */
export const MOST = 0xffffffff;

/** A whole number from `least` to `most`, both included. */
export const within =
  (least: number, most: number): Check<number> =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : undefined;

/** A number of steps, events or requests. */
export const count: Check<number> = within(0, MOST);

/** True or false. */
export const flag: Check<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);

/** One of a closed set of words. */
export const oneOf =
  <T extends string>(names: readonly T[]): Check<T> =>
  (value) =>
    names.find((name) => name === value);

/** A text of at most `most` UTF-16 units. */
export const textUpTo =
  (most: number): Check<string> =>
  (value) =>
    typeof value === 'string' && value.length <= most ? value : undefined;
