import type { Dialect, MaskForm, MaskRule, Registrar, Runner, TypeMacro } from '../../indexer/dialect.ts';

/** Masks of one form for one reason. */
function masks(form: MaskForm, reason: string, names: string): MaskRule[] {
  return names.split(/\s+/).map((name) => ({ name, form, reason }));
}

/** Annotations of the hypervisor (hypervisor/include/lib/macros.h) and of the device model (include/macros.h). */
const MASKS: readonly MaskRule[] = [
  ...masks(
    'word',
    'attribute that is spelled as one word, in front of a parameter, between type and name or behind a member',
    '__unused UNUSED __packed __noinit __used __user __weak __always_inline __attribute_const__ __noreturn',
  ),
  ...masks(
    'call',
    'attribute with arguments behind a declared name',
    '__aligned __section EXT2FS_ATTR __printflike __nonnull',
  ),
  ...masks('word', 'calling convention or direction of a parameter', 'EFIAPI MSABI IN OUT WINAPI APIENTRY CALLBACK'),
  ...masks(
    'loop',
    'loop head made by a macro: C knows no call in front of a statement',
    'foreach_vcpu foreach_vm LIST_FOREACH TAILQ_FOREACH STAILQ_FOREACH SLIST_FOREACH list_foreach_safe RB_FOREACH ' +
      'list_for_each list_for_each_safe list_for_each_entry bitmap_for_each',
  ),
];

/** Who files a handler under an object. */
const REGISTRARS: readonly Registrar[] = [
  {
    name: 'initialize_timer',
    kind: 'timer',
    object: 0,
    handler: 1,
    reason: 'binds the function of a timer (hypervisor/common/timer.c)',
  },
];

/** Who makes the handler of an object run. */
const RUNNERS: readonly Runner[] = [
  { name: 'add_timer', kind: 'timer', object: 0, reason: 'arms a timer (hypervisor/common/timer.c)' },
];

/** Macros whose value has the type that an argument names. */
const TYPE_MACROS: readonly TypeMacro[] = [
  { name: 'container_of', type: 1, yields: 'pointer' },
  { name: 'list_entry', type: 1, yields: 'pointer' },
  { name: 'get_first_item', type: 1, yields: 'pointer' },
];

/** How the C of the hypervisor, the device model and the tools is read: each is a program of its own. */
export const acrnDialect: Dialect = {
  name: 'ACRN',
  masks: MASKS,
  makers: [],
  registrars: REGISTRARS,
  runners: RUNNERS,
  attachers: [],
  typeMacros: TYPE_MACROS,
  units: [
    { name: 'hypervisor', prefixes: ['hypervisor/'], shared: false },
    { name: 'public headers', prefixes: ['hypervisor/include/public/'], shared: true },
    { name: 'device model', prefixes: ['devicemodel/'], shared: false },
    { name: 'tools', prefixes: ['misc/'], shared: false },
  ],
  labelMacros: [{ name: 'ENTRY', reason: 'entry of a function in assembler' }],
  neverDefined: ['ASSEMBLER', '__ASSEMBLY__'],
};
