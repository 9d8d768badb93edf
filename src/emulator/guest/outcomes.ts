/** How an action ended: bytes written or read in all, or a negative errno; what was read. */
export interface ActionResult {
  readonly path: string;
  readonly returned: number;
  readonly read?: Uint8Array;
}

/** As many outcomes are kept at least, and less than twice as many: a guest that acts for ever needs no more memory. */
const KEPT = 65_536;

/** How the actions of a guest ended: the last ones, and how many there were. */
export class Outcomes {
  /** In the order of their ends. */
  readonly kept: ActionResult[] = [];
  /** How many have ended, dropped ones included. */
  ended = 0;

  add(outcome: ActionResult): void {
    this.ended++;
    this.kept.push(outcome);
    if (this.kept.length === 2 * KEPT) {
      this.kept.splice(0, KEPT);
    }
  }
}
