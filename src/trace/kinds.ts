/** What one event of a trace says. Order is the stored code: append only. */
export const EVENT_KINDS = [
  'enter', // a stage is entered on its context
  'exit', // that stage is left
  'hop', // control leaves for another stage in another way than a plain call
  'block', // the context stops running until it is woken
  'resume', // the context runs again
  'state', // a field of the machine changes
  'memory', // bytes of guest or Service VM memory change
  'hazard', // the real code misbehaves here
  'log', // the real program would write a line to its log
  'output', // bytes leave the machine through a backend
  'spin', // a busy wait that ended, with the number of turns
] as const;

/** Kind of an event. */
export type EventKind = (typeof EVENT_KINDS)[number];

/** Ways from one stage to the next, spelled as in the design. Order is the stored code: append only. */
export const HOP_KINDS = [
  'direct_call',
  'fptr_call',
  'fptr_bind',
  'macro_defined_function',
  'return_then_call',
  'return',
  'syscall',
  'vm_exit',
  'vm_entry',
  'hypercall',
  'ioctl',
  'interrupt_vector',
  'workqueue',
  'waitqueue_wait',
  'waitqueue_wake',
  'kthread_entry',
  'thread_create',
  'eventfd',
  'epoll',
  'timerfd',
  'shared_memory',
] as const;

/** Kind of a hop. */
export type HopKind = (typeof HOP_KINDS)[number];

/** The hops that leave a program or a thread. */
export const BOUNDARY_KINDS: ReadonlySet<HopKind> = new Set([
  'syscall',
  'vm_exit',
  'vm_entry',
  'hypercall',
  'ioctl',
  'interrupt_vector',
  'workqueue',
  'waitqueue_wait',
  'waitqueue_wake',
  'kthread_entry',
  'thread_create',
  'eventfd',
  'epoll',
  'timerfd',
  'shared_memory',
]);

/** Real programs, in the order in which a write meets them. */
export const PROGRAMS = ['guest-user', 'guest-kernel', 'hypervisor', 'service-vm-kernel', 'device-model'] as const;

/** A real program. */
export type Program = (typeof PROGRAMS)[number];

/** Before the first guest action, or from it on. */
export const PHASES = ['set-up', 'run'] as const;

/** Part of a run. */
export type Phase = (typeof PHASES)[number];

/** Levels of the log lines that a real program writes. */
export const LOG_LEVELS = ['error', 'warning', 'notice', 'info', 'debug'] as const;

/** Level of a log line. */
export type LogLevel = (typeof LOG_LEVELS)[number];
