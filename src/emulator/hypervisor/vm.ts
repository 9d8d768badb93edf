import { acrnFile, stage } from '../stage.ts';
import { GUEST_FLAG } from './acrn_common.ts';
import { reset_vm_ioreqs } from './io_req/request.ts';
import { INIT_VMCS, launch_vcpu, prepare_vcpu, vcpu_make_request, vcpu_reset_internal, zombie_vcpu } from './vcpu.ts';
import { restartVcpuThread } from './vcpu_threads.ts';
import { VCPU_STATE } from './vcpu_types.ts';
import { reset_vioapics, vioapic_init } from './vioapic.ts';
import { type AcrnVm, is_severity_pass, VM_STATE } from './vm_types.ts';
import { init_vpci } from './vpci.ts';
import type { HvCx } from './world.ts';

/* Twin of hypervisor/arch/x86/guest/vm.c: the life of a post-launched VM. */

const file = acrnFile('hypervisor', 'hypervisor/arch/x86/guest/vm.c');

/** Intercepts every port of a User VM (vm.c, setup_io_bitmap). */
const setup_io_bitmap = stage(file, 'setup_io_bitmap', (_cx: HvCx, vm: AcrnVm) => {
  vm.io_bitmap.value = vm.isPostLaunched ? 0xff : 0;
});

/** Makes a VM of its configuration, with one vCPU for each physical CPU in `pcpuBitmap` (vm.c, create_vm). */
export const create_vm = stage(file, 'create_vm', (cx: HvCx, vm: AcrnVm, pcpuBitmap: number): number => {
  vm.created_vcpus.value = 0;
  vm.emul_pio.length = 0;
  vm.emul_mmio.length = 0;
  setup_io_bitmap(cx, vm);
  const status = init_vpci(cx, vm);
  if (status !== 0) {
    return status;
  }
  vioapic_init(cx, vm);
  vm.io_shared_page.value = 0;
  vm.asyncio_sbuf.value = 0;
  if (vm.isPostLaunched && (vm.guest_flags.value & GUEST_FLAG.IO_COMPLETION_POLLING) !== 0) {
    vm.is_polling_ioreq.value = 1;
  }
  vm.state.value = VM_STATE.CREATED;
  return prepareVcpus(cx, vm, pcpuBitmap);
});

function prepareVcpus(cx: HvCx, vm: AcrnVm, pcpuBitmap: number): number {
  for (let pcpuId = 0; pcpuId < 32; pcpuId++) {
    if (((pcpuBitmap >>> pcpuId) & 1) === 0) {
      continue;
    }
    const status = prepare_vcpu(cx, vm, pcpuId);
    if (status !== 0) {
      return status;
    }
  }
  return 0;
}

/**
 * Lets the VM run (vm.c, start_vm). The real one launches the bootstrap processor only, and its boot code the others by
 * INIT and SIPI; that code is not modelled, so all processors start here.
 */
export const start_vm = stage(file, 'start_vm', (cx: HvCx, vm: AcrnVm) => {
  vm.state.value = VM_STATE.RUNNING;
  for (let id = 0; id < vm.created_vcpus.value; id++) {
    const vcpu = vm.vcpus[id];
    if (vcpu !== undefined) {
      vcpu_make_request(vcpu, INIT_VMCS);
      launch_vcpu(cx, vcpu);
    }
  }
});

/** Stops all vCPUs (vm.c, pause_vm). */
export const pause_vm = stage(file, 'pause_vm', (cx: HvCx, vm: AcrnVm) => {
  const state = vm.state.value;
  const running = is_severity_pass(vm) && state === VM_STATE.RUNNING;
  if (running || state === VM_STATE.READY_TO_POWEROFF || state === VM_STATE.CREATED) {
    for (const vcpu of vm.vcpus) {
      zombie_vcpu(cx, vcpu);
    }
    vm.state.value = VM_STATE.PAUSED;
  }
});

/** Brings a paused VM back to where `create_vm` left it (vm.c, reset_vm). */
export const reset_vm = stage(file, 'reset_vm', (cx: HvCx, vm: AcrnVm): number => {
  for (const vcpu of vm.vcpus) {
    vcpu_reset_internal(cx, vcpu);
    restartVcpuThread(cx, vcpu);
    vcpu.state.value = VCPU_STATE.INIT;
  }
  reset_vm_ioreqs(cx, vm);
  reset_vioapics(cx, vm);
  vm.state.value = VM_STATE.CREATED;
  return 0;
});

/** Ends a paused VM (vm.c, shutdown_vm). */
export const shutdown_vm = stage(file, 'shutdown_vm', (_cx: HvCx, vm: AcrnVm): number => {
  vm.state.value = VM_STATE.POWERED_OFF;
  vm.emul_pio.length = 0;
  vm.emul_mmio.length = 0;
  vm.eptRegions.value = 0;
  vm.eptBytes.value = 0;
  for (const vcpu of vm.vcpus) {
    vcpu.state.value = VCPU_STATE.OFFLINE;
  }
  return 0;
});
