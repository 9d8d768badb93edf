/** What a long job asks between two pieces of work. Hosts wrap their own token (VS Code, SIGINT) in it. */
export interface CancelSignal {
  readonly cancelled: boolean;
}

/** Never cancelled. */
export const neverCancelled: CancelSignal = { cancelled: false };
