/*
 * Every way in which the real device model surprises, row by row of the facts (device-model-behaviour.md of the project's
 * shared folder: M memory safety, L data path, R registers and reset, C control queue, B backends, I iothread), and what
 * shows it here: a named scenario on the whole machine, or a recording of the real acrn-dm, with the hazard that it must
 * tell; or why neither a guest nor the outside can reach it.
 */

/** What shows a row. */
export type Shown =
  | { readonly scenario: string; readonly hazard: string }
  | { readonly recording: string; readonly hazard: string };

/** A row: at least one thing that shows it, or the reason why nothing can. */
export type Row = readonly Shown[] | { readonly unreachable: string };

const scenario = (name: string, hazard: string): Shown => ({ scenario: name, hazard });
const recording = (name: string, hazard: string): Shown => ({ recording: name, hazard });

/** Rows by id. */
export const HAZARD_ROWS: Readonly<Record<string, Row>> = {
  M1: [
    scenario('short-control-message', 'control-read-past-buffer'),
    scenario('guest-kills-device-model', 'segmentation-fault'),
    recording('ctl_short_message', 'control-read-past-buffer'),
  ],
  M2: [
    scenario('control-buffer-overflow', 'control-write-past-buffer'),
    recording('ctl_rx_small_buffer_overwrites_ring', 'control-write-past-buffer'),
    recording('ctl_rx_readonly_buffer', 'buffer-direction-ignored'),
  ],
  M3: [
    scenario('restart-use-after-free', 'use-after-free'),
    recording('deinit_socket_connected', 'use-after-free'),
    recording('deinit_after_backend_reset', 'use-after-free'),
  ],
  M4: { unreachable: 'no bug: _vq_record refuses every descriptor but the first before it stores anything' },
  M5: { unreachable: 'no access has a negative offset: BAR 0 has 64 bytes, and offsets are counted from its start' },
  M6: [
    scenario('one-bad-port', 'freed-console-registered'),
    recording('opts_second_port_bad', 'freed-console-registered'),
  ],
  L1: [
    scenario('emergency-write', 'emergency-write-not-offered'),
    recording('cfg_write_msix', 'emergency-write-not-offered'),
  ],
  L2: [
    scenario('zero-length-output', 'zero-length-kills-backend'),
    recording('tx_zero_len_file', 'zero-length-kills-backend'),
  ],
  L3: [scenario('chained-output', 'descriptor-lost'), recording('tx_chain_of_2', 'descriptor-lost')],
  L4: [
    scenario('bad-descriptor', 'descriptor-lost'),
    scenario('descriptor-loop', 'descriptor-lost'),
    scenario('indirect-descriptor', 'descriptor-lost'),
    recording('tx_head_out_of_range', 'descriptor-lost'),
  ],
  L5: [scenario('avail-index-jump', 'avail-index-jump'), recording('tx_avail_backwards', 'avail-index-jump')],
  L6: [recording('tx_used_preset_by_guest', 'used-index-moved')],
  L7: [
    scenario('wrong-direction', 'buffer-direction-ignored'),
    scenario('status-takes-ioeventfds-away', 'driver-ok-not-checked'),
    recording('feat_renegotiate_after_driver_ok', 'features-renegotiated'),
  ],
  L8: [
    scenario('terminal-full', 'short-write'),
    scenario('terminal-full', 'output-dropped'),
    recording('be_pty_full', 'short-write'),
  ],
  L9: [scenario('queue-without-port', 'queue-without-port')],
  R1: [scenario('page-zero', 'pfn-zero-maps-ring'), recording('pfn_zero_is_accepted', 'pfn-zero-maps-ring')],
  R2: [scenario('page-outside-memory', 'pfn-outside-memory')],
  R3: [scenario('spurious-interrupt', 'spurious-interrupt'), recording('reset_mid_traffic', 'spurious-interrupt')],
  R4: [
    scenario('guest-restarts', 'reset-keeps-console-state'),
    recording('reset_keeps_console_state', 'reset-keeps-console-state'),
  ],
  R5: [scenario('vector-without-msix', 'vector-written-without-msix')],
  R6: [scenario('interrupt-status-written', 'isr-write-ignored')],
  R7: [scenario('masked-vector', 'msix-interrupt-lost'), recording('msix_masked', 'msix-interrupt-lost')],
  R8: [recording('msi_capability', 'intx-pending-behind-msi'), recording('msi_capability', 'stale-intx-raised')],
  R9: { unreachable: 'a legacy guest cannot change the size of a queue; only an override from outside of acrn-dm can' },
  'C no free buffer': [recording('ctl_no_rx_buffers', 'control-message-lost')],
  'C chained buffer': [recording('ctl_rx_bad_address', 'control-message-lost')],
  'C value ignored': [recording('ctl_port_ready_value0', 'control-value-ignored')],
  'C ready too early': [recording('ctl_port_ready_before_device_ready', 'port-ready-before-device-ready')],
  'C long name': [recording('ctl_long_port_name', 'port-name-cut')],
  B1: [scenario('input-dropped', 'input-dropped'), recording('rx_no_buffers_dropped', 'input-dropped')],
  B2: [recording('poll_mode', 'no-notify-not-set')],
  B3: [scenario('terminal-hang-up', 'read-side-never-consumed')],
  B4: [
    scenario('client-gone', 'listening-event-disabled'),
    recording('be_socket_rx_not_ready_hangup', 'listening-event-disabled'),
  ],
  B5: [scenario('client-gone', 'stale-mevent-kept'), recording('be_socket_zero_len', 'stale-mevent-kept')],
  B6: [
    scenario('second-client', 'connection-replaced'),
    scenario('second-client', 'read-side-never-consumed'),
    recording('be_socket_two_clients', 'connection-replaced'),
  ],
  B7: [
    scenario('one-bad-port', 'one-port-fails-device'),
    scenario('seventeenth-port', 'one-port-fails-device'),
    recording('opts_seventeen_ports', 'one-port-fails-device'),
  ],
  B8: [scenario('input-is-a-pipe', 'output-dropped'), recording('be_stdio_not_a_tty', 'output-dropped')],
  I1: [scenario('iothread-start-race', 'iothread-start-race')],
  I2: [scenario('kicks-lost-at-reset', 'kicks-lost-at-reset')],
  I3: [scenario('iothread-bad-queue', 'sv-ioeventfd-no-match')],
  I4: [scenario('iothread-without-thread', 'eventfd-leaked'), recording('iothread_null_ctx', 'eventfd-leaked')],
  I5: [
    scenario('status-takes-ioeventfds-away', 'ioeventfds-unregistered'),
    recording('iothread_status_without_driver_ok', 'ioeventfds-unregistered'),
  ],
  I6: [scenario('receive-pty', 'unlocked-queue-access'), recording('rx_basic', 'unlocked-queue-access')],
  I7: [scenario('driver-ok-twice', 'timer-leaked')],
};
