import { SYSCALL } from '../dialects/boundaries.ts';
import type { Evidence } from '../map-types.ts';
import type { Located } from '../stages.ts';
import type { TreeView } from '../tree-view.ts';
import { callsOf, type HopContext, proven, sideOf, unproven, type Verdict } from './prover.ts';
import { textEvidence } from './vm-exit.ts';

/**
 * `syscall`, in both directions: the call in the user program where its source is in a tree, the entry that the kernel
 * defines for it by macro, and its number where the tree has the table.
 */
export function proveSyscall(context: HopContext): Verdict {
  const forward = isKernel(context.to.stage.program);
  const user = forward ? context.from : context.to;
  const kernel = forward ? context.to : context.from;
  const side = sideOf(user);
  const call = side && callsOf(side).find((c) => isCall(c.fact.name, context.hop.expr));
  if (side !== undefined && call === undefined) {
    return unproven('no-call', context.hop.expr ?? 'syscall');
  }
  const called = side && call ? [side.view.callEvidence(call)] : [];
  const name = call === undefined ? nameOf(user, kernel) : kernelName(call.fact.name);
  const view = kernel.view ?? context.views.serviceLinux;
  const entry = view && name !== undefined ? entryEvidence(view, name) : [];
  const operation = view && name !== undefined ? operationEvidence(view, name, kernel) : [];
  const arrival = [...entry, ...operation];
  if (called.length + arrival.length === 0) {
    return unproven(view === undefined ? 'no-tree' : 'no-handler', name ?? kernel.stage.function);
  }
  return proven(...(forward ? [...called, ...arrival] : [...arrival, ...called]));
}

/** Name of the system call, where no call of it is in a tree: by the entry, else by the user's function `open(2)`. */
const nameOf = (user: Located, kernel: Located): string | undefined =>
  entryName(kernel.stage.function) ?? /^(\w+)\(2\)/.exec(user.stage.function)?.[1];

/** The operation of the same name that a file's table binds to the stage: `.open = tty_open`. */
function operationEvidence(view: TreeView, name: string, kernel: Located): Evidence[] {
  const fn = kernel.fn?.fact.name;
  return fn === undefined
    ? []
    : view.links
        .bindingsOf(fn)
        .filter((binding) => binding.fact.target === name)
        .map((binding) => view.evidence({ file: binding.file, line: binding.fact.line }, 'binding', fn));
}

const isKernel = (program: string): boolean => program === 'guest-kernel' || program === 'service-vm-kernel';

function isCall(name: string, expr: string | undefined): boolean {
  return expr === undefined || expr === '' || !/^\w+/.test(expr) ? SYSCALL.calls.has(name) : expr.startsWith(name);
}

const kernelName = (libc: string): string => SYSCALL.libc.get(libc) ?? libc;

const entryName = (name: string): string | undefined => SYSCALL.entry.exec(name)?.[1];

/** The macro that defines the entry, and the number of the system call where a table of them was read. */
function entryEvidence(view: TreeView, name: string): Evidence[] {
  const defined = [...definedEntries(view, name)];
  const numbers = SYSCALL.numberFiles.flatMap((file) =>
    textEvidence(view, file, new RegExp(`\\b(?:__x64_)?(sys_${name})\\b`), `sys_${name}`),
  );
  return [...defined, ...numbers.slice(0, 1).map((e) => ({ ...e, role: 'number' as const }))];
}

function* definedEntries(view: TreeView, name: string): Iterable<Evidence> {
  for (const file of view.files()) {
    for (const fn of view.links.file(file)?.functions ?? []) {
      if (entryName(fn.name) === name) {
        yield view.evidence({ file, line: fn.line }, 'handler', name);
      }
    }
  }
}
