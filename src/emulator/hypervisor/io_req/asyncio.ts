import type { Gpa } from '../../../base/brand.ts';
import { SPIN, type Suspend } from '../../scheduler.ts';
import { acrnFile, type Blocking, blockingStage, stage } from '../../stage.ts';
import { ACRN_ASYNCIO_MAX, ASYNCIO_INFO, ASYNCIO_TYPE, E, IOREQ_TYPE, SBUF, SBUF_MAGIC } from '../acrn_common.ts';
import { sbuf_put } from '../sbuf.ts';
import { need_reschedule, schedule } from '../schedule.ts';
import type { Vcpu } from '../vcpu_types.ts';
import type { AcrnVm, AsyncioDesc } from '../vm_types.ts';
import { arch_fire_hsm_interrupt } from '../vmx_io.ts';
import type { HvCx } from '../world.ts';

/* Twin of hypervisor/dm/io_req.c, part 1: asyncio, kicks that do not stop the vCPU. */

const file = acrnFile('hypervisor', 'hypervisor/dm/io_req.c');

/** `struct acrn_asyncio_info`, as read from a caller's memory. */
export interface AsyncioInfo {
  readonly type: number;
  readonly match_data: number;
  readonly addr: number;
  readonly fd: number;
  readonly data: number;
}

/** Reads the structure at `address` of the Service VM. */
export function asyncioInfoAt(cx: HvCx, address: number): AsyncioInfo {
  const ram = cx.world.hv.ram;
  const at = (offset: number): Gpa => (address + offset) as Gpa;
  return {
    type: ram.read32(at(ASYNCIO_INFO.type)),
    match_data: ram.read32(at(ASYNCIO_INFO.matchData)),
    addr: ram.read64(at(ASYNCIO_INFO.addr)),
    fd: ram.read64(at(ASYNCIO_INFO.fd)),
    data: ram.read64(at(ASYNCIO_INFO.data)),
  };
}

/** Whether a descriptor covers the same access already (io_req.c, asyncio_is_conflict). */
function asyncio_is_conflict(vm: AcrnVm, info: AsyncioInfo): boolean {
  return vm.aiodesc_queue.some(
    (desc) =>
      desc.addr.value === info.addr &&
      desc.type.value === info.type &&
      (desc.match_data.value === 0 || info.match_data === 0 || desc.data.value === info.data),
  );
}

function fillDescriptor(desc: AsyncioDesc, info: AsyncioInfo): void {
  desc.type.value = info.type;
  desc.match_data.value = info.match_data;
  desc.addr.value = info.addr;
  desc.fd.value = info.fd;
  desc.data.value = info.data;
}

/** The first unused entry of `vm->aio_desc`, made where the array was not used that far. */
function freeDescriptor(cx: HvCx, vm: AcrnVm): AsyncioDesc | undefined {
  const unused = vm.aio_desc.find((desc) => desc.addr.value === 0 && desc.fd.value === 0);
  const index = vm.aio_desc.length;
  if (unused !== undefined || index >= ACRN_ASYNCIO_MAX) {
    return unused;
  }
  const cells = cx.world.hv.cells;
  const path = `vm${vm.vm_id}.aio_desc[${index}]`;
  const desc = {
    type: cells.number(`${path}.type`),
    match_data: cells.number(`${path}.match_data`),
    addr: cells.hex(`${path}.addr`),
    fd: cells.hex(`${path}.fd`),
    data: cells.hex(`${path}.data`),
  };
  vm.aio_desc.push(desc);
  return desc;
}

/** Registers an access as asyncio (io_req.c, add_asyncio); -1 where it cannot be. */
export const add_asyncio = stage(file, 'add_asyncio', (cx: HvCx, vm: AcrnVm, info: AsyncioInfo): number => {
  if (info.addr === 0) {
    cx.log('error', 'hv-asyncio-base-zero');
    return -1;
  }
  if (asyncio_is_conflict(vm, info)) {
    cx.log('error', 'hv-asyncio-registered', { address: info.addr });
    return -1;
  }
  const desc = freeDescriptor(cx, vm);
  if (desc === undefined) {
    cx.log('error', 'hv-asyncio-full', { max: ACRN_ASYNCIO_MAX });
    return -1;
  }
  fillDescriptor(desc, info);
  vm.aiodesc_queue.unshift(desc);
  return 0;
});

const EMPTY: AsyncioInfo = { type: 0, match_data: 0, addr: 0, fd: 0, data: 0 };

/** Takes an asyncio registration back (io_req.c, remove_asyncio); -1 where there is none. */
export const remove_asyncio = stage(file, 'remove_asyncio', (cx: HvCx, vm: AcrnVm, info: AsyncioInfo): number => {
  if (info.addr === 0) {
    cx.log('error', 'hv-asyncio-base-zero');
    return -1;
  }
  const found = vm.aio_desc.find(
    (desc) =>
      desc.type.value === info.type &&
      desc.addr.value === info.addr &&
      desc.fd.value === info.fd &&
      (desc.match_data.value === 0) === (info.match_data === 0) &&
      desc.data.value === info.data,
  );
  if (found === undefined) {
    cx.log('error', 'hv-asyncio-not-found', { address: info.addr });
    return -1;
  }
  vm.aiodesc_queue.splice(vm.aiodesc_queue.indexOf(found), 1);
  fillDescriptor(found, EMPTY);
  return 0;
});

/** Takes the shared buffer at `sbuf` for asyncio (io_req.c, init_asyncio); -1 where its magic is wrong. */
export const init_asyncio = stage(file, 'init_asyncio', (cx: HvCx, vm: AcrnVm, sbuf: number): number => {
  const ram = cx.world.hv.ram;
  const low = ram.read32((sbuf + SBUF.magic) as Gpa);
  const high = ram.read32((sbuf + SBUF.magic + 4) as Gpa);
  if (sbuf === 0 || low !== SBUF_MAGIC.low || high !== SBUF_MAGIC.high) {
    return -1;
  }
  vm.asyncio_sbuf.value = sbuf;
  vm.aiodesc_queue.length = 0;
  return 0;
});

/** The asyncio registration of the access in `vcpu->req`, if any (io_req.c, get_asyncio_desc). Its size plays no role. */
export const get_asyncio_desc = stage(file, 'get_asyncio_desc', (_cx: HvCx, vcpu: Vcpu): AsyncioDesc | undefined => {
  const { vm, req } = vcpu;
  const address = req.address.value;
  if (vm.asyncio_sbuf.value === 0 || address === 0 || req.io_type.value > IOREQ_TYPE.MMIO) {
    return undefined;
  }
  const isPio = req.io_type.value === IOREQ_TYPE.PORTIO;
  const type = isPio ? ASYNCIO_TYPE.PIO : ASYNCIO_TYPE.MMIO;
  const value = isPio ? req.pioValue : req.value.value;
  return vm.aiodesc_queue.find(
    (desc) =>
      desc.addr.value === address &&
      desc.type.value === type &&
      (desc.match_data.value === 0 || desc.data.value === value),
  );
});

/** Puts `fd` into the shared buffer and interrupts the Service VM; waits while it is full (io_req.c, acrn_insert_asyncio). */
export const acrn_insert_asyncio = blockingStage(
  file,
  'acrn_insert_asyncio',
  function* (cx: HvCx, vcpu: Vcpu, fd: number): Blocking<number, Suspend> {
    const sbuf = vcpu.vm.asyncio_sbuf.value;
    if (sbuf === 0) {
      return -E.ENODEV;
    }
    let turns = 0;
    while (sbuf_put(cx, sbuf, fd, 8) === 0) {
      turns++;
      yield SPIN;
      if (need_reschedule(cx.world)) {
        yield* schedule(cx);
      }
    }
    if (turns > 0) {
      cx.recorder.spin('asm_pause', turns);
    }
    arch_fire_hsm_interrupt(cx);
    return 0;
  },
);
