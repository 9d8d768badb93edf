import { inb, inl, inw, outb, outl, outw } from '../arch/shared-io.ts';
import { local_irq_save, spin_lock, spin_unlock_irqrestore } from '../locks.ts';
import type { GuestCx, Steps } from '../task.ts';

/*
 * Configuration mechanism #1 (arch/x86/pci/direct.c): address to port 0xCF8, data through 0xCFC. No stages: these files
 * are not among the folders that the source map asks for.
 */
const ADDRESS_PORT = 0xcf8;
const DATA_PORT = 0xcfc;

const address = (bus: number, devfn: number, register: number): number =>
  (0x80000000 + bus * 0x10000 + devfn * 0x100 + (register & 0xfc)) >>> 0;

/** `pci_conf1_read` of 1, 2 or 4 bytes. */
export function* pci_conf1_read(
  cx: GuestCx,
  bus: number,
  devfn: number,
  register: number,
  size: 1 | 2 | 4,
): Steps<number> {
  const lock = cx.world.kernel.pciConfigLock;
  const flags = local_irq_save(cx);
  yield* spin_lock(cx, lock);
  yield* outl(cx, address(bus, devfn, register), ADDRESS_PORT);
  const port = DATA_PORT + (register & 3);
  const value = size === 1 ? yield* inb(cx, port) : size === 2 ? yield* inw(cx, port) : yield* inl(cx, DATA_PORT);
  yield* spin_unlock_irqrestore(cx, lock, flags);
  return value;
}

/** `pci_conf1_write` of 1, 2 or 4 bytes. */
export function* pci_conf1_write(
  cx: GuestCx,
  bus: number,
  devfn: number,
  register: number,
  size: 1 | 2 | 4,
  value: number,
): Steps<void> {
  const lock = cx.world.kernel.pciConfigLock;
  const flags = local_irq_save(cx);
  yield* spin_lock(cx, lock);
  yield* outl(cx, address(bus, devfn, register), ADDRESS_PORT);
  const port = DATA_PORT + (register & 3);
  if (size === 1) {
    yield* outb(cx, value, port);
  } else if (size === 2) {
    yield* outw(cx, value, port);
  } else {
    yield* outl(cx, value, DATA_PORT);
  }
  yield* spin_unlock_irqrestore(cx, lock, flags);
}

/** A device's configuration word. */
export function* readWord(cx: GuestCx, dev: { bus: number; devfn: number }, register: number): Steps<number> {
  return yield* pci_conf1_read(cx, dev.bus, dev.devfn, register, 2);
}

/** Sets a device's configuration word. */
export function* writeWord(
  cx: GuestCx,
  dev: { bus: number; devfn: number },
  register: number,
  value: number,
): Steps<void> {
  yield* pci_conf1_write(cx, dev.bus, dev.devfn, register, 2, value);
}
