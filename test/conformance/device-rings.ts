import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '../../src/base/bytes.ts';
import { parseCapture } from '../../src/emulator/conformance/capture.ts';
import { type PlayedRing, playRing, type UsedElement } from '../../src/emulator/conformance/ring-player.ts';
import { compared, documents, type Verdict } from './files.ts';

/** What a capture says that the device did; the device was QEMU's. */
interface Expected {
  readonly queue_index: number;
  readonly expected_used_idx: number;
  readonly expected_used_elems: readonly UsedElement[];
  readonly expected_chardev?: Readonly<Record<string, { readonly file: string }>>;
  readonly before: { readonly queues: Readonly<Record<string, { readonly used_idx: number }>> };
  readonly pending_chains: readonly {
    readonly head: number;
    readonly descs: readonly { readonly table: string; readonly flags: number }[];
  }[];
}

interface Outcome {
  readonly usedIdx: number;
  readonly usedElems: readonly UsedElement[];
  readonly bytes: Readonly<Record<string, string>>;
  readonly refused: PlayedRing['refused'];
  /** Contents of the buffers that a queue got: input, or control messages. */
  readonly filled: readonly string[];
}

/** A control message (virtio 1.2, 5.3.6.2): id u32, event u16, value u16, then the name. */
const message = (id: number, event: number, name = ''): string =>
  Buffer.concat([Buffer.from([id, 0, 0, 0, event, 0, 1, 0]), Buffer.from(name)]).toString('hex');

/** Names of the ports as this comparison makes them. */
const PORTS = ['hvc0', 'vport0p1'];
const EVENT = { DEVICE_READY: 0, DEVICE_ADD: 1, PORT_READY: 3, CONSOLE_PORT: 4, PORT_OPEN: 6, PORT_NAME: 7 } as const;

/**
 * What acrn-dm answers to a control message, where QEMU answers otherwise (virtio_console.c, `virtio_console_control_tx`):
 * at DEVICE_READY each port at once with name and state, at PORT_READY only that a port is a console.
 */
function answers(hex: string): readonly string[] {
  const bytes = Buffer.from(hex, 'hex');
  const [id, event] = [bytes.readUInt32LE(0), bytes.readUInt16LE(4)];
  if (event === EVENT.DEVICE_READY) {
    return PORTS.flatMap((name, port) => [
      message(port, EVENT.DEVICE_ADD),
      message(port, EVENT.PORT_NAME, name),
      message(port, EVENT.PORT_OPEN),
    ]);
  }
  return event === EVENT.PORT_READY && id === 0 ? [message(0, EVENT.CONSOLE_PORT)] : [];
}

const read = (folder: string, name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));

/** What acrn-dm is to make of a capture, and why where that is not what QEMU made of it. */
function wanted(folder: string, capture: Expected & Inputs): { readonly outcome: Outcome; readonly reason?: string } {
  const { pending_chains: chains, queue_index: queue, expected_chardev: files = {}, before } = capture;
  const usedBefore = before.queues[`${queue}`]?.used_idx ?? 0;
  const refusedAt = chains.findIndex(({ descs }) => descs.length > 1);
  const [first] = chains[refusedAt]?.descs ?? [];
  const nothing = { usedIdx: usedBefore, usedElems: [], bytes: {}, filled: [] };
  if (first !== undefined && queue % 2 === 1) {
    const indirect = (first.flags & 4) !== 0;
    const head = chains[refusedAt]?.head ?? 0;
    const reason = indirect ? 'indirect-descriptor' : 'chained-descriptors';
    return {
      outcome: { ...nothing, refused: [{ head, reason }] },
      reason: indirect ? 'acrn-dm does not offer INDIRECT_DESC' : 'acrn-dm takes one descriptor a chain (n_iov is 1)',
    };
  }
  const bytes = Object.fromEntries(
    Object.entries(files).map(([port, { file }]) => [port, toHex(read(folder, file))] as const),
  );
  const used = { usedIdx: capture.expected_used_idx, usedElems: capture.expected_used_elems, refused: [] };
  if (queue === 3) {
    const sent = capture.memory_buffers.find(({ role }) => role === 'device-readable');
    const filled = before.queues['2'] === undefined ? [] : answers(toHex(read(folder, sent?.file ?? '')));
    const reason = 'acrn-dm announces names at DEVICE_READY, and answers PORT_READY only for a console';
    return { outcome: { ...used, bytes, filled }, ...(before.queues['2'] === undefined ? {} : { reason }) };
  }
  return { outcome: { ...used, bytes, filled: input(folder, capture) } };
}

interface Inputs {
  readonly host_input?: { readonly file: string };
  readonly memory_buffers: readonly { readonly role: string; readonly file: string }[];
}

/** The input as QEMU cut it into buffers. */
function input(folder: string, capture: Expected & Inputs): string[] {
  if (capture.host_input === undefined) {
    return [];
  }
  const hex = toHex(read(folder, capture.host_input.file));
  return capture.expected_used_elems.map(({ len }, i, all) => {
    const before = all.slice(0, i).reduce((sum, element) => sum + element.len, 0);
    return hex.slice(2 * before, 2 * (before + len));
  });
}

function outcomeOf(played: PlayedRing): Outcome {
  const { usedIdx, usedElems, bytes, refused, filled } = played;
  return { usedIdx, usedElems, bytes, refused, filled: filled.map(({ hex }) => hex) };
}

/** Rings of a real driver, fed to the emulated device side. */
export function deviceRings(folder: string): Verdict[] {
  const rings = join(folder, 'rings');
  return documents(rings).map(({ name, json }) => {
    const capture = parseCapture(json, (file) => read(rings, file));
    if (!capture.ok) {
      throw new Error(`${name}: ${JSON.stringify(capture.error)}`);
    }
    const { outcome, reason } = wanted(rings, json as Expected & Inputs);
    const actual = outcomeOf(playRing(capture.value));
    const sorted = ({ usedIdx, usedElems, bytes, refused, filled }: Outcome) => [
      usedIdx,
      usedElems,
      bytes,
      refused,
      filled,
    ];
    return compared(name, sorted(outcome), sorted(actual), reason);
  });
}
