import type { CallFact, FileFacts } from '../../indexer/facts.ts';
import { EVENT_FD, HYPERCALL, INTERRUPT_SENDERS, IOCTL, THREADS, WAIT, WORK_KIND } from '../dialects/boundaries.ts';
import { DIALECTS } from '../dialects/dialects.ts';
import type { TreeKind } from '../trees.ts';
import type { BoundaryKind, BoundaryMark } from './file-intel.ts';

/** How a call by name crosses a boundary, and the argument that names what it goes through (-1: none does). */
interface Crossing {
  readonly kind: BoundaryKind;
  readonly argument: number;
}

/** VMCS writes are everywhere in the hypervisor: only those of a run are told as interrupts. */
const isSender = (name: string): boolean =>
  INTERRUPT_SENDERS.has(name) && !name.startsWith('exec_') && name !== 'vmx_vmrun';

/** The calls of a file that leave for another program or thread, as far as their names tell. */
export function boundaryCalls(kind: TreeKind, facts: FileFacts): readonly BoundaryMark[] {
  const own = new Set(facts.functions.map((fn) => fn.name));
  return facts.calls.flatMap((call) => {
    const crossing = call.indirect || call.inFunction === '' ? undefined : crossingOf(kind, facts.path, call);
    if (crossing === undefined || (own.has(call.name) && !facts.path.endsWith('.c'))) {
      return [];
    }
    const via = call.args[crossing.argument] ?? '';
    return [{ line: call.line, kind: crossing.kind, calls: call.name, via, function: call.inFunction }];
  });
}

function crossingOf(kind: TreeKind, path: string, { name }: CallFact): Crossing | undefined {
  return kind === 'linux' ? inLinux(name) : path.startsWith('hypervisor/') ? inHypervisor(name) : inDeviceModel(name);
}

function inLinux(name: string): Crossing | undefined {
  if (HYPERCALL.wrapper.test(name)) {
    return { kind: 'hypercall', argument: HYPERCALL.numberArgument };
  }
  const runner = DIALECTS.linux.runners.find((one) => one.name === name && one.kind === WORK_KIND);
  if (runner !== undefined) {
    return { kind: 'workqueue', argument: runner.object };
  }
  if (EVENT_FD.kernelSignal.has(name)) {
    return { kind: 'eventfd', argument: 0 };
  }
  return wakes(name) ?? starts(name);
}

const inHypervisor = (name: string): Crossing | undefined =>
  isSender(name) ? { kind: 'interrupt_vector', argument: 1 } : wakes(name);

function inDeviceModel(name: string): Crossing | undefined {
  if (name === IOCTL.call) {
    return { kind: 'ioctl', argument: IOCTL.numberArgument };
  }
  if (name === 'eventfd_write') {
    return { kind: 'eventfd', argument: 0 };
  }
  return EVENT_FD.arm.has(name) ? { kind: 'timerfd', argument: 0 } : starts(name);
}

function wakes(name: string): Crossing | undefined {
  const argument = WAIT.wake.get(name) ?? WAIT.wakeThread.get(name);
  return argument === undefined ? undefined : { kind: 'waitqueue_wake', argument };
}

function starts(name: string): Crossing | undefined {
  const argument = THREADS.get(name);
  return argument === undefined ? undefined : { kind: 'thread_create', argument };
}
