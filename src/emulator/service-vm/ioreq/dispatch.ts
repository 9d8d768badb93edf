import { ERRNO } from '../../boundaries.ts';
import { wakeUp } from '../../scheduler.ts';
import { linuxFile, stage } from '../../stage.ts';
import type { HsmVm } from '../hsm_vm.ts';
import { DIR, REQ, reqField, STATE, TYPE, VM_FLAG } from '../uapi_acrn.ts';
import type { Handler, SvCx } from '../world.ts';
import { acrn_asyncio_dispatch } from './asyncio.ts';
import type { IoreqClient, IoreqRange } from './client_types.ts';
import { ioreq_complete_request } from './complete.ts';

/* Twin of drivers/virt/acrn/ioreq.c, part 2: which client gets a request. */

const file = linuxFile('service-vm-kernel', 'drivers/virt/acrn/ioreq.c');

const CONF1_ENABLE = 0x8000_0000;

/** A field of the request at `req`. */
const get = (cx: SvCx, req: number, field: number): number => cx.world.ram.read32(reqField(req, field));

/** 64 bits of the request at `req`. */
const get64 = (cx: SvCx, req: number, field: number): number => cx.world.ram.read64(reqField(req, field));

/** OUT and IN on 0xCF8 (ioreq.c, is_cfg_addr half of handle_cf8cfc). */
function accessAddressPort(cx: SvCx, vm: HsmVm, req: number): void {
  if (get64(cx, req, REQ.size) !== 4) {
    cx.log('warning', 'sv-cf8-size', { size: get64(cx, req, REQ.size) });
  }
  if (get(cx, req, REQ.direction) === DIR.WRITE) {
    vm.pci_conf_addr.value = get(cx, req, REQ.value);
  } else {
    cx.world.ram.write32(reqField(req, REQ.value), vm.pci_conf_addr.value);
  }
}

/** Turns an access to 0xCFC..0xCFF into a configuration request; true where no device is addressed and it ends here. */
function accessDataPort(cx: SvCx, vm: HsmVm, req: number): boolean {
  const { ram } = cx.world;
  const address = vm.pci_conf_addr.value;
  if (address < CONF1_ENABLE) {
    if (get(cx, req, REQ.direction) === DIR.READ) {
      ram.write32(reqField(req, REQ.value), 0xffff_ffff);
    }
    return true;
  }
  const offset = get(cx, req, REQ.address) - 0xcfc;
  ram.write32(reqField(req, REQ.type), TYPE.PCICFG);
  ram.write32(reqField(req, REQ.pciBus), (address >>> 16) & 0xff);
  ram.write32(reqField(req, REQ.pciDev), (address >>> 11) & 0x1f);
  ram.write32(reqField(req, REQ.pciFunc), (address >>> 8) & 7);
  ram.write32(reqField(req, REQ.pciReg), (address & 0xfc) + ((address >>> 16) & 0xf00) + offset);
  return false;
}

/** Handles the PCI configuration ports (ioreq.c, handle_cf8cfc); true where the request is done. */
const handle_cf8cfc = stage(file, 'handle_cf8cfc', (cx: SvCx, vm: HsmVm, req: number, vcpu: number): boolean => {
  if (get(cx, req, REQ.type) !== TYPE.PORTIO) {
    return false;
  }
  const port = get64(cx, req, REQ.address);
  let handled = false;
  if (port === 0xcf8) {
    accessAddressPort(cx, vm, req);
    handled = true;
  } else if (port >= 0xcfc && port < 0xd00) {
    handled = accessDataPort(cx, vm, req);
  }
  if (handled) {
    ioreq_complete_request(cx, vm, vcpu, req);
  }
  return handled;
});

/** Whether the request lies wholly inside a range; what it writes plays no role (ioreq.c, acrn_in_range). */
function acrn_in_range(range: IoreqRange, type: number, address: number, size: number): boolean {
  const comparable = type === TYPE.MMIO || type === TYPE.PORTIO;
  return comparable && range.type === type && address >= range.start && address + size - 1 <= range.end;
}

/** The client whose ranges cover the request, else acrn-dm's (ioreq.c, find_ioreq_client). */
const find_ioreq_client = stage(file, 'find_ioreq_client', (cx: SvCx, vm: HsmVm, req: number) => {
  const type = get(cx, req, REQ.type);
  const address = get64(cx, req, REQ.address);
  const size = get64(cx, req, REQ.size);
  for (const client of vm.ioreq_clients) {
    for (const range of client.range_list) {
      if (acrn_in_range(range, type, address, size)) {
        return client;
      }
    }
  }
  return vm.default_client;
});

/** Gives the request of `vcpu` to a client and wakes it. */
function handOver(cx: SvCx, client: IoreqClient, req: number, vcpu: number): void {
  const { ram, scheduler } = cx.world;
  ram.write32(reqField(req, REQ.kernelHandled), client.is_default ? 0 : 1);
  ram.write32(reqField(req, REQ.processed), STATE.PROCESSING);
  client.ioreqs_map.value |= 1 << vcpu;
  wakeUp(cx, scheduler, client.wq, 'wake_up_interruptible');
}

/** Distributes all pending requests of a VM (ioreq.c, acrn_ioreq_dispatch); -EINVAL where one has no client. */
const acrn_ioreq_dispatch = stage(file, 'acrn_ioreq_dispatch', (cx: SvCx, vm: HsmVm): number => {
  for (let vcpu = 0; vcpu < vm.vcpu_num.value; vcpu++) {
    const req = vm.slot(vcpu);
    if (get(cx, req, REQ.processed) !== STATE.PENDING) {
      continue;
    }
    if ((vm.flags.value & VM_FLAG.CLEARING_IOREQ) !== 0) {
      ioreq_complete_request(cx, vm, vcpu, req);
      continue;
    }
    if (handle_cf8cfc(cx, vm, req, vcpu)) {
      continue;
    }
    const client = find_ioreq_client(cx, vm, req);
    if (client === undefined) {
      cx.log('error', 'sv-ioreq-client-not-found', { vcpu });
      return -ERRNO.EINVAL;
    }
    handOver(cx, client, req, vcpu);
  }
  return 0;
});

/** The work behind an upcall: looks at all VMs, up to the first without a page (ioreq.c, ioreq_dispatcher). */
export const ioreq_dispatcher: Handler = stage(file, 'ioreq_dispatcher', (cx: SvCx) => {
  for (const vm of cx.world.acrn_vm_list) {
    if (vm.asyncio_sbuf.value !== 0) {
      acrn_asyncio_dispatch(cx, vm);
    }
    if (vm.ioreq_buf.value === 0) {
      cx.hazard('sv-dispatch-stops-early');
      break;
    }
    acrn_ioreq_dispatch(cx, vm);
  }
});

/** The upcall's handler: leaves everything to the workqueue (ioreq.c, ioreq_intr_handler). */
export const ioreq_intr_handler: Handler = stage(file, 'ioreq_intr_handler', (cx: SvCx) => {
  const { ioreq_wq, ioreq_work, scheduler, ioreqWqAllocated } = cx.world;
  if (ioreqWqAllocated.value === 0) {
    cx.hazard('sv-upcall-before-workqueue');
    return;
  }
  ioreq_wq.queue(cx, scheduler, ioreq_work);
});
