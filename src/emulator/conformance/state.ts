import { devOf, VIRTIO_MSI_NO_VECTOR, type VirtioVqInfo } from '../device-model/virtio/structs.ts';
import type { ConsolePort, VirtioConsole } from '../device-model/virtio-console/structs.ts';

function queueState(vq: VirtioVqInfo): Record<string, number> | undefined {
  const { flags, pfn, qsize, last_avail, save_used, msix_idx, viothrd } = vq;
  const quiet = flags.value + pfn.value + last_avail.value + save_used.value + viothrd.ioevent_started.value === 0;
  if (quiet && (msix_idx.value === VIRTIO_MSI_NO_VECTOR || msix_idx.value === 0)) {
    return undefined;
  }
  return {
    flags: flags.value,
    pfn: pfn.value,
    qsize: qsize.value,
    last_avail: last_avail.value,
    save_used: save_used.value,
    msix_idx: msix_idx.value,
    ioevent_started: viothrd.ioevent_started.value,
  };
}

function portState(port: ConsolePort): Record<string, number> {
  return {
    id: port.id.value,
    enabled: port.enabled.value,
    is_console: port.is_console.value,
    rx_ready: port.rx_ready.value,
    open: port.open.value,
    rxq: port.rxq.value,
    txq: port.txq.value,
    backend_fd_open: port.arg !== undefined && port.arg.fd.value !== -1 ? 1 : 0,
    backend_open: port.arg?.open.value ?? 0,
  };
}

/** The device's own state, with the fields that a recording lists. */
export function deviceState(console: VirtioConsole): Record<string, unknown> {
  const { base } = console;
  const dev = devOf(base);
  const queues = base.queues.flatMap((vq) => {
    const state = queueState(vq);
    return state === undefined ? [] : [[String(vq.num), state] as const];
  });
  return {
    status: base.status.value,
    isr: base.isr.value,
    curq: base.curq.value,
    negotiated_caps: base.negotiated_caps.value,
    device_caps: base.device_caps.value,
    msix_cfg_idx: base.msix_cfg_idx.value,
    console_features: console.features.value,
    ready: console.ready.value,
    nports: console.nports.value,
    queues: Object.fromEntries(queues),
    ports: console.ports.slice(0, console.nports.value).map(portState),
    control_rx_ready: console.control_port.rx_ready.value,
    intx_state: dev.lintr.state.value,
    msix_enabled: dev.msix.enabled.value === 0 ? 0 : 1,
  };
}
