/**
 * What each step costs in virtual time, in nanoseconds. The figures only order events in a plausible way: a call is short,
 * a VM exit longer, a wake-up longer still. They predict nothing about real hardware.
 */
export const COST = {
  enter: 20,
  exit: 5,
  vmExit: 1200,
  vmEntry: 800,
  hypercall: 1000,
  syscall: 100,
  interrupt: 600,
  wakeUp: 1500,
  spin: 10,
} as const;
