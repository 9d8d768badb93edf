import { ERRNO } from '../../boundaries.ts';
import { linuxFile, stage } from '../../stage.ts';
import type { HsmVm } from '../hsm_vm.ts';
import { hcall_notify_req_finish } from '../hypercall.ts';
import { REQ, reqField, STATE } from '../uapi_acrn.ts';
import type { SvCx } from '../world.ts';
import type { IoreqClient } from './client_types.ts';

/* Twin of drivers/virt/acrn/ioreq.c, part 1: a request is done. */

const file = linuxFile('service-vm-kernel', 'drivers/virt/acrn/ioreq.c');

/**
 * Sets the slot COMPLETE and tells the hypervisor, which in polling mode sees it by itself (ioreq.c,
 * ioreq_complete_request). Negative where the hypervisor refuses.
 */
export const ioreq_complete_request = stage(
  file,
  'ioreq_complete_request',
  (cx: SvCx, vm: HsmVm, vcpu: number, req: number): number => {
    const { ram } = cx.world;
    const polling = ram.read32(reqField(req, REQ.completionPolling)) !== 0;
    if (polling) {
      ram.leaveHop(reqField(req, REQ.processed), cx.hop('shared_memory', 'smp_store_release'));
    }
    ram.write32(reqField(req, REQ.processed), STATE.COMPLETE);
    if (polling) {
      return 0;
    }
    const ret = hcall_notify_req_finish(cx, vm.vmid.value, vcpu);
    if (ret < 0) {
      cx.log('error', 'sv-ioreq-notify-failed', { vcpu, ret });
    }
    return ret;
  },
);

/** The client is done with the request of `vcpu` (ioreq.c, acrn_ioreq_complete_request); -EINVAL for a vCPU beyond the VM's. */
export const acrn_ioreq_complete_request = stage(
  file,
  'acrn_ioreq_complete_request',
  (cx: SvCx, client: IoreqClient, vcpu: number): number => {
    if (vcpu >= client.vm.vcpu_num.value) {
      return -ERRNO.EINVAL;
    }
    client.ioreqs_map.value &= ~(1 << vcpu);
    return ioreq_complete_request(cx, client.vm, vcpu, client.vm.slot(vcpu));
  },
);

/** acrn-dm is done with the request of `vcpu` (ioreq.c, acrn_ioreq_request_default_complete). */
export const acrn_ioreq_request_default_complete = stage(
  file,
  'acrn_ioreq_request_default_complete',
  (cx: SvCx, vm: HsmVm, vcpu: number): number =>
    vm.default_client === undefined ? 0 : acrn_ioreq_complete_request(cx, vm.default_client, vcpu),
);
