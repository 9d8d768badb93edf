import type { Suspend } from '../../scheduler.ts';
import { acrnFile, type Blocking, blockingStage, stage } from '../../stage.ts';
import { E, IOREQ_DIR, IOREQ_TYPE } from '../acrn_common.ts';
import type { Vcpu } from '../vcpu_types.ts';
import type { AcrnVm, IoRead, IoWrite, MmioHandler } from '../vm_types.ts';
import { emulate_pio_complete } from '../vmx_io.ts';
import type { HvCx } from '../world.ts';
import { acrn_insert_asyncio, get_asyncio_desc } from './asyncio.ts';
import { acrn_insert_request, dm_emulate_io_complete, emulate_mmio_complete } from './request.ts';

/* Twin of hypervisor/dm/io_req.c, part 3: who emulates an access, the hypervisor itself or the Service VM. */

const file = acrnFile('hypervisor', 'hypervisor/dm/io_req.c');

/** Lets `vm`'s own handler of that port range run; -ENODEV where none takes the access (io_req.c, hv_emulate_pio). */
const hv_emulate_pio = stage(file, 'hv_emulate_pio', (cx: HvCx, vcpu: Vcpu): number => {
  const { req, vm } = vcpu;
  const port = req.address.value & 0xffff;
  const size = req.size.value & 0xffff;
  const handler = vm.emul_pio.find((one) => port >= one.port_start && port < one.port_end);
  if (handler === undefined) {
    return -E.ENODEV;
  }
  const taken =
    req.direction.value === IOREQ_DIR.WRITE
      ? cx.ptr('io_write', handler.io_write.value)(cx, vcpu, port, size, req.pioValue)
      : cx.ptr('io_read', handler.io_read.value)(cx, vcpu, port, size);
  return taken ? 0 : -E.ENODEV;
});

/** The same for MMIO; -EIO where the access only overlaps a handler's range (io_req.c, hv_emulate_mmio). */
const hv_emulate_mmio = stage(file, 'hv_emulate_mmio', (cx: HvCx, vcpu: Vcpu): number => {
  const address = vcpu.req.address.value;
  const end = address + vcpu.req.size.value;
  const node = vcpu.vm.emul_mmio.find((one) => end > one.range_start && address < one.range_end);
  if (node === undefined) {
    return -E.ENODEV;
  }
  if (address < node.range_start || end > node.range_end) {
    cx.log('error', 'hv-mmio-spans-handlers', { address, size: vcpu.req.size.value });
    return -E.EIO;
  }
  return cx.ptr('read_write', node.read_write.value)(cx, vcpu);
});

/** What the hypervisor itself makes of the request. */
function emulateInHypervisor(cx: HvCx, vcpu: Vcpu): number {
  switch (vcpu.req.io_type.value) {
    case IOREQ_TYPE.PORTIO: {
      const status = hv_emulate_pio(cx, vcpu);
      if (status === 0) {
        emulate_pio_complete(cx, vcpu);
      }
      return status;
    }
    case IOREQ_TYPE.MMIO:
    case IOREQ_TYPE.WP: {
      const status = hv_emulate_mmio(cx, vcpu);
      if (status === 0) {
        emulate_mmio_complete(cx, vcpu);
      }
      return status;
    }
    default:
      return -E.EINVAL;
  }
}

/** Emulates the request of `vcpu->req`, here or in the Service VM (io_req.c, emulate_io). */
export const emulate_io = blockingStage(file, 'emulate_io', function* (cx: HvCx, vcpu: Vcpu): Blocking<
  number,
  Suspend
> {
  let status = emulateInHypervisor(cx, vcpu);
  if (status !== -E.ENODEV || !vcpu.vm.isPostLaunched) {
    return status;
  }
  const desc = get_asyncio_desc(cx, vcpu);
  if (desc !== undefined) {
    status = yield* acrn_insert_asyncio(cx, vcpu, desc.fd.value);
  } else {
    status = yield* acrn_insert_request(cx, vcpu);
    if (status === 0) {
      dm_emulate_io_complete(cx, vcpu);
    }
  }
  if (status !== 0) {
    const { direction, io_type, address, size } = vcpu.req;
    cx.log('error', 'hv-emulate-io-failed', {
      direction: direction.value,
      type: io_type.value,
      address: address.value,
      size: size.value,
    });
  }
  return status;
});

/** Ports [base, base + length) of `vm` are emulated by these two (io_req.c, register_pio_emulation_handler). */
export function register_pio_emulation_handler(
  cx: HvCx,
  vm: AcrnVm,
  base: number,
  length: number,
  io_read: IoRead,
  io_write: IoWrite,
): void {
  const cells = cx.world.hv.cells;
  const path = `vm${vm.vm_id}.emul_pio[${base.toString(16)}]`;
  const handler = {
    port_start: base,
    port_end: base + length,
    io_read: cells.pointer<IoRead>(`${path}.io_read`),
    io_write: cells.pointer<IoWrite>(`${path}.io_write`),
  };
  handler.io_read.value = io_read;
  handler.io_write.value = io_write;
  vm.emul_pio.push(handler);
}

/** Addresses [start, end) of `vm` are emulated by `handler` (io_req.c, register_mmio_emulation_handler). */
export function register_mmio_emulation_handler(
  cx: HvCx,
  vm: AcrnVm,
  handler: MmioHandler,
  start: number,
  end: number,
): void {
  const read_write = cx.world.hv.cells.pointer<MmioHandler>(
    `vm${vm.vm_id}.emul_mmio[${start.toString(16)}].read_write`,
  );
  read_write.value = handler;
  vm.emul_mmio.push({ range_start: start, range_end: end, read_write });
}
