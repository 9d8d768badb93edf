import { acrnFile, stage } from '../../stage.ts';
import { ACRN_IO_REQUEST_MAX, ASYNCIO_INFO, IOREQ_STATE } from '../acrn_common.ts';
import { signal_event } from '../event.ts';
import { copy_from_gpa, get32, get64 } from '../guest_memory.ts';
import { add_asyncio, asyncioInfoAt, remove_asyncio } from '../io_req/asyncio.ts';
import { set_io_req_state } from '../io_req/request.ts';
import { sbuf_setup_common } from '../sbuf.ts';
import { type AcrnVm, is_severity_pass, VM_STATE } from '../vm_types.ts';
import type { HvCx } from '../world.ts';

/* Twin of hypervisor/common/hypercall.c, part 3: the I/O request page and asyncio. */

const file = acrnFile('hypervisor', 'hypervisor/common/hypercall.c');

const PAGE = 4096;

/** Takes the page whose address stands at `param2`, and sets its slots FREE (hypercall.c, hcall_set_ioreq_buffer). */
export const hcall_set_ioreq_buffer = stage(
  file,
  'hcall_set_ioreq_buffer',
  (cx: HvCx, target: AcrnVm, _vmId: number, buffer: number): number => {
    if (target.state.value !== VM_STATE.CREATED || !copy_from_gpa(cx, buffer, 8)) {
      return -1;
    }
    const page = get64(cx, buffer);
    if (!cx.world.hv.ram.holds(page, PAGE)) {
      cx.log('error', 'hv-ioreq-buffer-unmapped', { address: page });
      target.io_shared_page.value = 0;
      return -1;
    }
    target.io_shared_page.value = page;
    for (let slot = 0; slot < ACRN_IO_REQUEST_MAX; slot++) {
      set_io_req_state(cx, target, slot, IOREQ_STATE.FREE);
    }
    return 0;
  },
);

/** Wakes the vCPU `param2`, whose request is done; nothing to wake in polling mode (hcall_notify_ioreq_finish). */
export const hcall_notify_ioreq_finish = stage(
  file,
  'hcall_notify_ioreq_finish',
  (cx: HvCx, target: AcrnVm, _vmId: number, param2: number): number => {
    const vcpuId = param2 % 0x10000;
    if (!is_severity_pass(target) || target.isPoweredOff || target.io_shared_page.value === 0) {
      return -1;
    }
    const vcpu = vcpuId < target.created_vcpus.value ? target.vcpus[vcpuId] : undefined;
    if (vcpu === undefined) {
      cx.log('error', 'hv-notify-vcpu-unknown', { vcpu: vcpuId, vm: target.vm_id });
      return -1;
    }
    if (target.is_polling_ioreq.value === 0) {
      signal_event(cx, vcpu, vcpu.ioreqEvent);
    }
    return 0;
  },
);

/** Takes a shared buffer: cpu id, buffer id, address at `param2` (hypercall.c, hcall_setup_sbuf). */
export const hcall_setup_sbuf = stage(
  file,
  'hcall_setup_sbuf',
  (cx: HvCx, target: AcrnVm, _vmId: number, param: number): number => {
    if (!copy_from_gpa(cx, param, 16)) {
      return -1;
    }
    const address = get64(cx, param + 8);
    return address === 0 ? -1 : sbuf_setup_common(cx, target, get32(cx, param + 4), address);
  },
);

/** Registers an access as asyncio; 0 whatever comes of it (hypercall.c, hcall_asyncio_assign). */
export const hcall_asyncio_assign = stage(
  file,
  'hcall_asyncio_assign',
  (cx: HvCx, target: AcrnVm, _vmId: number, info: number): number => {
    if (!copy_from_gpa(cx, info, ASYNCIO_INFO.length)) {
      return -1;
    }
    if (add_asyncio(cx, target, asyncioInfoAt(cx, info)) !== 0) {
      cx.hazard('hv-asyncio-assign-error-ignored', { vm: target.vm_id });
    }
    return 0;
  },
);

/** Takes the registration back; 0 whatever comes of it (hypercall.c, hcall_asyncio_deassign). */
export const hcall_asyncio_deassign = stage(
  file,
  'hcall_asyncio_deassign',
  (cx: HvCx, target: AcrnVm, _vmId: number, info: number): number => {
    if (!copy_from_gpa(cx, info, ASYNCIO_INFO.length)) {
      return -1;
    }
    remove_asyncio(cx, target, asyncioInfoAt(cx, info));
    return 0;
  },
);
