import { readl, writel } from '../arch/io.ts';
import { handle_edge_irq } from '../kernel/chip.ts';
import type { IrqDesc, IrqHandler } from '../kernel/irqdesc.ts';
import type { GuestCx, Steps } from '../task.ts';
import { pci_conf1_read, readWord, writeWord } from './direct.ts';
import { PCI, PCI_CAP_ID, PCI_COMMAND, type PciDev } from './pci_dev.ts';

/*
 * MSI-X as drivers/pci/msi/ programs it: the control word in configuration space, the table by MMIO through its BAR. No
 * stages, as in direct.ts; the MMIO accesses themselves are stages.
 */
const ENOSPC = 28;
const EINVAL = 22;
const FLAGS = 2;
const TABLE = 4;
const TABLE_SIZE_MASK = 0x7ff;
const MASKALL = 0x4000;
const ENABLE = 0x8000;
const ENTRY = 16;
const ENTRY_DATA = 8;
const ENTRY_CONTROL = 12;
const MASKED = 1;

/** Message address of an interrupt for one processor, physical destination (Intel SDM vol. 3, 11.11). */
const messageAddress = (cpu: number): number => (0xfee00000 + cpu * 0x1000) >>> 0;

/** Vector that entries carry before a processor is chosen for them (MANAGED_IRQ_SHUTDOWN_VECTOR). */
const SHUTDOWN_VECTOR = 0xef;

/** `msix_map_region`: address of the table. */
function* tableAddress(cx: GuestCx, dev: PciDev, capability: number): Steps<number> {
  const offset = yield* pci_conf1_read(cx, dev.bus, dev.devfn, capability + TABLE, 4);
  const bar = dev.bars[offset & 7];
  return bar === undefined || bar.io ? 0 : bar.address + (offset & ~7);
}

/** `pci_msix_clear_and_set_ctrl`. */
function* setControl(cx: GuestCx, dev: PciDev, capability: number, clear: number, set: number): Steps<void> {
  const control = yield* readWord(cx, dev, capability + FLAGS);
  yield* writeWord(cx, dev, capability + FLAGS, (control & ~clear) | set);
}

/** `__pci_write_msi_msg`: an entry is masked while it changes. */
function* writeMessage(cx: GuestCx, entry: number, cpu: number, vector: number): Steps<void> {
  yield* writel(cx, messageAddress(cpu), entry);
  yield* writel(cx, 0, entry + 4);
  yield* writel(cx, vector, entry + ENTRY_DATA);
  yield* readl(cx, entry + ENTRY_DATA);
}

/**
 * `pci_alloc_irq_vectors_affinity` for exactly `count` MSI-X vectors (`msix_capability_init`): 0, or a negative errno where
 * the device has no MSI-X or fewer entries.
 */
export function* pci_alloc_msix_vectors(cx: GuestCx, dev: PciDev, count: number): Steps<number> {
  const capability = dev.capabilities.get(PCI_CAP_ID.MSIX)?.[0];
  if (capability === undefined || cx.world.kernel.nomsi) {
    return -EINVAL;
  }
  const size = ((yield* readWord(cx, dev, capability + FLAGS)) & TABLE_SIZE_MASK) + 1;
  if (size < count) {
    return -ENOSPC;
  }
  yield* setControl(cx, dev, capability, 0, MASKALL | ENABLE);
  const table = yield* tableAddress(cx, dev, capability);
  if (table === 0) {
    yield* setControl(cx, dev, capability, MASKALL | ENABLE, 0);
    return -EINVAL;
  }
  const descs: IrqDesc[] = [];
  for (let i = 0; i < count; i++) {
    yield* readl(cx, table + i * ENTRY + ENTRY_CONTROL);
  }
  for (let i = 0; i < count; i++) {
    descs.push(cx.world.kernel.irqs.allocate(handle_edge_irq));
    yield* writeMessage(cx, table + i * ENTRY, 0, SHUTDOWN_VECTOR);
  }
  dev.msix = descs;
  dev.msixTable = table;
  yield* setIntx(cx, dev, false);
  for (let i = 0; i < size; i++) {
    yield* writel(cx, MASKED, table + i * ENTRY + ENTRY_CONTROL);
  }
  yield* setControl(cx, dev, capability, MASKALL, 0);
  return 0;
}

/** `pci_intx`: lets the device drive its interrupt line, or not. */
function* setIntx(cx: GuestCx, dev: PciDev, on: boolean): Steps<void> {
  const command = yield* readWord(cx, dev, PCI.COMMAND);
  const wanted = on ? command & ~PCI_COMMAND.INTX_DISABLE : command | PCI_COMMAND.INTX_DISABLE;
  if (wanted !== command) {
    yield* writeWord(cx, dev, PCI.COMMAND, wanted);
  }
}

/** `request_irq` of an MSI-X interrupt: gives it a vector, writes its table entry, unmasks it. */
export function* request_msix_irq(
  cx: GuestCx,
  dev: PciDev,
  index: number,
  name: string,
  handler: IrqHandler,
  device: unknown,
): Steps<number> {
  const { irqs } = cx.world.kernel;
  const desc = dev.msix[index];
  const capability = dev.capabilities.get(PCI_CAP_ID.MSIX)?.[0];
  if (desc === undefined || capability === undefined || !irqs.assignVector(desc)) {
    return -ENOSPC;
  }
  irqs.addAction(desc, name, handler, device);
  const entry = dev.msixTable + index * ENTRY;
  yield* writeMessage(cx, entry, desc.cpu.value, desc.vector.value);
  yield* writel(cx, 0, entry + ENTRY_CONTROL);
  yield* readl(cx, entry + ENTRY_CONTROL);
  return 0;
}

/** `free_irq` of an MSI-X interrupt. */
export function* free_msix_irq(cx: GuestCx, dev: PciDev, index: number, device: unknown): Steps<void> {
  const desc = dev.msix[index];
  if (desc !== undefined) {
    cx.world.kernel.irqs.removeAction(desc, device);
    const entry = dev.msixTable + index * ENTRY;
    yield* writel(cx, MASKED, entry + ENTRY_CONTROL);
    yield* readl(cx, entry + ENTRY_CONTROL);
  }
}

/** `pci_free_irq_vectors`: back to the interrupt line. */
export function* pci_free_irq_vectors(cx: GuestCx, dev: PciDev): Steps<void> {
  const capability = dev.capabilities.get(PCI_CAP_ID.MSIX)?.[0];
  if (capability !== undefined && dev.msix.length > 0) {
    dev.msix = [];
    yield* setControl(cx, dev, capability, ENABLE, 0);
    yield* setIntx(cx, dev, true);
  }
}
