import { stage } from '../../stage.ts';
import { hazard } from '../log.ts';
import type { DmCx } from '../process.ts';
import { virtio_reset_dev } from '../virtio/linkup.ts';
import type { VirtioVqInfo } from '../virtio/structs.ts';
import { file } from './file.ts';
import {
  type ConsoleBackend,
  type ConsolePort,
  type PortCallback,
  queueOf,
  VIRTIO_CONSOLE_MAXPORTS,
  type VirtioConsole,
} from './structs.ts';

/** virtio_console.c: the driver reset the device. Ports and readiness stay as they are. */
export const virtio_console_reset = stage(file, 'virtio_console_reset', (cx: DmCx, console: VirtioConsole): void => {
  if (console.ready.value !== 0 || console.ports.some((port) => port.rx_ready.value !== 0)) {
    hazard(cx, 'reset-keeps-console-state', { ready: console.ready.value });
  }
  virtio_reset_dev(cx, console.base);
});

/** virtio_console.c: negotiated features are stored, nobody looks at them. */
export const virtio_console_neg_features = stage(
  file,
  'virtio_console_neg_features',
  (_cx: DmCx, console: VirtioConsole, features: number): void => {
    console.features.value = features;
  },
);

/** virtio_console.c: `size` bytes of the configuration (virtio 1.2, 5.3.4). */
export const virtio_console_cfgread = stage(
  file,
  'virtio_console_cfgread',
  (_cx: DmCx, console: VirtioConsole, offset: number, size: number): number | undefined => {
    let value = 0;
    for (let i = size - 1; i >= 0; i--) {
      value = value * 256 + (console.config[offset + i] ?? 0);
    }
    return value;
  },
);

/** virtio_console.c: port that a queue belongs to; queues 2 and 3 are the control port's. */
export const virtio_console_vq_to_port = stage(
  file,
  'virtio_console_vq_to_port',
  (_cx: DmCx, console: VirtioConsole, vq: VirtioVqInfo): ConsolePort => {
    const [first] = console.ports;
    const port =
      vq.num === 2 || vq.num === 3 ? console.control_port : vq.num < 2 ? first : console.ports[(vq.num >> 1) - 1];
    return port ?? console.control_port;
  },
);

/** virtio_console.c: queue that fills (`tx`) or drains a guest's buffers for a port. */
export const virtio_console_port_to_vq = stage(
  file,
  'virtio_console_port_to_vq',
  (_cx: DmCx, console: VirtioConsole, port: ConsolePort, tx: boolean): VirtioVqInfo =>
    queueOf(console, tx ? port.txq.value : port.rxq.value),
);

/** virtio_console.c: the next of 16 ports; undefined where all are taken. */
export const virtio_console_add_port = stage(
  file,
  'virtio_console_add_port',
  (
    _cx: DmCx,
    console: VirtioConsole,
    name: string,
    cb: PortCallback,
    arg: ConsoleBackend,
    isConsole: boolean,
  ): ConsolePort | undefined => {
    const id = console.nports.value;
    const port = console.ports[id];
    if (id === VIRTIO_CONSOLE_MAXPORTS || port === undefined) {
      return undefined;
    }
    console.nports.value = id + 1;
    port.id.value = id;
    port.console = console;
    port.name = name;
    port.cb.value = cb;
    port.arg = arg;
    port.is_console.value = isConsole ? 1 : 0;
    port.txq.value = id === 0 ? 0 : (id + 1) * 2;
    port.rxq.value = port.txq.value + 1;
    port.enabled.value = 1;
    return port;
  },
);
