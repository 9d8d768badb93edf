import { gpa } from '../../../src/base/brand.ts';
import type { IoctlArgument, ServiceVmSyscalls } from '../../../src/emulator/boundaries.ts';
import { Cx } from '../../../src/emulator/cx.ts';
import { newProcess } from '../../../src/emulator/device-model/device-model.ts';
import { emulate_inout, init_inout } from '../../../src/emulator/device-model/inout.ts';
import { init_mem } from '../../../src/emulator/device-model/mem.ts';
import { mevent_init } from '../../../src/emulator/device-model/mevent.ts';
import { init_pci, pci_parse_slot } from '../../../src/emulator/device-model/pci-core/init.ts';
import { STOCK_OPTIONS } from '../../../src/emulator/device-model/process.ts';
import { virtio_pci_write } from '../../../src/emulator/device-model/virtio/dispatch.ts';
import { Memory } from '../../../src/emulator/memory.ts';
import { firstRunnable, Scheduler, type Suspend } from '../../../src/emulator/scheduler.ts';
import { declaredStages } from '../../../src/emulator/stage.ts';
import { Recorder } from '../../../src/trace/recorder.ts';

/** A Service VM that takes everything and does nothing: what remains is the device model. */
class IdleKernel implements ServiceVmSyscalls {
  written = 0;
  interrupts = 0;

  open = (): number => 3;
  close = (): number => 0;
  read = (): number => -11;
  isatty = (): boolean => false;
  eventfd = (): number => 5;
  epollCreate = (): number => 4;
  epollAdd = (): number => 0;
  epollDelete = (): number => 0;
  pthreadCreate = (): void => undefined;

  writev(_cx: Cx, _fd: number, parts: readonly Uint8Array[]): number {
    this.written += parts[0]?.length ?? 0;
    return parts[0]?.length ?? 0;
  }

  // biome-ignore lint/correctness/useYield: nothing waits here
  *ioctl(_cx: Cx, _fd: number, _request: number, _argument: IoctlArgument): Generator<Suspend, number, unknown> {
    this.interrupts += 1;
    return 0;
  }

  *epollWait(): Generator<Suspend, readonly [], unknown> {
    yield* [];
    return [];
  }
}

/** A device with queue 1 at 64 KiB, MSI-X on, file backend; `kick` posts one 64-byte buffer and notifies. */
export function notifyBench(): { readonly kick: () => void; readonly kernel: IdleKernel; readonly recorder: Recorder } {
  const recorder = new Recorder(declaredStages());
  const guestRam = new Memory(recorder, 'guest-kernel', 'User VM RAM', [{ start: 0, size: 1 << 21 }]);
  const serviceRam = new Memory(recorder, 'service-vm-kernel', 'Service VM RAM', [{ start: 0, size: 0 }]);
  const kernel = new IdleKernel();
  const scheduler = new Scheduler(recorder, firstRunnable);
  const dm = newProcess({ recorder, scheduler, guestRam, serviceRam, sys: kernel }, STOCK_OPTIONS);
  const cx = new Cx(dm, recorder, recorder.strand('vcpu 0'), dm.context('vcpu 0'));
  dm.ctx.lowmem_limit.value = 0x80000000;
  dm.ctx.lowmem.value = 1 << 21;
  init_mem(cx);
  init_inout(cx);
  mevent_init(cx);
  pci_parse_slot(cx, '4,virtio-console,file:con=out');
  init_pci(cx);
  recorder.on = false;
  const device = dm.pci.funcs[0]?.fi_devi;
  if (device === undefined) {
    throw new Error('no device');
  }
  const write = (bar: number, offset: number, size: number, value: number): void =>
    virtio_pci_write(cx, 0, device, bar, offset, size, value);
  write(0, 4, 4, 3);
  write(0, 14, 2, 1);
  write(0, 8, 4, 16);
  device.msix.enabled.value = 0x8000;
  write(0, 22, 2, 2);
  write(1, 2 * 16, 4, 0xfee00000);
  write(1, 2 * 16 + 8, 4, 0x42);
  write(1, 2 * 16 + 12, 4, 0);
  write(0, 18, 1, 7);
  const ring = 0x10000;
  for (let i = 0; i < 64; i++) {
    guestRam.write64(gpa(ring + 16 * i), 0x40000 + 64 * i);
    guestRam.write32(gpa(ring + 16 * i + 8), 64);
    guestRam.write16(gpa(ring + 1024 + 4 + 2 * i), i);
  }
  guestRam.write(gpa(0x40000), new Uint8Array(4096).fill(0x61));
  let avail = 0;
  const request = { isRead: false, address: 0x2010, size: 2, value: 1 };
  const kick = (): void => {
    avail = (avail + 1) & 0xffff;
    guestRam.write16(gpa(ring + 1024 + 2), avail);
    emulate_inout(cx, 0, request);
  };
  return { kick, kernel, recorder };
}

/**
 * Nanoseconds per notify with one 64-byte buffer: the median of `rounds` rounds after `warm` others. Code is not what it
 * will be before some 300,000 notifies.
 */
export function nanosecondsPerNotify(rounds = 21, count = 20_000, warm = 20): number {
  const { kick } = notifyBench();
  const times: number[] = [];
  for (let round = 0; round < rounds + warm; round++) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < count; i++) {
      kick();
    }
    times.push(Number(process.hrtime.bigint() - start) / count);
  }
  return times.slice(warm).sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}
