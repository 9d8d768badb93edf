import { Cx, EmulatedFault } from '../cx.ts';
import { OutsideRam } from '../memory.ts';
import { type Suspend, Thread } from '../scheduler.ts';
import { vcpu_thread } from './hv_main.ts';
import { THREAD_STS, VCPU_STATE, type Vcpu } from './vcpu_types.ts';
import type { Hv, HvCx } from './world.ts';

/* The machine's thread behind each vCPU's thread object: plumbing, no C file stands behind it. */

/** Gives the physical CPU of `vcpu` a thread that will run `vcpu_thread` once it is woken. */
export function makeVcpuThread(hv: Hv, vcpu: Vcpu): void {
  const pcpu = hv.pcpus[vcpu.pcpu_id];
  if (pcpu === undefined) {
    return;
  }
  const strand = hv.recorder.strand(`vm${vcpu.vm.vm_id}:vcpu${vcpu.vcpu_id}`);
  const cx: HvCx = new Cx(pcpu, hv.recorder, strand, vcpu.context);
  pcpu.vcpu = vcpu;
  pcpu.thread = new Thread(strand.name, strand, untilPanic(cx, vcpu));
}

/** The vCPU's thread; where the real hypervisor would panic in it, it ends and the rest of the machine goes on. */
function* untilPanic(cx: HvCx, vcpu: Vcpu): Generator<Suspend, void, unknown> {
  try {
    yield* vcpu_thread(cx, vcpu);
  } catch (fault) {
    if (!(fault instanceof EmulatedFault || fault instanceof OutsideRam)) {
      throw fault;
    }
    cx.hazard('hv-panic', { vcpu: vcpu.vcpu_id, fault: fault.message }, fault);
    vcpu.threadStatus.value = THREAD_STS.BLOCKED;
    vcpu.state.value = VCPU_STATE.ZOMBIE;
  }
}

/** The stack of `vcpu`'s thread is built anew: what it was doing is forgotten (vcpu.c, build_stack_frame). */
export function restartVcpuThread(cx: HvCx, vcpu: Vcpu): void {
  const hv = cx.world.hv;
  const pcpu = hv.pcpus[vcpu.pcpu_id];
  const running = cx.recorder.running;
  if (pcpu?.thread === undefined) {
    return;
  }
  const waiting = pcpu.switchedOut.waiting.indexOf(pcpu.thread);
  if (waiting >= 0) {
    pcpu.switchedOut.waiting.splice(waiting, 1);
  }
  pcpu.thread.body.return();
  cx.recorder.switchTo(running);
  vcpu.threadStatus.value = THREAD_STS.BLOCKED;
  vcpu.be_blocking.value = 0;
  pcpu.curr_obj.value = 0;
  vcpu.cpu?.reset?.();
  makeVcpuThread(hv, vcpu);
}
