import type {
  Attacher,
  Dialect,
  FunctionMaker,
  MaskForm,
  MaskRule,
  Registrar,
  Runner,
  TypeMacro,
} from '../../indexer/dialect.ts';

/** Masks of one form for one reason. */
function masks(form: MaskForm, reason: string, names: string): MaskRule[] {
  return names.split(/\s+/).map((name) => ({ name, form, reason }));
}

/** Annotations of the kernel (include/linux/compiler_types.h, compiler_attributes.h, init.h, cache.h). */
const MASKS: readonly MaskRule[] = [
  ...masks(
    'word',
    'address space or reference annotation inside a type or a cast, read by sparse only',
    '__user __iomem __kernel __percpu __rcu __force __nocast __safe __private __bitwise __seg_gs __seg_fs',
  ),
  ...masks(
    'word',
    'names the section a function or variable goes to; stands between type and name',
    '__init __exit __initdata __exitdata __initconst __initdata_or_module __init_or_module __initdata_or_meminit ' +
      '__init_or_meminit __ref __refdata __refconst __meminit __meminitdata __net_init __net_exit __net_initdata ' +
      '__devinit __devexit __cpuinit __head __read_mostly __ro_after_init __sched __lockfunc __cpuidle __kprobes ' +
      '__irq_entry __softirq_entry __exception_irq_entry __entry __noinitretpoline __bss_decrypted __entry_text ' +
      'noinstr __always_init __latent_entropy __randomize_layout __no_randomize_layout __vdso __efi_runtime __init_memblock ' +
      '__initdata_memblock __page_aligned_data __page_aligned_bss __sdata __flatten __nosavedata ___cacheline_aligned_in_smp',
  ),
  ...masks(
    'word',
    'attribute of a function or variable that is spelled as one word',
    '__always_inline __noinline noinline noinline_for_stack inline_for_extension __maybe_unused __always_unused ' +
      '__unused __used __must_check __deprecated __malloc __pure __attribute_const__ __cold __hot __weak __weakref ' +
      '__noreturn __visible asmlinkage notrace __no_sanitize_address __no_kcsan __no_kasan_or_inline __no_sanitize_or_inline ' +
      '__no_sanitize_undefined __no_stack_protector __no_profile __nocfi __noscs __noendbr __gnu_inline __no_kstack_erase ' +
      '__init_timer_attr __packed __aligned_largest ____cacheline_aligned ____cacheline_aligned_in_smp __cacheline_aligned ' +
      '__cacheline_aligned_in_smp ____cacheline_internodealigned_in_smp __ALIGNED__ __mode_word __transparent_union ' +
      '__nonstring __designated_init __compiletime_error_fallback __diagnose_as_builtin __no_context_analysis ' +
      '__signed__dummy __fastcall __stdcall fastcall __bpf_kfunc __bpf_kfunc_alias __force_align_arg_pointer ' +
      '__always_used __assume_aligned_word __noclone __optimize_word __function_aligned __no_caller_saved_registers const_debug __efiapi',
  ),
  ...masks(
    'call',
    'attribute with arguments in a declaration',
    '__counted_by __counted_by_le __counted_by_be __counted_by_ptr __guarded_by __aligned __alloc_size __printf __scanf ' +
      '__assume_aligned __nonnull __section __cleanup __free __acquires __releases __must_hold __must_hold_shared ' +
      '__acquires_shared __releases_shared __cond_acquires __compiletime_error __compiletime_warning ' +
      '__no_sanitize __diag_ignore_all __alias __error __warning __align_of_max __element_count __realloc_size ' +
      '__call_rcu_attr __function_aligned_to __initcall_id DEFINE_FREE_ATTR __asm_label __counted_by_expr',
  ),
  ...masks('call', 'section of a BPF program or map (tools/lib/bpf/bpf_helpers.h), before or behind a name', 'SEC'),
  ...masks(
    'loop',
    'loop head made by a macro: C knows no call in front of a statement',
    'list_for_each list_for_each_entry list_for_each_entry_safe list_for_each_entry_rcu list_for_each_safe ' +
      'list_for_each_entry_reverse list_for_each_entry_from list_for_each_entry_continue list_for_each_prev ' +
      'hlist_for_each_entry hlist_for_each_entry_safe hlist_for_each_entry_rcu for_each_possible_cpu for_each_online_cpu ' +
      'for_each_present_cpu for_each_cpu for_each_set_bit for_each_irq_desc for_each_action_of_desc virtio_device_for_each_vq scoped_guard',
  ),
  ...masks(
    'loop',
    'end of a do loop made by a macro: C wants `while` behind the block',
    'while_each_thread while_each_pid_task while_each_pid_thread',
  ),
  ...masks(
    'arguments',
    'the arguments are pieces of assembler or of a template, not C',
    '_ASM_EXTABLE _ASM_EXTABLE_UA _ASM_EXTABLE_TYPE _ASM_EXTABLE_TYPE_REG ALTERNATIVE alternative alternative_io ' +
      'alternative_input alternative_call alternative_call_2 alternative_2 ' +
      'TP_PROTO TP_ARGS TP_STRUCT__entry TP_fast_assign TP_printk PVOP_CALL0 PVOP_VCALL0',
  ),
  ...masks('assembler', 'asm under another name', 'asm_volatile_goto asm_inline asm_goto_output'),
  ...masks(
    'unwrap',
    'groups members of a struct without a member of its own; what it holds is plain C',
    'struct_group_members_only',
  ),
];

function makers(
  reason: string,
  params: FunctionMaker['params'],
  names: readonly string[],
  nameArgument = 0,
): FunctionMaker[] {
  return names.map((name) => ({ name, nameArgument, params, reason }));
}

const ARITIES = [0, 1, 2, 3, 4, 5, 6];

/** Macros that make the head of a function. */
const MAKERS: readonly FunctionMaker[] = [
  ...makers(
    'system call entry: types and names of the parameters alternate (include/linux/syscalls.h)',
    'type-name-pairs',
    ARITIES.flatMap((n) => [`SYSCALL_DEFINE${n}`, `COMPAT_SYSCALL_DEFINE${n}`]),
  ),
  ...makers('interrupt entry that takes the registers (arch/x86/include/asm/idtentry.h)', 'none', [
    'DEFINE_IDTENTRY',
    'DEFINE_IDTENTRY_ERRORCODE',
    'DEFINE_IDTENTRY_RAW',
    'DEFINE_IDTENTRY_RAW_ERRORCODE',
    'DEFINE_IDTENTRY_IRQ',
    'DEFINE_IDTENTRY_SYSVEC',
    'DEFINE_IDTENTRY_SYSVEC_SIMPLE',
    'DEFINE_IDTENTRY_XENCB',
    'DEFINE_FREDENTRY',
    'DEFINE_FREDENTRY_RAW',
  ]),
];

function registrars(kind: string, reason: string, rows: readonly (readonly [string, number, number])[]): Registrar[] {
  return rows.map(([name, object, handler]) => ({ name, kind, object, handler, reason }));
}

/** Who files a handler under an object. */
const REGISTRARS: readonly Registrar[] = [
  ...registrars('work', 'binds the function of a work item (include/linux/workqueue.h)', [
    ['INIT_WORK', 0, 1],
    ['INIT_DELAYED_WORK', 0, 1],
    ['INIT_DEFERRABLE_WORK', 0, 1],
    ['INIT_RCU_WORK', 0, 1],
    ['DECLARE_WORK', 0, 1],
    ['DECLARE_DELAYED_WORK', 0, 1],
    ['__WORK_INITIALIZER', 0, 1],
  ]),
  ...registrars('timer', 'binds the function of a timer (include/linux/timer.h)', [
    ['timer_setup', 0, 1],
    ['setup_timer', 0, 1],
    ['DEFINE_TIMER', 0, 1],
  ]),
  ...registrars('wait', 'binds the wake-up function of a wait queue entry (include/linux/wait.h)', [
    ['init_waitqueue_func_entry', 0, 1],
    ['DEFINE_WAIT_FUNC', 0, 1],
    ['init_wait_func', 0, 1],
  ]),
  ...registrars('poll', 'binds the queueing function of a poll table (include/linux/poll.h)', [
    ['init_poll_funcptr', 0, 1],
  ]),
  ...registrars('tasklet', 'binds the function of a tasklet (include/linux/interrupt.h)', [
    ['tasklet_init', 0, 1],
    ['tasklet_setup', 0, 1],
    ['DECLARE_TASKLET', 0, 1],
  ]),
  ...registrars('irq_work', 'binds the function of an irq_work (include/linux/irq_work.h)', [['init_irq_work', 0, 1]]),
];

function runners(kind: string, reason: string, object: number, names: string): Runner[] {
  return names.split(' ').map((name) => ({ name, kind, object, reason }));
}

/** Who puts an entry with a handler on an object. */
const ATTACHERS: readonly Attacher[] = [
  'add_wait_queue',
  'add_wait_queue_exclusive',
  'add_wait_queue_priority',
  '__add_wait_queue',
  '__add_wait_queue_exclusive',
  '__add_wait_queue_entry_tail',
  'prepare_to_wait',
  'prepare_to_wait_exclusive',
].map((name) => ({
  name,
  kind: 'wait',
  object: 0,
  entry: 1,
  reason: 'puts an entry on a wait queue (include/linux/wait.h)',
}));

/** Who makes the handlers of an object run. */
const RUNNERS: readonly Runner[] = [
  ...runners(
    'work',
    'queues a work item on a named queue',
    1,
    'queue_work queue_delayed_work mod_delayed_work queue_rcu_work',
  ),
  ...runners('work', 'queues a work item on a CPU of a named queue', 2, 'queue_work_on queue_delayed_work_on'),
  ...runners('work', 'queues a work item on the system queue', 0, 'schedule_work schedule_delayed_work flush_work'),
  ...runners('timer', 'arms a timer', 0, 'mod_timer add_timer timer_reduce'),
  ...runners('tasklet', 'schedules a tasklet', 0, 'tasklet_schedule tasklet_hi_schedule'),
  ...runners('irq_work', 'queues an irq_work', 0, 'irq_work_queue'),
  ...runners('poll', 'calls the queueing function of the poll table', 1, 'vfs_poll'),
  ...runners(
    'wait',
    'calls the function of every entry that waits on the head',
    0,
    'wake_up wake_up_all wake_up_interruptible wake_up_interruptible_all wake_up_poll wake_up_locked_poll ' +
      'wake_up_interruptible_poll wake_up_locked wake_up_interruptible_sync_poll',
  ),
];

/** Macros whose value has the type that an argument names. */
const TYPE_MACROS: readonly TypeMacro[] = [
  ...['container_of', 'container_of_const', 'list_entry', 'list_first_entry', 'list_last_entry', 'hlist_entry'].map(
    (name) => ({ name, type: 1, yields: 'pointer' as const }),
  ),
  ...['list_first_entry_or_null', 'list_next_entry_of', 'rb_entry', 'rb_entry_safe', 'list_entry_rcu'].map((name) => ({
    name,
    type: 1,
    yields: 'pointer' as const,
  })),
];

/** Macros that define a label in assembler. */
const LABEL_MACROS = [
  'ENTRY',
  'SYM_FUNC_START',
  'SYM_FUNC_START_LOCAL',
  'SYM_FUNC_START_NOALIGN',
  'SYM_FUNC_START_WEAK',
  'SYM_TYPED_FUNC_START',
  'SYM_CODE_START',
  'SYM_CODE_START_LOCAL',
  'SYM_CODE_START_NOALIGN',
  'SYM_INNER_LABEL',
].map((name) => ({ name, reason: 'entry of a function in assembler (include/linux/linkage.h)' }));

/** How the kernel's C is read. All of it is one program, but for the tools that are built for the host. */
export const linuxDialect: Dialect = {
  name: 'Linux',
  masks: MASKS,
  makers: MAKERS,
  registrars: REGISTRARS,
  runners: RUNNERS,
  attachers: ATTACHERS,
  typeMacros: TYPE_MACROS,
  units: [
    { name: 'kernel', prefixes: [''], shared: false },
    { name: 'tools', prefixes: ['tools/', 'scripts/', 'samples/', 'usr/'], shared: false },
  ],
  labelMacros: LABEL_MACROS,
  neverDefined: ['__ASSEMBLY__', '__DTS__', '__CHECKER__', 'LINKER_SCRIPT'],
};
