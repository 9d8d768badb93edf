import { SYSCALL } from '../dialects/boundaries.ts';
import type { Evidence } from '../map-types.ts';
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
  const name = call === undefined ? entryName(kernel.stage.function) : kernelName(call.fact.name);
  const view = kernel.view ?? context.views.serviceLinux;
  const entry = view && name !== undefined ? entryEvidence(view, name) : [];
  if (called.length + entry.length === 0) {
    return unproven(view === undefined ? 'no-tree' : 'no-handler', name ?? kernel.stage.function);
  }
  return proven(...(forward ? [...called, ...entry] : [...entry, ...called]));
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
