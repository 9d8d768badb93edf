import type { StateField } from '../../protocol/inspect.ts';
import type { Trace } from '../../trace/trace.ts';
import type { FieldLook, Lens } from '../inspect/lens.ts';
import { MEMORY } from '../inspect/snapshot.ts';

/** Events that are looked back over for the queue and the processor under way. */
const BACK = 4000;

/** The transmit queue of the first port: what is meant where no queue was touched. */
const TRANSMIT = 1;

/** A moment as a condition sees it: the state, and which queue and processor are under way. */
export class Scene {
  readonly lens: Lens;
  /** Number of the queue that was touched last. */
  readonly queue: number;
  /** Number of the User VM's processor that was touched last: the slot of its requests. */
  readonly vcpu: number;

  constructor(lens: Lens, at: number) {
    this.lens = lens;
    this.queue = lastNumber(lens.trace, at, QUEUE_FIELD) ?? TRANSMIT;
    this.vcpu = lastNumber(lens.trace, at, VCPU_FIELD) ?? 0;
  }

  /** A field's value; `{q}` and `{v}` in its path stand for the queue and the processor. */
  value(path: string): number {
    return this.lens.after.value(this.path(path));
  }

  /** A field with the code that writes and reads it. */
  field(path: string, look: FieldLook = {}): readonly StateField[] {
    const full = this.path(path);
    return this.lens.field(full, { name: full.replace(/^(console|vm1|acrn_hsm0|virtio0)\./, ''), ...look });
  }

  /** 16 bits of a ring of the queue, 0 where it is not mapped. */
  ring(part: 'avail' | 'used', name: 'flags' | 'idx'): number {
    const [field] = this.ringField(part, name);
    return field === undefined ? 0 : Number(field.value);
  }

  /** The same as a field. */
  ringField(part: 'avail' | 'used', name: 'flags' | 'idx'): readonly StateField[] {
    const base = this.value(`console.queues[{q}].${part}`);
    if (base <= 0) {
      return [];
    }
    const area = this.lens.after.area(MEMORY.guest);
    const address = base + (name === 'flags' ? 0 : 2);
    return [this.lens.place({ name: `${part}.${name}`, key: `ring.${part}.${name}`, area, address, length: 2 })];
  }

  /** 32 bits of the processor's slot in the I/O request page. */
  slotField(name: string, offset: number): readonly StateField[] {
    const page = this.lens.after.value('vm1.sw.io_shared_page');
    if (page === 0) {
      return [];
    }
    const area = this.lens.after.area(MEMORY.serviceVm);
    const address = page + 256 * this.vcpu + offset;
    return [this.lens.place({ name: `slot ${this.vcpu}: ${name}`, key: `slot.${name}`, area, address, length: 4 })];
  }

  /** A path with its placeholders filled in. */
  path(path: string): string {
    return path.replace('{q}', String(this.queue)).replace('{v}', String(this.vcpu));
  }
}

const QUEUE_FIELD = /^(?:console\.queues|virtio0\.vqs)\[(\d+)\]\./;
const VCPU_FIELD = /^vm1\.vcpu(\d+)\./;

/** The number in the path of the last field up to event `at` that changed and matches. */
function lastNumber(trace: Trace, at: number, path: RegExp): number | undefined {
  for (let event = at; event >= Math.max(trace.dropped, at - BACK); event--) {
    const found = trace.event(event);
    const field = found?.kind === 'state' ? trace.fields[found.key] : undefined;
    const [, number] = (field === undefined ? null : path.exec(field.path)) ?? [];
    if (number !== undefined) {
      return Number(number);
    }
  }
  return undefined;
}
