import { blockingStage, linuxFile, type Stage } from '../../stage.ts';
import { readb, readl, readw, writeb, writel, writew } from '../arch/io.ts';
import { inb, inl, inw, outb, outl, outw } from '../arch/shared-io.ts';
import type { GuestCx, Steps } from '../task.ts';

const file = linuxFile('guest-kernel', 'lib/iomap.c');

/** An `__iomem` cookie of a port is the port + PIO_OFFSET; cookies from PIO_RESERVED on are memory addresses (lib/iomap.c). */
const PIO_OFFSET = 0x10000;
const PIO_MASK = 0xffff;
const PIO_RESERVED = 0x40000;

type Write = ((cx: GuestCx, value: number, where: number) => Steps<void>) & Stage;
type Read = ((cx: GuestCx, where: number) => Steps<number>) & Stage;

/** `pci_iomap` of a port range: the cookie of its first port. */
export const ioport_map = (port: number): number => PIO_OFFSET + port;

const writer = (name: string, toPort: Write, toMemory: Write) =>
  blockingStage(file, name, function* (cx: GuestCx, value: number, address: number): Steps<void> {
    if (address >= PIO_RESERVED) {
      cx.via('macro_defined_function', 'IO_COND');
      yield* toMemory(cx, value, address);
    } else if (address > PIO_OFFSET) {
      cx.via('macro_defined_function', 'IO_COND');
      yield* toPort(cx, value, address & PIO_MASK);
    } else {
      cx.log('warning', 'guest-bad-io-access', { port: address });
    }
  });

const reader = (name: string, fromPort: Read, fromMemory: Read, ones: number) =>
  blockingStage(file, name, function* (cx: GuestCx, address: number): Steps<number> {
    if (address >= PIO_RESERVED) {
      cx.via('macro_defined_function', 'IO_COND');
      return yield* fromMemory(cx, address);
    }
    if (address > PIO_OFFSET) {
      cx.via('macro_defined_function', 'IO_COND');
      return yield* fromPort(cx, address & PIO_MASK);
    }
    cx.log('warning', 'guest-bad-io-access', { port: address });
    return ones;
  });

/** Writes 8 bits to a port or to device memory. */
export const iowrite8 = writer('iowrite8', outb, writeb);
/** Writes 16 bits. */
export const iowrite16 = writer('iowrite16', outw, writew);
/** Writes 32 bits. */
export const iowrite32 = writer('iowrite32', outl, writel);
/** Reads 8 bits. */
export const ioread8 = reader('ioread8', inb, readb, 0xff);
/** Reads 16 bits. */
export const ioread16 = reader('ioread16', inw, readw, 0xffff);
/** Reads 32 bits. */
export const ioread32 = reader('ioread32', inl, readl, 0xffffffff);
