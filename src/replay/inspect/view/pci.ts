import type { FieldsView, StateField } from '../../../protocol/inspect.ts';
import { INSPECT_WORDS } from '../../../texts/inspect/words.ts';
import { commandBits, pciStatusBits } from '../bits.ts';
import { CONFIG_BYTES, CONFIG_REGISTERS, capabilitiesOf } from '../decode/pci-config.ts';
import type { Lens } from '../lens.ts';
import { hex } from '../snapshot.ts';

/** Prefix of the console's PCI function in the state, without its last dot. */
export function functionOf(lens: Lens): string {
  const field = lens.trace.fields.find(({ path }) => path.startsWith('pci[') && path.endsWith('.capend'));
  return field?.path.slice(0, field.path.lastIndexOf('.')) ?? 'pci[0:0:0]';
}

/** Names of capabilities by their ids (PCI Code and ID Assignment). */
const CAPABILITY_NAMES: ReadonlyMap<number, string> = new Map([
  [0x05, 'MSI'],
  [0x09, 'vendor: virtio'],
  [0x10, 'PCI Express'],
  [0x11, 'MSI-X'],
]);

/** The console's configuration space: what is essential, decoded from its bytes, and what the device model keeps beside. */
export function pciView(lens: Lens): FieldsView {
  const words = INSPECT_WORDS[lens.language];
  const name = functionOf(lens);
  const area = lens.after.area(`${name}.cfgdata`);
  return {
    topic: 'pci',
    note: '',
    groups: [
      lens.group(`${words.configSpace} ${name}`, 'device-model', area < 0 ? [] : registers(lens, area)),
      lens.group(words.bars, 'device-model', bars(lens, name)),
      lens.group(words.capabilities, 'device-model', area < 0 ? [] : capabilities(lens, area)),
      lens.group(words.interruptPins, 'device-model', line(lens, name)),
    ],
  };
}

const MEANS: Readonly<Record<string, (value: number) => string>> = { command: commandBits, status: pciStatusBits };

function registers(lens: Lens, area: number): readonly StateField[] {
  return CONFIG_REGISTERS.map(({ name, offset, bytes }) => {
    const means = MEANS[name];
    const look = { text: hex, ...(means === undefined ? {} : { means }) };
    return lens.place({ name, key: 'pci.cfgdata', area, address: offset, length: bytes, ...look });
  });
}

/** Bases and sizes of the BARs that are there. */
function bars(lens: Lens, name: string): readonly StateField[] {
  const kinds = INSPECT_WORDS[lens.language].barKinds.split(',');
  return [0, 1, 2, 3, 4, 5].flatMap((bar) => {
    const path = `${name}.bar[${bar}].`;
    const type = lens.after.value(`${path}type`);
    const size = lens.after.value(`${path}size`);
    const means = (): string => `${kinds[type] ?? type}, ${hex(size)}`;
    return type === 0 ? [] : lens.field(`${path}addr`, { name: `BAR ${bar}`, means });
  });
}

function capabilities(lens: Lens, area: number): readonly StateField[] {
  const [, config] = lens.bytes(area, 0, CONFIG_BYTES);
  return capabilitiesOf(config).map(({ offset }) =>
    lens.place({
      name: hex(offset),
      key: 'pci.cfgdata',
      area,
      address: offset,
      length: 1,
      text: hex,
      means: (value) => CAPABILITY_NAMES.get(value) ?? '',
    }),
  );
}

function line(lens: Lens, name: string): readonly StateField[] {
  const words = INSPECT_WORDS[lens.language];
  const states = [words.lineIdle, words.lineAsserted, words.linePending];
  return [
    ...lens.fields(`${name}.lintr.`, ['pin', 'pirq_pin', 'ioapic_irq']),
    ...lens.field(`${name}.lintr.state`, { means: (value) => states[value] ?? '' }),
  ];
}
