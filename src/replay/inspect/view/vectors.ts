import { INSPECT_LIMITS, type VectorRow, type VectorsView } from '../../../protocol/inspect.ts';
import { INSPECT_WORDS } from '../../../texts/inspect/words.ts';
import { decodeVectors, VECTOR_BYTES, type VectorEntry } from '../decode/vectors.ts';
import type { Lens } from '../lens.ts';
import { differs, hex } from '../snapshot.ts';
import { functionOf } from './pci.ts';

/** Queues of the console device. */
const QUEUES = 34;

/** The console's MSI-X table: what each entry sends, what for, and whether the guest has it posted. */
export function vectorsView(lens: Lens): VectorsView {
  const words = INSPECT_WORDS[lens.language];
  const name = functionOf(lens);
  const area = lens.after.areaWhere((memory) => memory.endsWith('.msix.table'));
  const count = area < 0 ? 0 : Math.min(lens.after.value(`${name}.msix.table_count`), INSPECT_LIMITS.rows);
  const enabled = lens.after.value(`${name}.msix.enabled`) !== 0;
  const names = ['enabled', 'function_mask', 'table_count', 'table_bar', 'pba_bar'];
  return {
    topic: 'msix',
    note: enabled ? words.msixNoPending : words.msixOff,
    groups: [lens.group(words.messages, 'device-model', lens.fields(`${name}.msix.`, names))],
    vectors: rows(lens, area, count),
    ...lens.use('msix.table', area, 0, count * VECTOR_BYTES),
  };
}

function rows(lens: Lens, area: number, count: number): readonly VectorRow[] {
  const [before, after] = lens.bytes(area, 0, count * VECTOR_BYTES);
  return decodeVectors(after).map((one, entry) => {
    const vector = one.address === 0 ? -1 : one.data & 0xff;
    return {
      entry,
      address: hex(one.address),
      data: hex(one.data),
      masked: one.masked,
      vector,
      pending: vector >= 0 && isPosted(lens, one),
      use: useOf(lens, entry),
      handler: vector < 0 ? -1 : handlerOf(lens, vector),
      changed: differs(before, after, entry * VECTOR_BYTES, (entry + 1) * VECTOR_BYTES),
    };
  });
}

/** What the device sends by an entry. */
function useOf(lens: Lens, entry: number): string {
  const words = INSPECT_WORDS[lens.language];
  const queues = Array.from({ length: QUEUES }, (_, queue) => queue).filter(
    (queue) =>
      lens.after.value(`console.queues[${queue}].flags`) % 2 === 1 &&
      lens.after.value(`console.queues[${queue}].msix_idx`) === entry,
  );
  const uses = queues.map((queue) => words.forQueue(queue));
  return [...(lens.after.value('console.base.msix_cfg_idx') === entry ? [words.forConfig] : []), ...uses].join(', ');
}

/** Whether a vector waits in the posted-interrupt requests or in the processor that the message names. */
function isPosted(lens: Lens, { address, data }: VectorEntry): boolean {
  const vector = data & 0xff;
  const vcpu = Math.floor(address / 0x1000) % 0x100;
  const pir = lens.after.value(`vm1.vcpu${vcpu}.vlapic.pid.pir[${vector >> 5}]`);
  return ((pir >>> (vector & 31)) & 1) === 1 || lens.after.value(`vcpu${vcpu}.RVI`) === vector;
}

/** Stage that the guest has bound to a vector, -1 for none. */
function handlerOf(lens: Lens, vector: number): number {
  for (let irq = 0; irq < 64; irq++) {
    if (lens.after.value(`irq_desc[${irq}].vector`) === vector) {
      return lens.after.value(`irq_desc[${irq}].action[0].handler`) - 1;
    }
  }
  return -1;
}
