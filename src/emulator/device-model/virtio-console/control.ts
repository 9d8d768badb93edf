import { gpa } from '../../../base/brand.ts';
import { utf8 } from '../../../base/bytes.ts';
import { stage } from '../../stage.ts';
import { hazard, pr_err } from '../log.ts';
import type { DmCx } from '../process.ts';
import { vq_has_descs } from '../virtio/inline.ts';
import { type Chain, type Iovec, noteDirection, vq_endchains, vq_getchain, vq_relchain } from '../virtio/queue.ts';
import { file } from './file.ts';
import { virtio_console_port_to_vq } from './ports.ts';
import { type ConsolePort, type PortCallback, VIRTIO_CONSOLE, type VirtioConsole } from './structs.ts';

/** Bytes of `struct virtio_console_control`: id u32, event u16, value u16 (virtio 1.2, 5.3.6.2). */
const CONTROL_SIZE = 8;
const NAME_MAX = 255;

function message(id: number, event: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(CONTROL_SIZE + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, id, true);
  view.setUint16(4, event, true);
  view.setUint16(6, 1, true);
  bytes.set(payload, CONTROL_SIZE);
  return bytes;
}

const NOTHING = new Uint8Array(0);

/** Two `memcpy`s of the real code: header, then name; each may run past the guest's buffer, and past its RAM. */
function copyOut(cx: DmCx, iov: Iovec, bytes: Uint8Array): void {
  if (bytes.length > iov.len) {
    hazard(cx, 'control-write-past-buffer', { address: iov.base, buffer: iov.len, written: bytes.length });
  }
  cx.world.guestRam.write(gpa(iov.base), bytes.subarray(0, CONTROL_SIZE));
  if (bytes.length > CONTROL_SIZE) {
    cx.world.guestRam.write(gpa(iov.base + CONTROL_SIZE), bytes.subarray(CONTROL_SIZE));
  }
}

/** virtio_console.c: sends the guest a control message; without a free buffer it is lost for good. */
const virtio_console_control_send = stage(
  file,
  'virtio_console_control_send',
  (cx: DmCx, console: VirtioConsole, id: number, event: number, payload: Uint8Array): void => {
    const vq = virtio_console_port_to_vq(cx, console, console.control_port, true);
    if (!vq_has_descs(cx, vq)) {
      hazard(cx, 'control-message-lost', { port: id, event });
      return;
    }
    const iov: Iovec = { base: 0, len: 0 };
    const chain: Chain = { idx: 0, iov: [iov] };
    const count = vq_getchain(cx, vq, chain, 1);
    if (count < 1) {
      pr_err(cx, 'console-control-send-getchain', { error: count });
      hazard(cx, 'control-message-lost', { port: id, event });
      return;
    }
    const bytes = message(id, event, payload);
    noteDirection(cx, vq, chain.idx, true);
    copyOut(cx, iov, bytes);
    vq_relchain(cx, vq, chain.idx, bytes.length);
    vq_endchains(cx, vq, true);
  },
);

/** virtio_console.c: tells the guest of a port and its name. */
const virtio_console_announce_port = stage(
  file,
  'virtio_console_announce_port',
  (cx: DmCx, console: VirtioConsole, port: ConsolePort): void => {
    const id = port.id.value;
    virtio_console_control_send(cx, console, id, VIRTIO_CONSOLE.DEVICE_ADD, NOTHING);
    const whole = utf8(port.name);
    const name = whole.subarray(0, NAME_MAX);
    if (whole.length > NAME_MAX) {
      hazard(cx, 'port-name-cut', { port: id, length: whole.length });
    }
    virtio_console_control_send(cx, console, id, VIRTIO_CONSOLE.PORT_NAME, name);
  },
);

/** virtio_console.c: tells the guest that a port is open, or remembers it until the guest is ready. */
export const virtio_console_open_port = stage(
  file,
  'virtio_console_open_port',
  (cx: DmCx, console: VirtioConsole, port: ConsolePort): void => {
    if (console.ready.value === 0) {
      port.open.value = 1;
      return;
    }
    virtio_console_control_send(cx, console, port.id.value, VIRTIO_CONSOLE.PORT_OPEN, NOTHING);
  },
);

function deviceReady(cx: DmCx, console: VirtioConsole): void {
  console.ready.value = 1;
  for (const port of console.ports) {
    if (port.enabled.value !== 0) {
      virtio_console_announce_port(cx, console, port);
    }
    if (port.open.value !== 0) {
      virtio_console_open_port(cx, console, port);
    }
  }
}

function portReady(cx: DmCx, console: VirtioConsole, id: number, value: number): void {
  if (console.ready.value === 0) {
    hazard(cx, 'port-ready-before-device-ready', { port: id | 0 });
  }
  if (value === 0) {
    hazard(cx, 'control-value-ignored', { port: id | 0 });
  }
  // The C code compares the unsigned id with the signed number of ports, as unsigned.
  const port = id < console.nports.value ? console.ports[id] : undefined;
  if (port === undefined) {
    pr_err(cx, 'console-port-ready-unknown-port', { port: id | 0 });
  } else if (port.is_console.value !== 0) {
    virtio_console_control_send(cx, console, id, VIRTIO_CONSOLE.CONSOLE_PORT, NOTHING);
  }
}

/** virtio_console.c: a control message of the guest. Eight bytes are read however short the buffer is. */
export const virtio_console_control_tx: PortCallback = stage(
  file,
  'virtio_console_control_tx',
  (cx: DmCx, port: ConsolePort, _arg, iov: Iovec): void => {
    const { console } = port;
    if (console === undefined) {
      return;
    }
    const ram = cx.world.guestRam;
    if (iov.len < CONTROL_SIZE) {
      hazard(cx, 'control-read-past-buffer', { address: iov.base, buffer: iov.len });
    }
    const event = ram.read16(gpa(iov.base + 4));
    if (event === VIRTIO_CONSOLE.DEVICE_READY) {
      deviceReady(cx, console);
    } else if (event === VIRTIO_CONSOLE.PORT_READY) {
      portReady(cx, console, ram.read32(gpa(iov.base)), ram.read16(gpa(iov.base + 6)));
    }
  },
);
