import type { StateField } from '../../protocol/inspect.ts';
import { chainFrom, DESCRIPTOR_SIZE, type Descriptor, decodeTable, descriptorFlags } from '../inspect/decode/ring.ts';
import type { FieldLook, Lens } from '../inspect/lens.ts';
import { hex, MEMORY, viewOf } from '../inspect/snapshot.ts';
import { queueUnderWay, vcpuUnderWay } from '../inspect/under-way.ts';

/** A moment as a condition sees it: the state, and which queue and processor are under way. */
export class Scene {
  readonly lens: Lens;
  /** Number of the queue that was touched last. */
  readonly queue: number;
  /** Number of the User VM's processor that was touched last: the slot of its requests. */
  readonly vcpu: number;

  constructor(lens: Lens, at: number) {
    this.lens = lens;
    this.queue = queueUnderWay(lens.trace, at);
    this.vcpu = vcpuUnderWay(lens.trace, at);
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

  /** The chain that the device took last from the queue, as descriptors; undefined where it took none. */
  taken(): readonly (Descriptor & { readonly index: number })[] | undefined {
    const size = this.value('console.queues[{q}].qsize');
    const last = this.value('console.queues[{q}].last_avail');
    const avail = this.value('console.queues[{q}].avail');
    if (avail <= 0 || last === 0 || size === 0) {
      return undefined;
    }
    const { after } = this.lens;
    const area = after.area(MEMORY.guest);
    const head = viewOf(after.bytes(area, avail + 4 + 2 * ((last - 1) % size), 2)).getUint16(0, true);
    const bytes = after.bytes(area, this.value('console.queues[{q}].desc'), DESCRIPTOR_SIZE * size);
    const table = decodeTable(bytes);
    return chainFrom(table, head).flatMap((index) => {
      const descriptor = table[index];
      return descriptor === undefined ? [] : [{ index, ...descriptor }];
    });
  }

  /** Flags, address and length of the descriptors of that chain, as fields. */
  takenFields(): readonly StateField[] {
    const area = this.lens.after.area(MEMORY.guest);
    const desc = this.value('console.queues[{q}].desc');
    const field = (index: number, name: string, offset: number, length: number, look: FieldLook): StateField =>
      this.lens.place({
        name: `desc[${index}].${name}`,
        key: 'ring.desc',
        area,
        address: desc + DESCRIPTOR_SIZE * index + offset,
        length,
        ...look,
      });
    const flags = { means: (value: number) => descriptorFlags(value).join(', ') };
    return (this.taken() ?? []).flatMap(({ index }) => [
      field(index, 'addr', 0, 8, { text: hex }),
      field(index, 'len', 8, 4, {}),
      field(index, 'flags', 12, 2, flags),
    ]);
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
