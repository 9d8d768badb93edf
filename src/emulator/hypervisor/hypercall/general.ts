import { acrnFile, stage } from '../../stage.ts';
import { E } from '../acrn_common.ts';
import { copy_from_gpa, put32 } from '../guest_memory.ts';
import type { AcrnVm } from '../vm_types.ts';
import type { HvCx } from '../world.ts';

/* Twin of hypervisor/common/hypercall.c, part 1: hypercalls about the hypervisor itself. */

const file = acrnFile('hypervisor', 'hypervisor/common/hypercall.c');

const VECTOR_DYNAMIC_START = 0x20;
const NR_MAX_VECTOR = 0xff;

/** The vector of the next upcalls (io_req.c, set_hsm_notification_vector). */
export const set_hsm_notification_vector = stage(
  acrnFile('hypervisor', 'hypervisor/dm/io_req.c'),
  'set_hsm_notification_vector',
  (cx: HvCx, vector: number) => {
    cx.world.hv.acrn_hsm_notification_vector.value = vector;
  },
);

/** Chooses the upcall vector (hypercall.c, hcall_set_callback_vector); -EINVAL below 0x20 or above 0xFF. */
export const hcall_set_callback_vector = stage(
  file,
  'hcall_set_callback_vector',
  (cx: HvCx, _target: AcrnVm, vector: number): number => {
    if (vector > NR_MAX_VECTOR || vector < VECTOR_DYNAMIC_START) {
      cx.log('error', 'hv-callback-vector-invalid', { vector });
      return -E.EINVAL;
    }
    set_hsm_notification_vector(cx, vector);
    return 0;
  },
);

/** Version of this interface, 1.0, stored at `param1` (hypercall.c, hcall_get_api_version). */
export const hcall_get_api_version = stage(
  file,
  'hcall_get_api_version',
  (cx: HvCx, _target: AcrnVm, address: number): number => {
    if (!copy_from_gpa(cx, address, 8)) {
      return -E.EINVAL;
    }
    put32(cx, address, 1);
    put32(cx, address + 4, 0);
    return 0;
  },
);

/** Takes a vCPU from the Service VM (hypercall.c, hcall_service_vm_offline_cpu); -1 for its vCPU 0, the only one here. */
export const hcall_service_vm_offline_cpu = stage(
  file,
  'hcall_service_vm_offline_cpu',
  (_cx: HvCx, target: AcrnVm, lapicId: number): number => (target.vcpus[0]?.vlapic.vapic_id === lapicId ? -1 : 0),
);
