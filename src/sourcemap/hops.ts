import { assertNever } from '../base/assert.ts';
import { HOP_KINDS, type HopKind } from '../trace/kinds.ts';
import { SIDES } from './dialects/boundaries.ts';
import {
  proveCall,
  proveMacroCall,
  provePointerBinding,
  provePointerCall,
  proveReturn,
  proveReturnThenCall,
} from './evidence/call.ts';
import { proveHypercall } from './evidence/hypercall.ts';
import { proveInterrupt } from './evidence/interrupt.ts';
import { proveIoctl } from './evidence/ioctl.ts';
import { type HopContext, unproven, type Verdict } from './evidence/prover.ts';
import { proveThread, proveWork } from './evidence/registered.ts';
import { proveSharedMemory } from './evidence/shared-memory.ts';
import { proveSyscall } from './evidence/syscall.ts';
import { proveVmEntry, proveVmExit } from './evidence/vm-exit.ts';
import { proveDescriptor, proveEventFd, proveWait, proveWake } from './evidence/wait.ts';
import type { Evidence, HopProof } from './map-types.ts';

const kinds: ReadonlySet<string> = new Set(HOP_KINDS);

/** Proves one hop in the trees, or says what is missing. */
export function proveHop(context: HopContext): HopProof {
  const { hop } = context;
  const verdict = isKind(hop.kind) ? proveKind(hop.kind, context) : unproven('no-rule', hop.kind);
  const evidence = distinct(verdict.evidence);
  if (verdict.proven) {
    return { ...hop, status: 'proven', evidence };
  }
  const { reason, detail } = verdict;
  return { ...hop, status: 'unproven', reason, ...(detail === undefined ? {} : { detail }), evidence };
}

const isKind = (kind: string): kind is HopKind => kinds.has(kind);

function proveKind(kind: HopKind, context: HopContext): Verdict {
  const from = context.from.stage.program;
  const to = context.to.stage.program;
  if (!SIDES[kind].some((side) => side.from === from && side.to === to)) {
    return unproven('wrong-program', `${from} ${to}`);
  }
  const treeless = [context.from, context.to].find((at) => at.stage.tree !== undefined && at.view === undefined);
  if (treeless !== undefined) {
    return unproven('no-tree', treeless.stage.id);
  }
  return proverOf(kind)(context);
}

function proverOf(kind: HopKind): (context: HopContext) => Verdict {
  switch (kind) {
    case 'direct_call':
      return proveCall;
    case 'macro_defined_function':
      return proveMacroCall;
    case 'fptr_call':
      return provePointerCall;
    case 'fptr_bind':
      return provePointerBinding;
    case 'return_then_call':
      return proveReturnThenCall;
    case 'return':
      return proveReturn;
    case 'syscall':
      return proveSyscall;
    case 'ioctl':
      return proveIoctl;
    case 'hypercall':
      return proveHypercall;
    case 'vm_exit':
      return proveVmExit;
    case 'vm_entry':
      return proveVmEntry;
    case 'interrupt_vector':
      return proveInterrupt;
    case 'workqueue':
      return proveWork;
    case 'kthread_entry':
    case 'thread_create':
      return proveThread;
    case 'waitqueue_wait':
      return proveWait;
    case 'waitqueue_wake':
      return proveWake;
    case 'eventfd':
      return proveEventFd;
    case 'epoll':
    case 'timerfd':
      return proveDescriptor;
    case 'shared_memory':
      return proveSharedMemory;
    default:
      return assertNever(kind);
  }
}

/** One line shows one thing once. */
function distinct(evidence: readonly Evidence[]): Evidence[] {
  const seen = new Set<string>();
  return evidence.filter(({ tree, file, line, role }) => {
    const key = `${tree} ${file}:${line} ${role}`;
    const fresh = !seen.has(key);
    seen.add(key);
    return fresh;
  });
}
