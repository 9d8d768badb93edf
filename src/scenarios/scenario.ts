import type { InEveryLanguage } from '../texts/language.ts';

/** One write(2) of a guest process. */
export interface WriteAction {
  readonly do: 'write';
  readonly vcpu: number;
  readonly path: string;
  /** Bytes as hex digits. */
  readonly hex: string;
}

/** What a guest's user space does, in order. */
export type GuestAction = WriteAction;

/** Kinds of backend of virtio-console, in acrn-dm's words. */
export const BACKENDS = ['stdio', 'file'] as const;

/** A backend of virtio-console. */
export type Backend = (typeof BACKENDS)[number];

/**
 * What to run. The route that the machine takes follows from these conditions; `route` only names what is expected, and
 * `forced` lists conditions that stock software would not set.
 */
export interface Scenario {
  readonly format: 1;
  readonly name: string;
  readonly route: string;
  readonly title: InEveryLanguage<string>;
  readonly summary: InEveryLanguage<string>;
  readonly machine: {
    readonly vcpus: number;
    /** acrn-dm's option text after `virtio-console,`. */
    readonly console: string;
    readonly seed: number;
  };
  readonly guest: readonly GuestAction[];
  readonly forced: readonly string[];
}
