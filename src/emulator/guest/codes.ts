/*
 * What the guest kernel logs, by code. The comment behind each names the C function; the sentences stand in texts/.
 */

/** Lines of the guest kernel's log. */
export const GUEST_LOGS = [
  'guest-bad-io-access', // bad_io_access (lib/iomap.c)
  'guest-bad-notification-offset', // vp_modern_map_vq_notify
  'guest-bad-virtqueue-length', // vring_alloc_queue_split
  'guest-capability-out-of-range', // vp_modern_map_capability
  'guest-device-refuses-features', // virtio_features_ok
  'guest-error-adding-buffer-to-queue', // control_work_handler
  'guest-error-allocating-control-buffers', // virtcons_probe
  'guest-error-allocating-hvc', // init_port_console
  'guest-error-allocating-inbufs', // add_port
  'guest-error-initializing-vqs', // virtcons_probe
  'guest-errors-adding-buffers-back', // discard_port_data
  'guest-failed-add-buf', // fill_readbuf
  'guest-invalid-index-in-control-packet', // handle_control_message
  'guest-invalid-max-nr-ports', // virtcons_probe
  'guest-leaving-for-legacy-driver', // vp_modern_probe
  'guest-missing-capabilities', // vp_modern_probe
  'guest-modern-device-without-version-1', // vp_finalize_features
  'guest-no-irq-handler', // call_irq_handler
  'guest-oops', // a NULL pointer call, an access outside RAM or a BUG_ON: the task ends
  'guest-port-id-out-of-bound', // handle_control_message
  'guest-tty-signal', // isig
  'guest-used-id-is-no-head', // virtqueue_get_buf_ctx_split
  'guest-used-id-out-of-range', // virtqueue_get_buf_ctx_split
] as const;

/** Why a task of the guest ends by a fault. */
export const GUEST_FAULTS = [
  'guest-exception', // the hypervisor injected an exception, #GP for an access that it could not emulate
  'guest-kernel-bug', // BUG_ON in the function named
] as const;

/** A line of the guest kernel's log. */
export type GuestLog = (typeof GUEST_LOGS)[number];
