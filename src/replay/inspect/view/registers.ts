import type { FieldsView, StateField, StateGroup } from '../../../protocol/inspect.ts';
import { INSPECT_WORDS } from '../../../texts/inspect/words.ts';
import { featureBits, isrBits, statusBits } from '../bits.ts';
import type { FieldLook, Lens } from '../lens.ts';
import { hex } from '../snapshot.ts';

/** A register of a transport: its name in the specification, and the field behind it. */
interface Register {
  readonly name: string;
  readonly path: string;
  readonly look?: FieldLook;
}

const BASE = 'console.base.';
const features: FieldLook = { means: featureBits };
const vector: FieldLook = { text: (value) => (value === 0xffff ? 'NO_VECTOR' : String(value)) };
const address: FieldLook = { text: hex };
/** `VIRTIO_F_VERSION_1` as a number: above 32 bits there is no shift. */
const VERSION_1 = 2 ** 32;

/** Registers of the legacy transport that stand for the whole device (virtio 1.2, 4.1.4.10). */
const LEGACY: readonly Register[] = [
  { name: 'Device Features', path: `${BASE}device_caps`, look: features },
  { name: 'Driver Features', path: `${BASE}negotiated_caps`, look: features },
  { name: 'Queue Select', path: `${BASE}curq` },
  { name: 'Device Status', path: `${BASE}status`, look: { means: statusBits } },
  { name: 'ISR Status', path: `${BASE}isr`, look: { means: isrBits } },
  { name: 'Configuration Vector', path: `${BASE}msix_cfg_idx`, look: vector },
];

/** Registers of the common configuration that stand for the whole device (virtio 1.2, 4.1.4.3). */
const MODERN: readonly Register[] = [
  { name: 'device_feature_select', path: `${BASE}device_feature_select` },
  { name: 'device_feature', path: `${BASE}device_caps`, look: features },
  { name: 'driver_feature_select', path: `${BASE}driver_feature_select` },
  { name: 'driver_feature', path: `${BASE}negotiated_caps`, look: features },
  { name: 'config_msix_vector', path: `${BASE}msix_cfg_idx`, look: vector },
  { name: 'device_status', path: `${BASE}status`, look: { means: statusBits } },
  { name: 'config_generation', path: `${BASE}config_generation` },
  { name: 'queue_select', path: `${BASE}curq` },
];

const legacyQueue = (queue: string): readonly Register[] => [
  { name: 'Queue Address', path: `${queue}pfn` },
  { name: 'Queue Size', path: `${queue}qsize` },
  { name: 'Queue Vector', path: `${queue}msix_idx`, look: vector },
];

const modernQueue = (queue: string): readonly Register[] => [
  { name: 'queue_size', path: `${queue}qsize` },
  { name: 'queue_msix_vector', path: `${queue}msix_idx`, look: vector },
  { name: 'queue_enable', path: `${queue}enabled` },
  { name: 'queue_desc lo', path: `${queue}gpa_desc[0]`, look: address },
  { name: 'queue_desc hi', path: `${queue}gpa_desc[1]`, look: address },
  { name: 'queue_driver lo', path: `${queue}gpa_avail[0]`, look: address },
  { name: 'queue_driver hi', path: `${queue}gpa_avail[1]`, look: address },
  { name: 'queue_device lo', path: `${queue}gpa_used[0]`, look: address },
  { name: 'queue_device hi', path: `${queue}gpa_used[1]`, look: address },
];

/** What the driver sees of the device: the registers of its transport, as the device holds them. */
export function registersView(lens: Lens): FieldsView {
  const words = INSPECT_WORDS[lens.language];
  const modern = Math.floor(lens.after.value(`${BASE}device_caps`) / VERSION_1) % 2 === 1;
  const queue = lens.after.value(`${BASE}curq`);
  const path = `console.queues[${queue}].`;
  const there = lens.after.field(`${path}qsize`) !== undefined && queue < 34;
  const registers = (list: readonly Register[]): readonly StateField[] =>
    list.flatMap(({ name, path: at, look }) => lens.field(at, { name, ...look }));
  return {
    topic: 'registers',
    note: '',
    groups: [
      lens.group(
        modern ? words.modernRegisters : words.legacyRegisters,
        'device-model',
        registers(modern ? MODERN : LEGACY),
      ),
      lens.group(
        there ? words.queueRegisters(queue) : `${words.queueRegisters(queue)}: ${words.noQueueSelected}`,
        'device-model',
        there ? registers(modern ? modernQueue(path) : legacyQueue(path)) : [],
      ),
      insideDevice(lens),
      lens.group(
        words.driverSide,
        'guest-kernel',
        lens.field('virtio0.features', { name: 'features', means: featureBits }),
      ),
    ],
  };
}

/** What no register shows. */
const insideDevice = (lens: Lens): StateGroup =>
  lens.group(INSPECT_WORDS[lens.language].deviceSide, 'device-model', [
    ...lens.fields(BASE, ['flags', 'iothread', 'polling_in_progress']),
    ...lens.fields('', ['virtio_poll_enabled', 'virtio_poll_interval']),
    ...lens.fields('console.', ['nports', 'ready']),
  ]);
