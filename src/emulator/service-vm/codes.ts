/*
 * What the Service VM's kernel logs and where its code misbehaves, by code. The comment behind each names the C function;
 * the sentences stand in texts/.
 */

/** Lines of the Service VM's kernel log. */
export const SERVICE_VM_LOGS = [
  'sv-ioctl-vm-invalid', // acrn_dev_ioctl
  'sv-ioctl-unknown', // acrn_dev_ioctl
  'sv-vm-create-failed', // acrn_vm_create
  'sv-vm-created', // acrn_vm_create
  'sv-vm-destroy-failed', // acrn_vm_destroy
  'sv-vm-destroyed', // acrn_vm_destroy
  'sv-hypercall-refused', // acrn_dev_ioctl: start, pause, reset, registers, interrupt
  'sv-ioreq-page-unpinned', // acrn_ioreq_init
  'sv-ioreq-buffer-refused', // acrn_ioreq_init
  'sv-ioreq-client-not-found', // acrn_ioreq_dispatch
  'sv-ioreq-notify-failed', // ioreq_complete_request
  'sv-ioreq-range-invalid', // acrn_ioreq_range_add
  'sv-ioreq-handler-failed', // ioreq_task
  'sv-ioreq-client-created', // acrn_ioreq_client_create
  'sv-ioreq-client-destroyed', // acrn_ioreq_client_destroy
  'sv-ioreq-flush-failed', // acrn_ioreq_request_clear
  'sv-ioeventfd-client-failed', // acrn_ioeventfd_init
  'sv-msi-failed', // acrn_msi_inject
  'sv-memmap-type-invalid', // acrn_vm_memseg_map, acrn_vm_memseg_unmap
  'sv-memory-region-failed', // modify_region
  'sv-cf8-size', // handle_cf8cfc: WARN_ON
  'sv-irq-unhandled', // common_interrupt: no handler for the vector
] as const;

/** Points where the Service VM's code, as it is, misbehaves. */
export const SERVICE_VM_HAZARDS = [
  'sv-upcall-before-workqueue', // acrn_ioreq_intr_setup: the handler is armed before the workqueue exists
  'sv-upcall-unhandled', // sysvec_acrn_hv_callback: no handler, the upcall is gone
  'sv-dispatch-stops-early', // ioreq_dispatcher: the walk ends at the first VM without a page
  'sv-ioeventfd-no-match', // acrn_ioeventfd_handler: completed with no effect
  'sv-ioeventfd-init-ignored', // acrn_vm_create ignores the result
  'sv-oops', // any kernel thread: an access outside memory or a call of NULL ends it
  'sv-asyncio-missing', // acrn_dev_ioctl: SETUP_ASYNCIO exists in ACRN's own kernel only
  'sv-asyncio-wild-pointer', // acrn_asyncio_dispatch: an element that is no eventfd is followed all the same
] as const;
