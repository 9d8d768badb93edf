/** Faults that a scenario may ask of the Service VM's kernel. Empty: everything works. */
export interface ServiceVmFaults {
  /** Delay of each run of `ioreq_work`, in nanoseconds of virtual time. */
  readonly delayIoreqWork?: number;
  /** Upcalls that the kernel loses before its handler runs, counted from 0. */
  readonly loseUpcalls?: readonly number[];
}
