/*
 * What the hypervisor logs and where its code misbehaves, by code. The comment behind each names the C function; the
 * sentences stand in texts/.
 */

/** Lines of the hypervisor's log. */
export const HYPERVISOR_LOGS = [
  'hv-emulate-io-failed', // emulate_io
  'hv-exit-handler-failed', // vcpu_thread
  'hv-pending-request-failed', // vcpu_thread
  'hv-hypercall-failed', // vmcall_vmexit_handler
  'hv-vm-pcpus-invalid', // hcall_create_vm
  'hv-guest-flags-wrong', // hcall_create_vm
  'hv-ioreq-buffer-unmapped', // hcall_set_ioreq_buffer
  'hv-notify-vcpu-unknown', // hcall_notify_ioreq_finish
  'hv-callback-vector-invalid', // hcall_set_callback_vector
  'hv-set-vcpu-regs-invalid', // hcall_set_vcpu_regs
  'hv-memory-region-copy-failed', // hcall_set_vm_memory_regions
  'hv-memory-region-target-invalid', // hcall_set_vm_memory_regions
  'hv-copy-from-gpa-failed', // copy_from_gpa
  'hv-asyncio-registered', // add_asyncio
  'hv-asyncio-full', // add_asyncio
  'hv-asyncio-base-zero', // add_asyncio, remove_asyncio
  'hv-asyncio-not-found', // remove_asyncio
  'hv-sbuf-id-unsupported', // sbuf_setup_common
  'hv-exit-reason-invalid', // vmexit_handler
  'hv-exit-unhandled', // unhandled_vmexit_handler
  'hv-vector-illegal', // vlapic_set_intr
  'hv-vlapic-disabled', // vlapic_accept_intr
  'hv-msi-address-invalid', // inject_msi_for_non_lapic_pt
  'hv-delivery-mode-invalid', // vlapic_receive_intr
  'hv-mmio-spans-handlers', // hv_emulate_mmio
  'hv-vm-create-failed', // hcall_create_vm
] as const;

/** Points where the hypervisor's code, as it is, misbehaves. */
export const HYPERVISOR_HAZARDS = [
  'hv-stale-ioreq-event', // wait_event: a finish notification that nobody waited for ends the next wait at once
  'hv-ioreq-slot-busy', // acrn_insert_request: the slot is not FREE, the access is refused
  'hv-gp-injected', // vcpu_thread: a failed emulation becomes #GP in the guest
  'hv-asyncio-assign-error-ignored', // hcall_asyncio_assign: returns 0 whatever add_asyncio said
  'hv-zombie-vcpu-runs', // vcpu_thread: a paused vCPU that is woken by a finished request enters its guest again
  'hv-panic', // any: an access outside memory ends the vCPU's thread
  'hv-upcall-lost', // send_single_ipi: the notification was dropped, as a fault of the scenario
] as const;
