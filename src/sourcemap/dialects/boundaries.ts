import type { HopKind, Program } from '../../trace/kinds.ts';

/*
 * The boundaries of the four programs as data: which program may be on which side, which call leaves, which number both
 * sides share, which table or registration names the handler. The provers in `evidence/` read these rows and hold no name
 * of their own; a new boundary is a new row.
 */

/** A direction in which a hop of some kind may go. */
export interface Sides {
  readonly from: Program;
  readonly to: Program;
}

const GUEST = 'guest-kernel';
const HV = 'hypervisor';
const SERVICE = 'service-vm-kernel';
const DM = 'device-model';
const USER = 'guest-user';

const inside = (...programs: readonly Program[]): Sides[] =>
  programs.map((program) => ({ from: program, to: program }));
const both = (a: Program, b: Program): Sides[] => [
  { from: a, to: b },
  { from: b, to: a },
];

const ANY_KERNEL = inside(GUEST, HV, SERVICE);
const EVERYWHERE = inside(USER, GUEST, HV, SERVICE, DM);

/** Directions that each kind of hop may take. A kind whose return goes the same way back lists both. */
export const SIDES: Readonly<Record<HopKind, readonly Sides[]>> = {
  direct_call: EVERYWHERE,
  fptr_call: EVERYWHERE,
  fptr_bind: EVERYWHERE,
  macro_defined_function: EVERYWHERE,
  return_then_call: EVERYWHERE,
  return: EVERYWHERE,
  syscall: [...both(USER, GUEST), ...both(DM, SERVICE)],
  vm_exit: [
    { from: GUEST, to: HV },
    { from: SERVICE, to: HV },
  ],
  vm_entry: [
    { from: HV, to: GUEST },
    { from: HV, to: SERVICE },
    { from: HV, to: HV },
  ],
  hypercall: both(SERVICE, HV),
  ioctl: both(DM, SERVICE),
  interrupt_vector: [{ from: HV, to: SERVICE }, { from: HV, to: GUEST }, ...ANY_KERNEL],
  workqueue: inside(GUEST, SERVICE),
  waitqueue_wait: [...ANY_KERNEL, ...inside(DM)],
  waitqueue_wake: [...ANY_KERNEL, ...inside(DM), { from: SERVICE, to: DM }],
  kthread_entry: ANY_KERNEL,
  thread_create: inside(DM, HV),
  eventfd: [...inside(SERVICE, DM), ...both(SERVICE, DM)],
  epoll: [...inside(SERVICE, DM), ...both(SERVICE, DM)],
  timerfd: [...inside(DM), ...both(SERVICE, DM)],
  shared_memory: [...EVERYWHERE, ...both(GUEST, DM), ...both(HV, SERVICE), ...both(HV, DM), ...both(SERVICE, DM)],
};

/** System calls: what makes the macro spelling of the entry, and where their numbers stand. */
export const SYSCALL = {
  /** libc functions by the system call that they make; a name that is missing makes the call of its own name. */
  libc: new Map([
    ['pthread_create', 'clone'],
    ['eventfd', 'eventfd2'],
    ['pipe', 'pipe2'],
  ]),
  /** Functions of a program that are system calls. */
  calls: new Set([
    'write',
    'writev',
    'read',
    'readv',
    'open',
    'close',
    'ioctl',
    'eventfd',
    'eventfd_read',
    'eventfd_write',
    'epoll_create1',
    'epoll_ctl',
    'epoll_wait',
    'timerfd_create',
    'timerfd_settime',
  ]),
  entry: /^(?:COMPAT_)?SYSCALL_DEFINE\d\((\w+)\)$/,
  /** x86-64's own table; the generic one has other numbers. */
  numberFiles: ['arch/x86/entry/syscalls/syscall_64.tbl'],
} as const;

/** The Service VM driver's ioctls. */
export const IOCTL = {
  call: 'ioctl',
  /** Place of the number among the arguments of the call. */
  numberArgument: 1,
  /** Member of the file operations that names the handler. */
  handlerMembers: new Set(['unlocked_ioctl', 'compat_ioctl']),
  numberFiles: {
    acrn: ['devicemodel/include/public/hsm_ioctl_defs.h', 'devicemodel/include/public/vhm_ioctl_defs.h'],
    linux: ['include/uapi/linux/acrn.h'],
  },
  /** Numbers of another interface, that mainline's driver never had: ACRN's device model before v2.6. */
  otherAbi: /^IC_/,
} as const;

/** Hypercalls of the Service VM's kernel. */
export const HYPERCALL = {
  /** Inline functions that execute VMCALL; the number is their first argument. */
  wrapper: /^acrn_hypercall\d$/,
  numberArgument: 0,
  /** Table by number on the hypervisor's side, and the bits of the number that index it. */
  table: 'hc_dispatch_table',
  indexMask: 0xffn,
  /** Labels of the switch in versions without a table. */
  label: /^HC_/,
  exitReason: 'VMX_EXIT_REASON_VMCALL',
  numberFiles: {
    acrn: ['hypervisor/include/public/acrn_hv_defs.h'],
    linux: ['drivers/virt/acrn/hypercall.h'],
  },
} as const;

/** VM exits: the host's entry point, the table by exit reason, and the instructions that leave. */
export const VM_EXIT = {
  label: 'vm_exit',
  /** The field of the VMCS that holds the label's address, and who writes it. */
  hostRip: { file: 'hypervisor/arch/x86/guest/vmcs.c', pattern: /&\s*vm_exit\b/ },
  table: 'dispatch_table',
  /** As they stand in the text of an asm statement, where a tab or newline may be written in front of them. */
  instructions: [
    { name: 'out', pattern: /\basm\b.*?"\s*out[bwl]?\b/, reason: 'VMX_EXIT_REASON_IO_INSTRUCTION' },
    { name: 'in', pattern: /\basm\b.*?"\s*in[bwl]?\b/, reason: 'VMX_EXIT_REASON_IO_INSTRUCTION' },
    { name: 'vmcall', pattern: /"(?:[^"]*(?:\\[nt]|[^\w\\]))?vmcall\b/, reason: 'VMX_EXIT_REASON_VMCALL' },
    { name: 'mov', pattern: /\basm\b.*?"\s*mov[bwlq]?\b/, reason: 'VMX_EXIT_REASON_EPT_VIOLATION' },
    { name: 'hlt', pattern: /"(?:[^"]*(?:\\[nt]|[^\w\\]))?hlt\b/, reason: 'VMX_EXIT_REASON_HLT' },
  ],
  /** What makes an instruction leave that need not: every port of a User VM is intercepted. */
  intercepts: [
    {
      reason: 'VMX_EXIT_REASON_IO_INSTRUCTION',
      file: 'hypervisor/arch/x86/guest/vm.c',
      pattern: /memset\s*\(.*io_bitmap.*0xFFU?\b/,
      shows: 'io_bitmap',
    },
  ],
} as const;

/** VM entries: the calls that enter a guest, innermost last, and the instructions behind them. */
export const VM_ENTRY = {
  calls: new Set(['exec_vmentry', 'vmx_vmrun']),
  assembler: { file: 'hypervisor/arch/x86/guest/vmx_asm.S', pattern: /^\s*(vmresume|vmlaunch)\b/ },
} as const;

/** An interrupt vector that both sides know by number. */
export interface VectorRule {
  /** Handler as its C name, without the macro that makes it. */
  readonly handler: string;
  /** Names of the vector on the sending side, the newest first; empty where vectors are given out as a device asks. */
  readonly sent: readonly string[];
  /** Names of the vector on the receiving side. */
  readonly received: readonly string[];
  /** Functions or macros that put the handler into the interrupt table. */
  readonly install: readonly string[];
  /** The same in assembler or in a text that is no C. */
  readonly installText?: { readonly file: string; readonly pattern: RegExp; readonly shows: string };
}

/** Vectors with a handler of their own. */
export const VECTORS: readonly VectorRule[] = [
  {
    handler: 'sysvec_acrn_hv_callback',
    sent: ['HYPERVISOR_CALLBACK_HSM_VECTOR', 'HYPERVISOR_CALLBACK_VHM_VECTOR', 'VECTOR_HYPERVISOR_CALLBACK_VHM'],
    received: ['HYPERVISOR_CALLBACK_VECTOR'],
    install: ['sysvec_install', 'alloc_intr_gate', 'DECLARE_IDTENTRY_SYSVEC'],
  },
  {
    handler: 'common_interrupt',
    sent: [],
    received: [],
    install: ['DECLARE_IDTENTRY_IRQ'],
    installText: {
      file: 'arch/x86/include/asm/idtentry.h',
      pattern: /\bjmp\s+asm_common_interrupt\b/,
      shows: 'asm_common_interrupt',
    },
  },
  {
    handler: 'kick_notification',
    sent: ['NOTIFY_VCPU_VECTOR'],
    received: [],
    install: ['request_notification_irq', 'request_irq'],
  },
];

/** Calls that send an interrupt: an IPI, a posted interrupt, an event for the next VM entry. */
export const INTERRUPT_SENDERS: ReadonlySet<string> = new Set([
  'send_single_ipi',
  'kick_pcpu',
  'apicv_trigger_pi_anv',
  'apicv_post_intr',
  'vlapic_set_intr',
  'vlapic_intr_edge',
  'exec_vmwrite32',
  'exec_vmwrite',
  'exec_vmentry',
  'vmx_vmrun',
]);

/** Where the numbers and tables of vectors stand. */
export const VECTOR_FILES = {
  acrn: [
    'hypervisor/include/arch/x86/asm/irq.h',
    'hypervisor/include/arch/x86/irq.h',
    'hypervisor/arch/x86/lapic.c',
    'hypervisor/arch/x86/notify.c',
  ],
  linux: ['arch/x86/include/asm/irq_vectors.h', 'arch/x86/include/asm/idtentry.h', 'arch/x86/kernel/cpu/acrn.c'],
} as const;

/** A call with the place of the argument that names what it is about. */
export type CallArguments = ReadonlyMap<string, number>;

/** Kind of the registrars and runners of the dialect (`linux-masks.ts`) that say what a work item runs and who queues it. */
export const WORK_KIND = 'work';

/** Wait queues and events: who waits on what, who wakes what (place of the queue). */
export const WAIT = {
  wait: new Map([
    ['wait_event', 0],
    ['wait_event_interruptible', 0],
    ['wait_event_freezable', 0],
    ['wait_event_timeout', 0],
    ['add_wait_queue', 0],
    ['add_wait_queue_exclusive', 0],
    ['__add_wait_queue_exclusive', 0],
    ['prepare_to_wait', 0],
    ['poll_wait', 1],
    // hypervisor/common/schedule.c: a thread is put to sleep and woken by its own object
    ['sleep_thread', 0],
    ['pause_vcpu', 0],
  ]) as CallArguments,
  /** Of these, what only hands the queue to the caller's poll table. */
  handsOn: new Set(['poll_wait']),
  wake: new Map([
    ['wake_up', 0],
    ['wake_up_interruptible', 0],
    ['wake_up_interruptible_poll', 0],
    ['wake_up_poll', 0],
    ['wake_up_locked', 0],
    ['wake_up_locked_poll', 0],
    ['wake_up_sync', 0],
    ['signal_event', 0],
    ['wake_thread', 0],
    ['resume_vcpu', 0],
  ]) as CallArguments,
  /** Wakes a thread by its object (place of the thread). */
  wakeThread: new Map([['wake_up_process', 0]]) as CallArguments,
  /** Registers a function to be run by the waker instead of a waiting task (place of the function). */
  callback: new Map([['init_waitqueue_func_entry', 1]]) as CallArguments,
} as const;

/** Threads: who starts one, and the place of the function that it runs. */
export const THREADS: CallArguments = new Map([
  ['kthread_run', 0],
  ['kthread_create', 0],
  ['kthread_create_on_node', 0],
  ['pthread_create', 2],
]);

/** Members that hold the function which a thread runs, for programs that fill a thread object themselves. */
export const THREAD_MEMBERS: ReadonlySet<string> = new Set(['thread_entry']);

/** Event file descriptors. */
export const EVENT_FD = {
  signal: new Set(['eventfd_signal', 'eventfd_signal_mask', 'eventfd_write', 'write']),
  /** Registration of a descriptor with epoll, and what waits for it. */
  register: new Set(['epoll_ctl', 'mevent_add', 'iothread_add', 'acrn_eventfd_assign']),
  wait: new Set(['epoll_wait']),
  /** The kernel's own signal, and how it takes a descriptor that a user gave it. */
  kernelSignal: new Set(['eventfd_signal', 'eventfd_signal_mask']),
  take: new Set(['eventfd_ctx_fdget', 'eventfd_ctx_fileget']),
  /** Makes a timer descriptor, and arms one. */
  makeTimer: new Set(['timerfd_create']),
  arm: new Set(['timerfd_settime']),
  /** Arms or makes a timer descriptor. */
  timers: new Set(['timerfd_settime', 'timerfd_create', 'acrn_timer_settime', 'virtio_start_timer']),
} as const;

/** A piece of memory that two programs share: the fields that say "your turn", as they are written and read. */
export interface SharedArea {
  readonly name: string;
  readonly fields: RegExp;
}

/** Shared memory of the machine (facts: hypervisor/include/public/acrn_common.h, virtio 1.2 2.7, sbuf). */
export const SHARED_AREAS: readonly SharedArea[] = [
  {
    name: 'I/O request page',
    fields: /\bprocessed\b|\breq_slot\b|\b[gs]et_(?:io|vhm)_req_state\b|\bhas_complete_ioreq\b|\bio_shared_page\b/,
  },
  {
    name: 'used ring',
    fields: /\bused(?:_idx)?\s*->\s*(?:idx|flags|ring)\b|\bvuh?->idx\b|\bused\b.*\bidx\b|\blast_used_idx\b/,
  },
  { name: 'avail ring', fields: /\bavail\s*->\s*(?:idx|flags|ring)\b|\blast_avail\b/ },
  { name: 'asyncio buffer', fields: /\bsbuf_put\b|->\s*(?:tail|head)\b/ },
];
