/** Faults that a scenario may ask of the hypervisor and the hardware below it. Empty: everything works. */
export interface HypervisorFaults {
  /** Upcalls (notifications of vector 0xF3) that never arrive, counted from 0. */
  readonly dropUpcalls?: readonly number[];
  /** Guest interrupts' notifications that never arrive, counted from 0. */
  readonly dropGuestInterrupts?: readonly number[];
  /** Hypercalls that return an error instead of being carried out: table index, how many times, and the value. */
  readonly refuseHypercalls?: readonly { readonly index: number; readonly times: number; readonly result: number }[];
  /** Calls of `sbuf_put` that find the shared buffer full, counted from 0. */
  readonly fullSharedBuffer?: readonly number[];
}
