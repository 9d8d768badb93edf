/**
 * Branded units. A raw number can never be passed where a guest address, a ring index or a line is meant.
 * `brand` is the one place where a checked number becomes a unit; everything else converts from unit to unit.
 */
export type Brand<T, Name extends string> = T & { readonly __unit: Name };

/** Guest-physical address in bytes. Below 2^53, which is above every address the emulated VM can hold. */
export type Gpa = Brand<number, 'Gpa'>;
/** Free-running 16-bit ring index (`avail.idx`, `used.idx`, `last_avail`): wraps at 65536. */
export type RingIndex = Brand<number, 'RingIndex'>;
/** Line in a source file, 1-based as editors show it. */
export type Line = Brand<number, 'Line'>;
/** Virtual time in nanoseconds since the machine was powered on. It orders events, it predicts nothing. */
export type VirtualTime = Brand<number, 'VirtualTime'>;
/** Position of an event in a trace, counted from 0. */
export type Seq = Brand<number, 'Seq'>;

/** Guest-physical address from a byte count. */
export const gpa = (value: number): Gpa => value as Gpa;
/** Ring index from any integer: keeps the low 16 bits. */
export const ringIndex = (value: number): RingIndex => (value & 0xffff) as RingIndex;
/** Distance from `from` to `to` on the 16-bit ring, 0..65535 (virtio 1.2, 2.7.6: indices wrap naturally). */
export const ringDistance = (to: RingIndex, from: RingIndex): number => (to - from) & 0xffff;
/** 1-based line from a 0-based row. */
export const lineOfRow = (row: number): Line => (row + 1) as Line;
/** 1-based line from a number that is already 1-based. */
export const line = (value: number): Line => value as Line;
/** 0-based row of a line. */
export const rowOfLine = (value: Line): number => value - 1;
/** Virtual time from nanoseconds. */
export const virtualTime = (nanoseconds: number): VirtualTime => nanoseconds as VirtualTime;
/** Event position from a count. */
export const seq = (value: number): Seq => value as Seq;
