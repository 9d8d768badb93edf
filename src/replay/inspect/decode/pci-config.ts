import { PCIR } from '../../../emulator/device-model/pci-core/vdev.ts';
import { viewOf } from '../snapshot.ts';

/** Bytes of a function's standard configuration space. */
export const CONFIG_BYTES = 256;

/** A capability in the list, by where it begins. */
export interface Capability {
  readonly offset: number;
  readonly id: number;
  /** Where the next one begins; 0 at the end. */
  readonly next: number;
}

/** A register of the configuration space: its name as lspci's users know it, where it stands, and its bytes. */
export interface ConfigRegister {
  readonly name: string;
  readonly offset: number;
  readonly bytes: 1 | 2 | 4;
}

/** The registers that are shown. */
export const CONFIG_REGISTERS: readonly ConfigRegister[] = [
  { name: 'vendor', offset: PCIR.VENDOR, bytes: 2 },
  { name: 'device', offset: PCIR.DEVICE, bytes: 2 },
  { name: 'command', offset: PCIR.COMMAND, bytes: 2 },
  { name: 'status', offset: PCIR.STATUS, bytes: 2 },
  { name: 'revision', offset: PCIR.REVID, bytes: 1 },
  { name: 'subclass', offset: PCIR.SUBCLASS, bytes: 1 },
  { name: 'class', offset: PCIR.CLASS, bytes: 1 },
  { name: 'subsystem vendor', offset: PCIR.SUBVEND_0, bytes: 2 },
  { name: 'subsystem', offset: PCIR.SUBDEV_0, bytes: 2 },
  { name: 'capabilities', offset: PCIR.CAP_PTR, bytes: 1 },
  { name: 'interrupt line', offset: PCIR.INTLINE, bytes: 1 },
  { name: 'interrupt pin', offset: PCIR.INTPIN, bytes: 1 },
];

/** A register's value. */
export function registerOf(config: Uint8Array, { offset, bytes }: ConfigRegister): number {
  const view = viewOf(config);
  return bytes === 1
    ? view.getUint8(offset)
    : bytes === 2
      ? view.getUint16(offset, true)
      : view.getUint32(offset, true);
}

/** The list of capabilities; a list that runs in circles ends where it closes. */
export function capabilitiesOf(config: Uint8Array): readonly Capability[] {
  const found: Capability[] = [];
  const seen = new Set<number>();
  for (let at = config[PCIR.CAP_PTR] ?? 0; at >= 0x40 && !seen.has(at); ) {
    seen.add(at);
    const next = config[at + 1] ?? 0;
    found.push({ offset: at, id: config[at] ?? 0, next });
    at = next;
  }
  return found;
}
