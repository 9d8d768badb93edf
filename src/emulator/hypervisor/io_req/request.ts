import { type Suspend, spinUntil } from '../../scheduler.ts';
import { acrnFile, type Blocking, blockingStage, stage } from '../../stage.ts';
import { ACRN_IO_REQUEST_MAX, E, IOREQ_DIR, IOREQ_STATE, IOREQ_TYPE, REQS, SLOT, slotField } from '../acrn_common.ts';
import { wait_event } from '../event.ts';
import { emulate_instruction } from '../instr_emul.ts';
import { need_reschedule, schedule } from '../schedule.ts';
import { VCPU_STATE, type Vcpu } from '../vcpu_types.ts';
import type { AcrnVm } from '../vm_types.ts';
import { arch_fire_hsm_interrupt, emulate_pio_complete } from '../vmx_io.ts';
import type { HvCx } from '../world.ts';

/* Twin of hypervisor/dm/io_req.c, part 2: a request in the I/O request page, from FREE to PENDING and back. */

const file = acrnFile('hypervisor', 'hypervisor/dm/io_req.c');

/** State of a vCPU's slot, all ones where the VM has no page (io_req.c, get_io_req_state). */
export function get_io_req_state(cx: HvCx, vm: AcrnVm, vcpuId: number): number {
  const page = vm.io_shared_page.value;
  return page === 0 ? 0xffff_ffff : cx.world.hv.ram.read32(slotField(page, vcpuId, SLOT.processed));
}

/** Stores the state of a slot (io_req.c, set_io_req_state). */
export function set_io_req_state(cx: HvCx, vm: AcrnVm, vcpuId: number, state: number): void {
  const page = vm.io_shared_page.value;
  if (page !== 0) {
    cx.world.hv.ram.write32(slotField(page, vcpuId, SLOT.processed), state);
  }
}

/** Sets all slots FREE (io_req.c, reset_vm_ioreqs). */
export const reset_vm_ioreqs = stage(file, 'reset_vm_ioreqs', (cx: HvCx, vm: AcrnVm) => {
  for (let slot = 0; slot < ACRN_IO_REQUEST_MAX; slot++) {
    set_io_req_state(cx, vm, slot, IOREQ_STATE.FREE);
  }
});

/** The 64 bytes of `vcpu->req.reqs`, in the vCPU's own buffer: valid until the next request. */
function requestBytes(vcpu: Vcpu): Uint8Array {
  const { direction, address, size, value, bytes, view } = vcpu.req;
  view.setUint32(REQS.direction, direction.value, true);
  put64(view, REQS.address, address.value);
  put64(view, REQS.size, size.value);
  put64(view, REQS.value, value.value);
  return bytes;
}

function put64(view: DataView, offset: number, value: number): void {
  view.setUint32(offset, value % 0x1_0000_0000, true);
  view.setUint32(offset + 4, Math.floor(value / 0x1_0000_0000), true);
}

const isComplete = (cx: HvCx, vcpu: Vcpu): boolean =>
  get_io_req_state(cx, vcpu.vm, vcpu.vcpu_id) === IOREQ_STATE.COMPLETE;

/** Whether the vCPU's request is done (io_req.c, has_complete_ioreq). */
const has_complete_ioreq = stage(file, 'has_complete_ioreq', isComplete);

/** Polls the slot until its request is done (io_req.c, the polling loop of acrn_insert_request). */
function* pollCompletion(cx: HvCx, vcpu: Vcpu) {
  do {
    yield* spinUntil(cx, 'asm_pause', () => isComplete(cx, vcpu) || need_reschedule(cx.world));
    if (need_reschedule(cx.world)) {
      yield* schedule(cx);
    }
  } while (!isComplete(cx, vcpu));
  cx.arrive(cx.world.hv.ram.takeHop(vcpu.slot(SLOT.processed)));
  has_complete_ioreq(cx, vcpu);
}

/** Hands the request of `vcpu->req` to the Service VM and waits until it is done (io_req.c, acrn_insert_request). */
export const acrn_insert_request = blockingStage(
  file,
  'acrn_insert_request',
  function* (cx: HvCx, vcpu: Vcpu): Blocking<number, Suspend> {
    const vm = vcpu.vm;
    const ram = cx.world.hv.ram;
    if (vm.io_shared_page.value === 0 || get_io_req_state(cx, vm, vcpu.vcpu_id) !== IOREQ_STATE.FREE) {
      cx.hazard('hv-ioreq-slot-busy', { vcpu: vcpu.vcpu_id, state: get_io_req_state(cx, vm, vcpu.vcpu_id) });
      return -E.EINVAL;
    }
    const polling = vm.is_polling_ioreq.value !== 0;
    ram.write32(vcpu.slot(SLOT.type), vcpu.req.io_type.value);
    ram.write(vcpu.slot(SLOT.reqs), requestBytes(vcpu));
    if (polling) {
      ram.write32(vcpu.slot(SLOT.completionPolling), 1);
    }
    set_io_req_state(cx, vm, vcpu.vcpu_id, IOREQ_STATE.PENDING);
    arch_fire_hsm_interrupt(cx);
    if (polling) {
      yield* pollCompletion(cx, vcpu);
    } else {
      cx.via('waitqueue_wait', 'wait_event');
      yield* wait_event(cx, vcpu, vcpu.ioreqEvent);
    }
    return 0;
  },
);

/** Takes the result over, where `keepValue`, and sets the slot FREE (io_req.c, complete_ioreq). */
const complete_ioreq = stage(file, 'complete_ioreq', (cx: HvCx, vcpu: Vcpu, keepValue: boolean) => {
  const ram = cx.world.hv.ram;
  const value = vcpu.slot(SLOT.reqs + REQS.value);
  if (keepValue && vcpu.req.io_type.value === IOREQ_TYPE.PORTIO) {
    vcpu.req.setPioValue(ram.read32(value));
  } else if (keepValue && vcpu.req.io_type.value === IOREQ_TYPE.MMIO) {
    vcpu.req.value.value = ram.read64(value);
  }
  ram.write32(vcpu.slot(SLOT.processed), IOREQ_STATE.FREE);
});

/** End of a port I/O request (io_req.c, dm_emulate_pio_complete). */
const dm_emulate_pio_complete = stage(file, 'dm_emulate_pio_complete', (cx: HvCx, vcpu: Vcpu) => {
  complete_ioreq(cx, vcpu, true);
  emulate_pio_complete(cx, vcpu);
});

/** Gives the result of an MMIO read to the instruction (io_req.c, emulate_mmio_complete). */
export const emulate_mmio_complete = stage(file, 'emulate_mmio_complete', (cx: HvCx, vcpu: Vcpu) => {
  if (vcpu.req.direction.value === IOREQ_DIR.READ) {
    emulate_instruction(cx, vcpu);
  }
});

/** End of an MMIO request (io_req.c, dm_emulate_mmio_complete). */
const dm_emulate_mmio_complete = stage(file, 'dm_emulate_mmio_complete', (cx: HvCx, vcpu: Vcpu) => {
  complete_ioreq(cx, vcpu, true);
  emulate_mmio_complete(cx, vcpu);
});

/** End of a request, by its type (io_req.c, dm_emulate_io_complete). Nothing happens where it is not COMPLETE. */
export const dm_emulate_io_complete = stage(file, 'dm_emulate_io_complete', (cx: HvCx, vcpu: Vcpu) => {
  if (!isComplete(cx, vcpu)) {
    return;
  }
  const type = vcpu.req.io_type.value;
  if (vcpu.state.value === VCPU_STATE.ZOMBIE) {
    complete_ioreq(cx, vcpu, false);
  } else if (type === IOREQ_TYPE.MMIO) {
    dm_emulate_mmio_complete(cx, vcpu);
  } else if (type === IOREQ_TYPE.PORTIO || type === IOREQ_TYPE.PCICFG) {
    dm_emulate_pio_complete(cx, vcpu);
  } else {
    complete_ioreq(cx, vcpu, false);
  }
});
