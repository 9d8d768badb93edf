import { readl, writel } from '../arch/io.ts';
import { handle_fasteoi_irq } from '../kernel/chip.ts';
import type { IrqHandler } from '../kernel/irqdesc.ts';
import type { GuestCx, Steps } from '../task.ts';
import type { PciDev } from './pci_dev.ts';

/*
 * The interrupt line through the I/O APIC (arch/x86/kernel/apic/io_apic.c): a redirection entry is written through the
 * register window. No stages, as in direct.ts.
 */
const ENOSPC = 28;
const IO_APIC = 0xfec00000;
const WINDOW = 0x10;
const REDIRECTION_TABLE = 0x10;
/** Level triggered, active low: how PCI lines are wired (Intel 82093AA, 3.2.4). */
const LEVEL = 0x8000;
const ACTIVE_LOW = 0x2000;

function* writeRegister(cx: GuestCx, register: number, value: number): Steps<void> {
  yield* writel(cx, register, IO_APIC);
  yield* writel(cx, value, IO_APIC + WINDOW);
}

/** `request_irq` of a PCI line. */
export function* request_intx_irq(
  cx: GuestCx,
  dev: PciDev,
  name: string,
  handler: IrqHandler,
  device: unknown,
): Steps<number> {
  const { irqs } = cx.world.kernel;
  const desc = irqs.desc(dev.irq) ?? irqs.allocate(handle_fasteoi_irq, dev.irq);
  if (desc.vector.value === 0 && !irqs.assignVector(desc)) {
    return -ENOSPC;
  }
  irqs.addAction(desc, name, handler, device);
  const register = REDIRECTION_TABLE + 2 * dev.irq;
  yield* writeRegister(cx, register + 1, (desc.cpu.value << 24) >>> 0);
  yield* writeRegister(cx, register, LEVEL | ACTIVE_LOW | desc.vector.value);
  yield* readl(cx, IO_APIC + WINDOW);
  return 0;
}

/** `free_irq` of a PCI line. */
export function free_intx_irq(cx: GuestCx, dev: PciDev, device: unknown): void {
  const desc = cx.world.kernel.irqs.desc(dev.irq);
  if (desc !== undefined) {
    cx.world.kernel.irqs.removeAction(desc, device);
  }
}
