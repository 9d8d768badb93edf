import { line as lineNumber } from '../../base/brand.ts';
import type { CallRef } from '../../indexer/link-types.ts';
import { SYSCALL } from '../dialects/boundaries.ts';
import type { Part, Parts } from './parts.ts';
import type { BoundaryEdge, BoundaryEdges, PartFunction } from './query-types.ts';
import { type BoundaryRule, callerOf, callShown, callsNamed, hasCall, joined, lineShown } from './rule.ts';

/** The device model's calls of the C library that are system calls, and the kernel's entry of that name. */
export const syscallRule: BoundaryRule = {
  arrives: ({ part, fn }) => part.name === 'kernel' && SYSCALL.entry.test(fn.fact.name),
  leaves: (at) => at.part.name === 'device-model' && hasCall(at, (name) => SYSCALL.calls.has(name)),
  async edges(_, parts: Parts): Promise<BoundaryEdges> {
    const users = await parts.named('device-model');
    const kernels = await parts.named('kernel', 'serviceLinux');
    return joined(users.flatMap((user) => kernels.map((kernel) => edgesBetween(user, kernel))));
  },
};

function edgesBetween(user: Part, kernel: Part): BoundaryEdges {
  const entries = entriesOf(kernel);
  const edges = callsNamed(user, SYSCALL.calls).flatMap((call): BoundaryEdge[] => {
    const name = SYSCALL.libc.get(call.fact.name) ?? call.fact.name;
    const to = entries.get(name);
    const from = isLibrary(user, call) ? callerOf(user, call) : undefined;
    return from && to
      ? [{ kind: 'syscall', via: name, from, to, evidence: [callShown(user, call), ...numberShown(kernel, name)] }]
      : [];
  });
  return { edges, lost: [] };
}

/** A function of the program's own, or one called through a pointer, is no system call. */
const isLibrary = (user: Part, call: CallRef): boolean =>
  !call.fact.indirect && user.links.functionsNamed(call.fact.name).length === 0;

function entriesOf(kernel: Part): ReadonlyMap<string, PartFunction> {
  const entries = new Map<string, PartFunction>();
  for (const { path, functions } of kernel.links.allFiles()) {
    for (const fact of functions) {
      const name = fact.name.startsWith('COMPAT_') ? undefined : SYSCALL.entry.exec(fact.name)?.[1];
      if (name !== undefined) {
        entries.set(name, { part: kernel, fn: { file: path, fact } });
      }
    }
  }
  return entries;
}

/** The row of the table of system calls. */
function numberShown(kernel: Part, name: string): ReturnType<typeof lineShown>[] {
  const row = new RegExp(`^\\d+\\s+(?:common|64)\\s+${name}\\s`);
  for (const file of SYSCALL.numberFiles) {
    for (let line = 1; line <= kernel.view.lineCount(file); line++) {
      if (row.test(kernel.view.lineText(file, line))) {
        return [lineShown(kernel, { file, line: lineNumber(line) }, 'number', name)];
      }
    }
  }
  return [];
}
