import { line } from '../../src/base/brand.ts';
import { utf8 } from '../../src/base/bytes.ts';
import { Session } from '../../src/replay/session.ts';
import { refsOfRun } from '../../src/sourcemap/from-trace.ts';
import type { HopProof, SourceMap, StagePlace } from '../../src/sourcemap/map-types.ts';
import { roleOf } from '../../src/sourcemap/trees.ts';
import type { Program } from '../../src/trace/kinds.ts';
import { Recorder } from '../../src/trace/recorder.ts';
import type { Trace, TraceStage } from '../../src/trace/trace.ts';

const stage = (program: Program, tree: 'acrn' | 'linux', file: string, name: string): TraceStage => ({
  id: `${tree}:${file}#${name}`,
  program,
  tree,
  file,
  function: name,
});

/** Stages of the small run, by number. */
export const STAGES: readonly TraceStage[] = [
  { id: 'user:write(2)', program: 'guest-user', tree: undefined, file: '', function: 'write(2)' },
  stage('guest-kernel', 'linux', 'fs/read_write.c', 'ksys_write'),
  stage('guest-kernel', 'linux', 'drivers/virtio/virtio_pci_common.c', 'vp_notify'),
  stage('hypervisor', 'acrn', 'hypervisor/dm/io_req.c', 'emulate_io'),
  stage('hypervisor', 'acrn', 'hypervisor/dm/io_req.c', 'hv_emulate_pio'),
  stage('hypervisor', 'acrn', 'hypervisor/dm/io_req.c', 'acrn_insert_request'),
  stage('device-model', 'acrn', 'devicemodel/core/main.c', 'vm_loop'),
  stage('service-vm-kernel', 'linux', 'drivers/virt/acrn/hsm.c', 'acrn_dev_ioctl'),
  stage('device-model', 'acrn', 'devicemodel/hw/pci/virtio/virtio_console.c', 'virtio_console_notify_tx'),
];

/**
 * A run in small, through the real recorder: set-up in the device model (an ioctl that comes back), then a guest's write
 * that leaves by a VM exit, is handled in the device model, and goes on.
 */
export function smallTrace(): Trace {
  const recorder = new Recorder(STAGES);
  const user = recorder.context('guest-user', 'user process').id;
  const guest = recorder.context('guest-kernel', 'User VM vCPU 0').id;
  const vmx = recorder.context('hypervisor', 'pCPU 1').id;
  const kernel = recorder.context('service-vm-kernel', 'acrn-dm thread').id;
  const dm = recorder.context('device-model', 'vm_loop').id;
  const index = recorder.field({ program: 'guest-kernel', path: 'vring.avail.idx', initial: 0, shape: 'number' });
  const notify = recorder.field({ program: 'device-model', path: 'vq->notify', initial: 0, shape: 'stage' });
  const ram = recorder.memoryArea('guest-kernel', 'User VM RAM');
  const file = recorder.endpoint('file');
  const task = recorder.strand('task');
  const vcpu = recorder.strand('vcpu_thread');
  const loop = recorder.strand('vm_loop');

  recorder.enter(loop, dm, 6);
  recorder.state(notify, 0, 9);
  const ioctl = recorder.hop('ioctl', 'ioctl(ctx->fd, ACRN_IOCTL_ATTACH_IOREQ_CLIENT)');
  recorder.arrive(loop, ioctl);
  recorder.enter(loop, kernel, 7);
  recorder.exit(loop);

  recorder.beginRun();
  recorder.enter(task, user, 0);
  const syscall = recorder.hop('syscall', 'write');
  recorder.arrive(task, syscall);
  recorder.enter(task, guest, 1);
  recorder.state(index, 0, 1);
  recorder.memory(ram, 0x1000, utf8('aaaa'), utf8('hel\n'));
  recorder.callVia(task, 'fptr_call', 'vq->notify');
  recorder.enter(task, guest, 2);
  const exit = recorder.hop('vm_exit', 'outw');
  recorder.now = 2500;
  recorder.arrive(vcpu, exit);
  recorder.enter(vcpu, vmx, 3);
  recorder.enter(vcpu, vmx, 4);
  recorder.exit(vcpu);
  recorder.enter(vcpu, vmx, 5);
  const wait = recorder.hop('waitqueue_wait', 'wait_event');
  recorder.arriveAtTop(vcpu, wait);
  recorder.block('wait_event');
  recorder.switchTo(loop);
  recorder.callVia(loop, 'fptr_call', 'vq->notify');
  recorder.enter(loop, dm, 8);
  recorder.output(file, utf8('hello'));
  recorder.hazard('made-up', { head: 3 });
  const wake = recorder.hop('waitqueue_wake', 'signal_event');
  recorder.arriveAtTop(vcpu, wake);
  recorder.exit(loop);
  recorder.resume(vcpu, wake);
  recorder.exit(vcpu);
  recorder.exit(vcpu);
  return recorder.trace;
}

/** A map of the small run: everything found and proven but `vp_notify`, which this tree does not have. */
export function smallMap(trace: Trace): SourceMap {
  const refs = refsOfRun(trace, 'stock', ['set-up', 'run']);
  const stages = refs.stages
    .filter((ref) => ref.tree !== undefined)
    .map((ref, at): StagePlace => {
      const common = { id: ref.id, program: ref.program, tree: roleOf(ref) };
      return ref.function === 'vp_notify'
        ? { ...common, status: 'absent', reason: 'not-in-version' }
        : { ...common, status: 'found', file: ref.file, line: line(10 * (at + 1)), function: ref.function };
    });
  const hops = refs.hops.map((ref): HopProof => {
    const from = refs.stages.find((one) => one.id === ref.from);
    const tree = from === undefined ? undefined : roleOf(from);
    return ref.to.endsWith('#vp_notify') || ref.from.endsWith('#vp_notify') || from === undefined || tree === undefined
      ? { ...ref, status: 'unproven', reason: 'stage-absent', evidence: [] }
      : { ...ref, status: 'proven', evidence: [{ tree, file: from.file, line: line(77), role: 'call', shows: 'x' }] };
  });
  const info = { path: 'tree', version: '1' };
  return {
    trees: { acrn: info, guestLinux: info, serviceLinux: info },
    stages,
    hops,
    problems: [],
    read: { files: 7, bytes: 700 },
  };
}

/** The small run as a session. */
export function smallSession(): Session {
  const trace = smallTrace();
  return new Session({
    trace,
    map: smallMap(trace),
    title: 'write "hello\\n"',
    language: 'en',
    sample: false,
    canChooseFolders: true,
  });
}
