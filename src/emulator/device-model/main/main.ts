import { gpa } from '../../../base/brand.ts';
import { SERVICE_VM_LAYOUT } from '../../boundaries.ts';
import type { Suspend } from '../../scheduler.ts';
import { acrnFile, blockingStage, stage } from '../../stage.ts';
import { init_inout } from '../inout.ts';
import { ioapic_deinit, ioapic_init } from '../ioapic.ts';
import { iothread_deinit } from '../iothread.ts';
import { pci_irq_deinit, pci_irq_init } from '../irq.ts';
import { pr_err, pr_notice, pr_warn } from '../log.ts';
import { init_mem } from '../mem.ts';
import { mevent_dispatch, mevent_init } from '../mevent.ts';
import { deinit_pci, init_pci, pci_parse_slot } from '../pci-core/init.ts';
import type { DmCx } from '../process.ts';
import { ProcessExit } from '../process-end.ts';
import { acrn_parse_virtio_poll_interval } from '../virtio/poll.ts';
import { VM_SUSPEND, vm_create, vm_get_suspend_mode, vm_pause, vm_setup_asyncio, vm_setup_memory } from '../vmmapi.ts';
import { add_cpu } from './vm-loop.ts';

const file = acrnFile('device-model', 'devicemodel/core/main.c');
const SBUF_HEAD_SIZE = 64;
const SBUF_MAGIC = { low: 0x1aa13aa3, high: 0x5aa57aa7 } as const;

/** core/main.c: an empty shared buffer of 504 elements of 8 bytes in the asyncio page, offered to the hypervisor. */
const vm_init_asyncio = stage(file, 'vm_init_asyncio', (cx: DmCx, base: number): number => {
  const ram = cx.world.serviceRam;
  const set = (offset: number, value: number): void => ram.write32(gpa(base + offset), value);
  set(0, SBUF_MAGIC.low);
  set(4, SBUF_MAGIC.high);
  set(12, 8);
  set(8, (4096 - SBUF_HEAD_SIZE) / 8);
  set(36, 4096 - SBUF_HEAD_SIZE);
  set(24, 0);
  set(32, 0);
  set(16, 0);
  set(20, 0);
  return vm_setup_asyncio(cx, base);
});

/** core/main.c: the emulated devices that a console needs: ports, memory, interrupt routing, PCI. */
export const vm_init_vdevs = stage(file, 'vm_init_vdevs', (cx: DmCx): number => {
  init_mem(cx);
  init_inout(cx);
  pci_irq_init(cx);
  ioapic_init(cx);
  return init_pci(cx) < 0 ? -1 : 0;
});

/** What `main` does with the options that matter here; a bad one ends the process. */
function parseOptions(cx: DmCx): void {
  const { options } = cx.world;
  const console = options.console === null ? '' : `,${options.console}`;
  if (pci_parse_slot(cx, `4,virtio-console${console}`) !== 0) {
    throw new ProcessExit(1);
  }
  if (options.poll !== null && !acrn_parse_virtio_poll_interval(cx, options.poll)) {
    throw new ProcessExit(64);
  }
}

/** False where the VM cannot be made; the reason is logged. */
function createVm(cx: DmCx): boolean {
  pr_notice(cx, 'vm-create');
  if (!vm_create(cx)) {
    pr_err(cx, 'vm-create-failed');
    return false;
  }
  const vcpus = cx.world.main.guest_ncpus.value;
  if (vcpus < 1) {
    pr_err(cx, 'invalid-guest-vcpus', { vcpus });
    return false;
  }
  pr_notice(cx, 'setup-asyncio-page');
  if (vm_init_asyncio(cx, SERVICE_VM_LAYOUT.asyncioPage) !== 0) {
    pr_warn(cx, 'asyncio-not-supported');
  }
  pr_notice(cx, 'setup-memory');
  return vm_setup_memory(cx) === 0;
}

function createDevices(cx: DmCx): boolean {
  if (mevent_init(cx) !== 0) {
    pr_err(cx, 'mevent-init-failed');
    return false;
  }
  pr_notice(cx, 'init-vdevs');
  if (vm_init_vdevs(cx) < 0) {
    pr_err(cx, 'init-vdevs-failed');
    return false;
  }
  return true;
}

/** core/main.c: takes the devices down, here on the dispatcher's own thread. */
const vm_deinit_vdevs = stage(file, 'vm_deinit_vdevs', (cx: DmCx): void => {
  deinit_pci(cx);
  pci_irq_deinit(cx);
  ioapic_deinit(cx);
});

/** The end of `main`'s loop. After a full reset the real process makes a new VM; that is not followed here. */
function endVm(cx: DmCx): void {
  vm_pause(cx);
  vm_deinit_vdevs(cx);
  iothread_deinit(cx);
  if (vm_get_suspend_mode(cx) === VM_SUSPEND.FULL_RESET) {
    pr_notice(cx, 'full-reset-not-followed');
  }
  throw new ProcessExit(0);
}

/** core/main.c: the main thread. Options are read, the VM is made, then this thread dispatches events. */
export const main = blockingStage(file, 'main', function* (cx: DmCx, dispatching: DmCx): Generator<
  Suspend,
  void,
  unknown
> {
  parseOptions(cx);
  if (!createVm(cx) || !createDevices(cx)) {
    throw new ProcessExit(1);
  }
  pr_notice(cx, 'add-cpu');
  if (add_cpu(cx) !== 0) {
    pr_err(cx, 'add-cpu-failed');
    throw new ProcessExit(1);
  }
  yield* mevent_dispatch(dispatching);
  endVm(cx);
});
