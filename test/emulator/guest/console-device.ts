import { gpa } from '../../../src/base/brand.ts';
import { EXIT_REASON, type GuestLeave, type NonRootCpu } from '../../../src/emulator/boundaries.ts';
import type { Memory } from '../../../src/emulator/memory.ts';
import { SPIN } from '../../../src/emulator/scheduler.ts';
import { MODERN_BASE, PciFunction } from './pci-function.ts';

/** What the console under test offers. */
export interface DeviceOptions {
  readonly features: number;
  readonly queueSize: (queue: number) => number;
  readonly maxPorts: number;
  /** By port number: a console, or a plain port with a name. */
  readonly ports: readonly { readonly console: boolean; readonly name: string }[];
  /** Entries of the MSI-X table; 0 for a device without. */
  readonly vectors: number;
  /** As acrn-dm does: no more notifications for input queues after the first. */
  readonly quietInput: boolean;
  /** Consume output only when told so (`flush`), as an asynchronous device does. */
  readonly lazy: boolean;
  /** Modern registers instead of legacy ones. */
  readonly modern: boolean;
}

/** acrn-dm's console at HEAD with one console port. */
export const ACRN: DeviceOptions = {
  features: 3,
  queueSize: () => 64,
  maxPorts: 16,
  ports: [{ console: true, name: 'stdio_port' }],
  vectors: 35,
  quietInput: true,
  lazy: false,
  modern: false,
};

interface Queue {
  pfn: number;
  /** Addresses that a modern driver gave: descriptors, available ring, used ring. */
  parts: [number, number, number];
  enabled: boolean;
  size: number;
  vector: number;
  lastAvail: number;
  kicked: number;
}

/** A queue's ring by address. */
export interface RingParts {
  readonly size: number;
  readonly desc: number;
  readonly avail: number;
  readonly used: number;
}

/** Bytes from the first descriptor to the last used entry. */
export const ringBytes = (parts: RingParts): number => parts.used + 6 + 8 * parts.size - parts.desc;

/** One notification, as it was when the driver made it. */
export interface Kick {
  readonly queue: number;
  readonly availIdx: number;
}

/** A virtio-console with legacy registers behind a processor's exits: enough to try the guest's drivers alone. */
export class ConsoleDevice {
  readonly output: number[][];
  readonly kicks: Kick[] = [];
  readonly registerWrites: { readonly offset: number; readonly value: number }[] = [];
  readonly controlMessages: { readonly id: number; readonly event: number; readonly value: number }[] = [];
  readonly pci: PciFunction;
  readonly queues: Queue[];
  guestFeatures = 0;
  status = 0;
  isr = 0;
  exits = 0;
  /** Called on each notification, before the device looks at it. */
  beforeNotify: (queue: number) => void = () => undefined;
  readonly #options: DeviceOptions;
  readonly #ram: Memory;
  readonly #cpus: readonly NonRootCpu[];
  readonly #held = new Map<number, number>();
  #selected = 0;
  #featureWord = 0;

  constructor(ram: Memory, cpus: readonly NonRootCpu[], options: DeviceOptions) {
    this.#options = options;
    this.#ram = ram;
    this.#cpus = cpus;
    this.pci = new PciFunction(options.vectors, options.modern);
    this.output = Array.from({ length: options.maxPorts }, () => []);
    this.queues = Array.from({ length: 2 * options.maxPorts + 2 }, (_, queue) => ({
      pfn: 0,
      parts: [0, 0, 0],
      enabled: false,
      size: options.queueSize(queue),
      vector: 0xffff,
      lastAvail: 0,
      kicked: 0,
    }));
  }

  /** Runs a processor until it halts or spins `patience` turns; false for the latter. */
  run(cpu: NonRootCpu, patience = 10): boolean {
    for (let spins = 0; ; ) {
      const leave: GuestLeave = cpu.enter(-1);
      if (leave === SPIN) {
        if (++spins > patience) {
          return false;
        }
      } else if (cpu.vmcs.exitReason === EXIT_REASON.hlt) {
        return true;
      } else {
        spins = 0;
        this.handle(cpu);
      }
    }
  }

  /** Lets a processor run to its next exit or turn of a busy wait; a halted one stays halted until an interrupt comes. */
  step(cpu: NonRootCpu): void {
    if (cpu.enter(-1) !== SPIN && cpu.vmcs.exitReason !== EXIT_REASON.hlt) {
      this.handle(cpu);
    }
  }

  /** What the device does with one exit. */
  handle(cpu: NonRootCpu): void {
    this.exits++;
    const { vmcs } = cpu;
    const { access } = vmcs;
    if (vmcs.exitReason === EXIT_REASON.virtualizedEoi) {
      return;
    }
    if (vmcs.exitReason === EXIT_REASON.eptViolation) {
      const offset = vmcs.guestPhysicalAddress - MODERN_BASE;
      if (offset >= 0 && offset < 0x4000) {
        access.value = access.write ? this.#modernWrite(offset, access.value) : this.#modernRead(offset, access.size);
      } else {
        access.value = this.pci.mmio(vmcs.guestPhysicalAddress, access.write ? access.value : undefined);
      }
      return;
    }
    const port = vmcs.exitQualification >>> 16;
    const offset = port - this.pci.ioBase;
    if (offset >= 0 && offset < 64) {
      access.value = access.write ? this.#write(offset, access.value) : this.#read(offset, access.size);
    } else {
      access.value = this.pci.port(port, access.size, access.write ? access.value : undefined);
    }
  }

  /** Does not look at a queue before its `count`-th notification from now. */
  holdFor(queue: number, count: number): void {
    this.#held.set(queue, count - 1);
  }

  /** Consumes all output that waits on a queue. */
  flush(queue: number): void {
    if (this.#consume(queue)) {
      this.#interrupt(queue);
    }
  }

  /** The host sends bytes to a port; false where the driver posted no buffer. */
  receive(port: number, bytes: Uint8Array): boolean {
    const queue = port === 0 ? 0 : 2 * port + 2;
    const sent = this.#fill(queue, bytes);
    this.#interrupt(queue);
    return sent;
  }

  /** The host connects to a port, or goes. */
  hostOpen(port: number, open: boolean): void {
    this.#control(port, 6, open ? 1 : 0);
    this.#interrupt(2);
  }

  /** Bytes of the configuration space: 80 columns, 25 rows, the ports. */
  #config(offset: number, size: number): number {
    const bytes = [80, 0, 25, 0, this.#options.maxPorts, 0, 0, 0, 0, 0, 0, 0];
    let value = 0;
    for (let i = 0; i < size; i++) {
      value += (bytes[offset + i] ?? 0xff) * 2 ** (8 * i);
    }
    return value;
  }

  #read(offset: number, size: number): number {
    const queue = this.queues[this.#selected];
    if (offset >= 20 && (!this.pci.msixEnabled || offset >= 24)) {
      return this.#config(offset - (this.pci.msixEnabled ? 24 : 20), size);
    }
    if (offset === 19) {
      const { isr } = this;
      this.isr = 0;
      return isr;
    }
    const registers: Record<number, number> = {
      0: this.#options.features,
      4: this.guestFeatures,
      8: queue?.pfn ?? 0xffffffff,
      12: queue === undefined ? 0 : this.#options.queueSize(this.#selected),
      14: this.#selected,
      18: this.status,
      22: queue?.vector ?? 0xffff,
    };
    return registers[offset] ?? 0;
  }

  #write(offset: number, value: number): number {
    const queue = this.queues[this.#selected];
    this.registerWrites.push({ offset, value });
    if (offset === 4) {
      this.guestFeatures = value;
    } else if (offset === 8 && queue !== undefined) {
      queue.pfn = value;
    } else if (offset === 14) {
      this.#selected = value;
    } else if (offset === 16) {
      this.#notify(value);
    } else if (offset === 18) {
      this.status = value;
    } else if (offset === 22 && queue !== undefined) {
      queue.vector = value;
    }
    return value;
  }

  #modernRead(offset: number, size: number): number {
    const queue = this.queues[this.#selected];
    if (offset >= 0x2000) {
      return this.#config(offset - 0x2000, size);
    }
    const features =
      this.#featureWord === 0 ? this.#options.features % 2 ** 32 : Math.floor(this.#options.features / 2 ** 32);
    const registers: Record<number, number> = {
      4: features,
      18: this.queues.length,
      20: this.status,
      24: queue?.size ?? 0,
      26: queue?.vector ?? 0xffff,
      28: queue?.enabled === true ? 1 : 0,
      30: this.#selected,
    };
    return registers[offset] ?? 0;
  }

  #modernWrite(offset: number, value: number): number {
    const queue = this.queues[this.#selected];
    this.registerWrites.push({ offset, value });
    if (offset >= 0x3000) {
      this.#notify((offset - 0x3000) / 4);
    } else if (offset === 0 || offset === 8) {
      this.#featureWord = value;
    } else if (offset === 12) {
      this.guestFeatures += value * 2 ** (32 * this.#featureWord);
    } else if (offset === 20) {
      this.status = value;
    } else if (offset === 22) {
      this.#selected = value;
    } else if (queue !== undefined && offset === 24) {
      queue.size = value;
    } else if (queue !== undefined && offset === 26) {
      queue.vector = value;
    } else if (queue !== undefined && offset === 28) {
      queue.enabled = value !== 0;
    } else if (queue !== undefined && offset >= 32 && offset < 56 && offset % 8 === 0) {
      queue.parts[(offset - 32) / 8] = value;
    }
    return value;
  }

  #notify(index: number): void {
    const queue = this.queues[index];
    if (queue === undefined) {
      return;
    }
    this.beforeNotify(index);
    this.kicks.push({ queue: index, availIdx: this.#ram.read16(gpa(this.ring(index).avail + 2)) });
    queue.kicked++;
    const held = this.#held.get(index) ?? 0;
    if (held > 0) {
      this.#held.set(index, held - 1);
      return;
    }
    if (index % 2 === 0) {
      if (this.#options.quietInput) {
        this.#ram.write16(gpa(this.ring(index).used), 1);
      }
    } else if (index === 3 || !this.#options.lazy) {
      this.#consume(index);
      this.#interrupt(index);
    }
  }

  get #eventIdx(): boolean {
    return Math.floor(this.guestFeatures / 2 ** 29) % 2 === 1;
  }

  /** Where a queue's ring lies. */
  ring(index: number): RingParts {
    const queue = this.queues[index];
    const size = queue?.size ?? 0;
    if (queue?.enabled === true) {
      const [desc, avail, used] = queue.parts;
      return { size, desc, avail, used };
    }
    const desc = (queue?.pfn ?? 0) * 4096;
    const avail = desc + 16 * size;
    return { size, desc, avail, used: Math.ceil((avail + 6 + 2 * size) / 4096) * 4096 };
  }

  #take(index: number): number | undefined {
    const queue = this.queues[index];
    const ring = this.ring(index);
    if (queue === undefined || ring.desc === 0 || this.#ram.read16(gpa(ring.avail + 2)) === queue.lastAvail) {
      return undefined;
    }
    const head = this.#ram.read16(gpa(ring.avail + 4 + 2 * (queue.lastAvail % ring.size)));
    queue.lastAvail = (queue.lastAvail + 1) & 0xffff;
    return head;
  }

  #used(index: number, head: number, length: number): void {
    const ring = this.ring(index);
    const idx = this.#ram.read16(gpa(ring.used + 2));
    const entry = ring.used + 4 + 8 * (idx % ring.size);
    this.#ram.write32(gpa(entry), head);
    this.#ram.write32(gpa(entry + 4), length);
    this.#ram.write16(gpa(ring.used + 2), (idx + 1) & 0xffff);
  }

  /** The bytes of a chain, through an indirect table if there is one. */
  #bytes(index: number, head: number): number[] {
    const ring = this.ring(index);
    const bytes: number[] = [];
    let table = ring.desc;
    for (let i = head; ; ) {
      const at = table + 16 * i;
      const address = this.#ram.read64(gpa(at));
      const length = this.#ram.read32(gpa(at + 8));
      const flags = this.#ram.read16(gpa(at + 12));
      if ((flags & 4) !== 0) {
        table = address;
        i = 0;
        continue;
      }
      bytes.push(...this.#ram.read(gpa(address), length));
      if ((flags & 1) === 0) {
        return bytes;
      }
      i = this.#ram.read16(gpa(at + 14));
    }
  }

  #consume(index: number): boolean {
    const before = this.queues[index]?.lastAvail;
    for (let head = this.#take(index); head !== undefined; head = this.#take(index)) {
      const bytes = this.#bytes(index, head);
      this.#used(index, head, 0);
      if (index === 3) {
        this.#hear(Uint8Array.from(bytes));
      } else {
        this.output[index === 1 ? 0 : (index - 3) / 2]?.push(...bytes);
      }
    }
    if (this.#eventIdx) {
      const ring = this.ring(index);
      this.#ram.write16(gpa(ring.used + 4 + 8 * ring.size), this.queues[index]?.lastAvail ?? 0);
    }
    return this.queues[index]?.lastAvail !== before;
  }

  #fill(index: number, bytes: Uint8Array): boolean {
    for (let done = 0; done < bytes.length; ) {
      const head = this.#take(index);
      if (head === undefined) {
        return false;
      }
      const at = this.ring(index).desc + 16 * head;
      const part = bytes.subarray(done, done + this.#ram.read32(gpa(at + 8)));
      this.#ram.write(gpa(this.#ram.read64(gpa(at))), part);
      this.#used(index, head, part.length);
      done += part.length;
    }
    return true;
  }

  #control(id: number, event: number, value: number, text = ''): void {
    const bytes = new Uint8Array(8 + text.length);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, id, true);
    view.setUint16(4, event, true);
    view.setUint16(6, value, true);
    bytes.set(new TextEncoder().encode(text), 8);
    this.#fill(2, bytes);
  }

  #hear(message: Uint8Array): void {
    const view = new DataView(message.buffer);
    const id = view.getUint32(0, true);
    const event = view.getUint16(4, true);
    this.controlMessages.push({ id, event, value: view.getUint16(6, true) });
    if (event === 0) {
      for (const [port, { name }] of this.#options.ports.entries()) {
        this.#control(port, 1, 1);
        this.#control(port, 7, 1, name);
        this.#control(port, 6, 1);
      }
      this.#interrupt(2);
    } else if (event === 3 && this.#options.ports[id]?.console === true) {
      this.#control(id, 4, 1);
      this.#interrupt(2);
    }
  }

  #interrupt(index: number): void {
    const ring = this.ring(index);
    if ((this.#ram.read16(gpa(ring.avail)) & 1) !== 0 || ring.desc === 0) {
      return;
    }
    if (!this.pci.msixEnabled) {
      this.isr |= 1;
      const line = this.pci.lineVector();
      if (line !== undefined) {
        this.#cpus[0]?.raise(line, -1);
      }
      return;
    }
    const message = this.pci.message(this.queues[index]?.vector ?? 0xffff);
    if (message !== undefined) {
      this.#cpus[message.cpu]?.raise(message.vector, -1);
    }
  }
}
