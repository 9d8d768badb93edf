import { gpa } from '../../base/brand.ts';
import { toHex } from '../../base/bytes.ts';
import { VIRTIO_PCI, type VirtioVqInfo, VQ_ALLOC } from '../device-model/virtio/structs.ts';
import type { Memory } from '../memory.ts';
import type { Capture, CapturedQueue } from './capture.ts';
import type { Out, RecordedOp } from './document.ts';
import { Player } from './player.ts';

/** An entry of a used ring (virtio 1.2, 2.7.8). */
export interface UsedElement {
  readonly slot: number;
  readonly id: number;
  readonly len: number;
}

/** Why acrn-dm does not take a chain. */
export type Refusal =
  | 'indirect-descriptor'
  | 'chained-descriptors'
  | 'outside-guest-memory'
  | 'index-out-of-range'
  | 'descriptor-loop'
  | 'avail-index-out-of-range';

/** What one queue's used ring got. */
export interface UsedRing {
  readonly queue: number;
  readonly usedIdx: number;
  readonly usedElems: readonly UsedElement[];
}

/** What acrn-dm makes of a captured ring. */
export interface PlayedRing extends UsedRing {
  readonly format: 1;
  /** What came out, by the guest's name of the port. */
  readonly bytes: Readonly<Record<string, string>>;
  /** Chains that were taken from the avail ring and never returned, and an avail index that is not believed (head -1). */
  readonly refused: readonly { readonly head: number; readonly reason: Refusal }[];
  /** Other queues of the capture, where the device answered. */
  readonly answers: readonly UsedRing[];
  /** What the device put into the guest's buffers, in the order of the used entries. */
  readonly filled: readonly { readonly queue: number; readonly id: number; readonly hex: string }[];
  /** How the device model's process ended, where the ring killed it. */
  readonly died?: unknown;
}

const PORT_COUNT = 16;
const SPARE_BUFFER = 0x1000;
const FILE = 'file:';

/** The guest's name for port `id` of the first console device: port 0 is the console. */
const portName = (id: number): string => (id === 0 ? 'hvc0' : `vport0p${id}`);
/** Port of a queue (virtio 1.2, 5.3.2): 0 and 1 the first, 2 and 3 control, then two a port. */
const portOfQueue = (queue: number): number => (queue < 2 ? 0 : queue < 4 ? -1 : (queue >> 1) - 1);

/** acrn-dm's options: a file behind every port that the capture reaches, a socket behind the one that gets input. */
function consoleOptions(capture: Capture): string {
  const receiver = capture.input === undefined ? -1 : portOfQueue(capture.queue);
  const last = Math.max(1, ...capture.queues.map(({ index }) => portOfQueue(index)));
  const ports = Array.from({ length: Math.min(last + 1, PORT_COUNT) }, (_, id) => {
    const name = portName(id);
    const backend = id === receiver ? `socket:${name}=${name}:client` : `file:${name}=${name}`;
    return id === 0 ? `@${backend}` : backend;
  });
  return ports.join(',');
}

const port = (offset: number, size: number, value: number): RecordedOp => ({ op: 'pio_write', offset, size, value });

/** The device made, and the driver's part of its set-up done. */
class RingPlayer {
  readonly #capture: Capture;
  readonly #player: Player;
  readonly #outs: Out[] = [];
  readonly #before = new Map<number, number>();

  constructor(capture: Capture) {
    this.#capture = capture;
    this.#player = new Player({
      name: 'ring',
      device: { opts: null, stdin: 'null', harness_settings: [] },
      guest_memory: { low: { gpa: 0, size: capture.ramSize }, high: { gpa: 0x1_0000_0000, size: SPARE_BUFFER } },
      regions: [],
      functions: {},
      ops: [],
    });
  }

  play(): PlayedRing {
    const { queue, queues, input } = this.#capture;
    this.#setUp();
    this.#run(port(VIRTIO_PCI.QUEUE_NOTIFY, 2, queue));
    if (input !== undefined) {
      const endpoint = portName(portOfQueue(queue));
      this.#run({ op: 'backend_input', endpoint, hex: toHex(input) });
      this.#run({ op: 'run_mevent', max_iterations: 8 });
    }
    const died = this.#outs.find((out) => out['process_died'] !== undefined)?.['process_died'];
    return {
      format: 1,
      ...this.#usedRing(this.#queueOf(queue)),
      bytes: this.#bytes(),
      refused: this.#refused(),
      answers: queues.filter(({ index }) => index !== queue).map((one) => this.#usedRing(one)),
      filled: queues.flatMap((one) => this.#filled(one)),
      ...(died === undefined ? {} : { died }),
    };
  }

  get #ram(): Memory {
    return this.#player.guestRam;
  }

  #queueOf(index: number): CapturedQueue {
    const found = this.#capture.queues.find((one) => one.index === index);
    if (found === undefined) {
      throw new RangeError(`queue ${index}`);
    }
    return found;
  }

  #run(op: RecordedOp): void {
    this.#outs.push(this.#player.step(op) ?? {});
  }

  #setUp(): void {
    const { memory, features, queues, input, queue } = this.#capture;
    const name = portName(portOfQueue(queue));
    if (input !== undefined) {
      this.#run({ op: 'backend_listen', path: name });
    }
    this.#run({ op: 'init', opts: consoleOptions(this.#capture) });
    if (input !== undefined) {
      this.#run({ op: 'backend_accept', endpoint: name });
    }
    for (const { gpa: at, bytes } of memory) {
      if (this.#ram.holds(at, bytes.length)) {
        this.#ram.write(gpa(at), bytes);
      }
    }
    const low = features.filter((bit) => bit < 32).reduce((sum, bit) => sum + 2 ** bit, 0);
    this.#run(port(VIRTIO_PCI.STATUS, 1, 3));
    this.#run(port(VIRTIO_PCI.GUEST_FEATURES, 4, low));
    for (const one of queues) {
      this.#setUpQueue(one);
    }
    this.#run(port(VIRTIO_PCI.STATUS, 1, 7));
    this.#outs.length = 0;
  }

  /** A legacy ring by its registers; a modern one by what enabling the queue stores (virtio.c, `virtio_vq_enable`). */
  #setUpQueue(one: CapturedQueue): void {
    const { index, size, pfn, desc, avail, used, lastAvail } = one;
    const vq = this.#vq(index);
    vq.qsize.value = size;
    if (pfn === undefined) {
      vq.desc.value = desc;
      vq.avail.value = avail;
      vq.used.value = used;
      vq.flags.value = VQ_ALLOC;
    } else {
      this.#run(port(VIRTIO_PCI.QUEUE_SEL, 2, index));
      this.#run(port(VIRTIO_PCI.QUEUE_PFN, 4, pfn));
    }
    const usedIdx = this.#ram.holds(used, 4) ? this.#ram.read16(gpa(used + 2)) : 0;
    vq.last_avail.value = lastAvail;
    vq.save_used.value = usedIdx;
    this.#before.set(index, usedIdx);
  }

  #vq(index: number): VirtioVqInfo {
    const vq = this.#player.device?.arg?.queues[index];
    if (vq === undefined) {
      throw new RangeError(`queue ${index}`);
    }
    return vq;
  }

  #usedRing({ index, size, used }: CapturedQueue): UsedRing {
    if (!this.#ram.holds(used, 6 + 8 * size)) {
      return { queue: index, usedIdx: 0, usedElems: [] };
    }
    const usedIdx = this.#ram.read16(gpa(used + 2));
    const first = this.#before.get(index) ?? 0;
    const usedElems = Array.from({ length: Math.min((usedIdx - first) & 0xffff, size) }, (_, i) => {
      const slot = (first + i) & (size - 1);
      const at = used + 4 + 8 * slot;
      return { slot, id: this.#ram.read32(gpa(at)), len: this.#ram.read32(gpa(at + 4)) };
    });
    return { queue: index, usedIdx, usedElems };
  }

  #filled(one: CapturedQueue): { queue: number; id: number; hex: string }[] {
    return this.#usedRing(one).usedElems.flatMap(({ id, len }) => {
      const at = one.desc + 16 * id;
      const address = this.#ram.holds(at, 16) ? this.#ram.read64(gpa(at)) : 0;
      const isThere = len > 0 && this.#ram.holds(address, len);
      return isThere ? [{ queue: one.index, id, hex: toHex(this.#ram.read(gpa(address), len)) }] : [];
    });
  }

  #bytes(): Record<string, string> {
    const bytes: Record<string, string> = {};
    for (const out of this.#outs) {
      for (const { endpoint, hex } of (out['backend_out'] ?? []) as readonly { endpoint: string; hex: string }[]) {
        const name = endpoint.startsWith(FILE) ? endpoint.slice(FILE.length) : endpoint;
        bytes[name] = (bytes[name] ?? '') + hex;
      }
    }
    return bytes;
  }

  #refused(): { head: number; reason: Refusal }[] {
    const { trace } = this.#player.recorder;
    const refused: { head: number; reason: Refusal }[] = [];
    let reason: Refusal | undefined;
    for (const event of trace.events()) {
      const code = trace.expressions[event.key] ?? '';
      const args = trace.notes[event.old] ?? {};
      if (event.kind === 'log') {
        reason = reasonOf(code) ?? reason;
        if (code === 'ndesc-out-of-range') {
          refused.push({ head: -1, reason: 'avail-index-out-of-range' });
        }
      } else if (event.kind === 'hazard' && code === 'descriptor-lost') {
        const head = Number(args['head']);
        const chained = reason === 'outside-guest-memory' && this.#firstIsMapped(Number(args['queue']), head);
        refused.push({ head, reason: chained ? 'chained-descriptors' : (reason ?? 'outside-guest-memory') });
      }
    }
    return refused;
  }

  /** Whether the head's own buffer is guest RAM: then it was a further one that `_vq_record` had no room for. */
  #firstIsMapped(queue: number, head: number): boolean {
    const at = this.#vq(queue).desc.value + 16 * head;
    return this.#ram.holds(at, 16) && this.#ram.holds(this.#ram.read64(gpa(at)), this.#ram.read32(gpa(at + 8)));
  }
}

function reasonOf(code: string): Refusal | undefined {
  switch (code) {
    case 'forbidden-indirect':
      return 'indirect-descriptor';
    case 'mapping-to-host-failed':
      return 'outside-guest-memory';
    case 'descriptor-index-out-of-range':
      return 'index-out-of-range';
    case 'descriptor-loop':
      return 'descriptor-loop';
    default:
      return undefined;
  }
}

/** Feeds a captured ring to the emulated device model, as if the guest had just notified it. */
export const playRing = (capture: Capture): PlayedRing => new RingPlayer(capture).play();
