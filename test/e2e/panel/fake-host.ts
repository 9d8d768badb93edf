import { line } from '../../../src/base/brand.ts';
import { utf8 } from '../../../src/base/bytes.ts';
import { type GuestAct, Machine } from '../../../src/emulator/machine.ts';
import { emulatedOutside } from '../../../src/emulator/outside/outside.ts';
import { ReplayHost, type ReplayPort } from '../../../src/replay/host.ts';
import { Session } from '../../../src/replay/session.ts';
import { consoleOptions, NAMED } from '../../../src/scenarios/named.ts';
import { runScenario } from '../../../src/scenarios/run.ts';
import { refsOfRun } from '../../../src/sourcemap/from-trace.ts';
import type { HopProof, SourceMap, StagePlace } from '../../../src/sourcemap/map-types.ts';
import { roleOf } from '../../../src/sourcemap/trees.ts';
import type { Language } from '../../../src/texts/language.ts';
import { Recorder } from '../../../src/trace/recorder.ts';
import type { Trace, TraceStage } from '../../../src/trace/trace.ts';

/*
 * A session's host in a worker of the page, as the extension host is one beside VS Code's webview: a real run, a real
 * session and a real host, without an editor. The page tells it which run to prepare, and when to open it.
 */

/** What the page asks for. */
export type Ask =
  | { readonly ask: 'prepare'; readonly run: string }
  | { readonly ask: 'open'; readonly language: Language }
  | { readonly ask: 'view'; readonly message: unknown };

/** What it answers: that a run is ready, or a message for the view. */
export type Told =
  | { readonly told: 'prepared'; readonly events: number }
  | { readonly told: 'view'; readonly message: unknown }
  | { readonly told: 'refused'; readonly reason: string };

const worker = globalThis as unknown as {
  postMessage(told: Told): void;
  addEventListener(type: 'message', listener: (event: { readonly data: Ask }) => void): void;
};

const MILLION = 1_000_000;
const HELLO: GuestAct = { vcpu: 0, path: '/dev/hvc0', bytes: utf8('hello') };

/** Writes one after the other until the recording window is full: every event of it is kept or counted. */
function million(): Trace {
  const options = { vcpus: 1, consoleOptions: consoleOptions('file'), seed: 0, outside: emulatedOutside() };
  const machine = new Machine(options);
  while (machine.trace.length < MILLION) {
    machine.run(Array.from({ length: 20 }, () => HELLO));
  }
  return machine.trace;
}

const STAGES: readonly TraceStage[] = (
  [
    ['guest-kernel', 'linux', 'hvc_push'],
    ['guest-kernel', 'linux', 'vp_notify'],
    ['hypervisor', 'acrn', 'vmexit_handler'],
    ['hypervisor', 'acrn', 'emulate_io'],
    ['device-model', 'acrn', 'virtio_console_notify_tx'],
    ['device-model', 'acrn', 'vq_getchain'],
  ] as const
).map(([program, tree, name]) => ({
  id: `${tree}:${name}.c#${name}`,
  program,
  tree,
  file: `${name}.c`,
  function: name,
}));

/** Twenty stages: the least that shows everything. */
function twenty(): Trace {
  const recorder = new Recorder(STAGES);
  const guest = recorder.context('guest-kernel', 'User VM vCPU 0, process context').id;
  const vmx = recorder.context('hypervisor', 'pCPU 1, VMX root').id;
  const dm = recorder.context('device-model', 'Service VM, acrn-dm thread').id;
  const [task, vcpu, loop] = ['task', 'vcpu', 'vm_loop'].map((name) => recorder.strand(name));
  if (task === undefined || vcpu === undefined || loop === undefined) throw new Error('no strands');
  recorder.beginRun();
  recorder.enter(task, guest, 0);
  for (let round = 0; round < 3; round++) {
    recorder.now += 100;
    recorder.callVia(task, 'fptr_call', 'vq->notify');
    recorder.enter(task, guest, 1);
    recorder.arrive(vcpu, recorder.hop('vm_exit', 'outw'));
    recorder.now += 1200;
    recorder.enter(vcpu, vmx, 2);
    recorder.enter(vcpu, vmx, 3);
    recorder.arrive(loop, recorder.hop('waitqueue_wake', 'signal_event'));
    recorder.block('wait_event');
    recorder.enter(loop, dm, 4);
    recorder.enter(loop, dm, 5);
    if (round === 1) recorder.hazard('chain-too-long', { head: 3 });
    recorder.exit(loop);
    recorder.now += 400;
    recorder.exit(loop);
    recorder.switchTo(vcpu);
    recorder.resume(vcpu, -1);
    recorder.exit(vcpu);
    const entry = recorder.hop('vm_entry', 'vmresume');
    recorder.exit(vcpu);
    recorder.arriveAtTop(task, entry);
    recorder.resume(task, entry);
    recorder.exit(task);
  }
  recorder.exit(task);
  return recorder.trace;
}

function traceOf(run: string): Trace {
  if (run === 'million') return million();
  if (run === 'twenty') return twenty();
  const scenario = NAMED.get(run);
  const ran = scenario === undefined ? undefined : runScenario(scenario);
  if (ran?.ok !== true) throw new Error(`no run ${run}`);
  return ran.value.trace;
}

/** A map in which every stage stands somewhere and every hop is proven, but those through a work queue. */
function mapOf(trace: Trace): SourceMap {
  const refs = refsOfRun(trace, 'stock', ['set-up', 'run']);
  const stages = refs.stages.flatMap((ref, at): StagePlace[] => {
    const tree = roleOf(ref);
    const place = {
      id: ref.id,
      program: ref.program,
      file: ref.file,
      line: line(10 * (at + 1)),
      function: ref.function,
    };
    return tree === undefined ? [] : [{ ...place, tree, status: 'found' }];
  });
  const hops = refs.hops.map((ref): HopProof => {
    const from = refs.stages.find((one) => one.id === ref.from);
    const tree = from === undefined ? undefined : roleOf(from);
    return ref.kind === 'workqueue' || from === undefined || tree === undefined
      ? { ...ref, status: 'unproven', reason: 'stage-absent', evidence: [] }
      : { ...ref, status: 'proven', evidence: [{ tree, file: from.file, line: line(77), role: 'call', shows: 'x' }] };
  });
  const info = { path: 'tree', version: '1' };
  const trees = { acrn: info, guestLinux: info, serviceLinux: info };
  return { trees, stages, hops, problems: [], read: { files: 7, bytes: 700 } };
}

const port: ReplayPort = {
  post: (message) => worker.postMessage({ told: 'view', message }),
  arrived: () => undefined,
  open: () => undefined,
  chooseFolders: () => undefined,
  refused: (reason) => worker.postMessage({ told: 'refused', reason }),
  after: (milliseconds, action) => {
    const timer = setTimeout(action, milliseconds);
    return { dispose: () => clearTimeout(timer) };
  },
};

let prepared: { readonly trace: Trace; readonly map: SourceMap } | undefined;
let host: ReplayHost | undefined;
const early: unknown[] = [];

function open(language: Language): void {
  if (prepared === undefined) throw new Error('nothing is prepared');
  const session = new Session({
    ...prepared,
    title: 'A guest writes "hello" to /dev/hvc0',
    language,
    sample: false,
    canChooseFolders: true,
  });
  host = new ReplayHost(session, port, '');
  for (const message of early.splice(0)) host.receive(message);
}

worker.addEventListener('message', ({ data }) => {
  if (data.ask === 'prepare') {
    const trace = traceOf(data.run);
    prepared = { trace, map: mapOf(trace) };
    worker.postMessage({ told: 'prepared', events: trace.length - trace.dropped });
  } else if (data.ask === 'open') {
    open(data.language);
  } else if (host === undefined) {
    early.push(data.message);
  } else {
    host.receive(data.message);
  }
});
