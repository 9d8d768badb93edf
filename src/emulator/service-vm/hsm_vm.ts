import type { Cell } from '../cell.ts';
import type { EventfdCtx } from './eventfd.ts';
import type { IoreqClient } from './ioreq/client_types.ts';
import { ACRN_INVALID_VMID } from './uapi_acrn.ts';
import type { ServiceVm } from './world.ts';

/** `struct hsm_ioeventfd` (drivers/virt/acrn/ioeventfd.c). */
export interface HsmIoeventfd {
  readonly eventfd: EventfdCtx;
  readonly addr: number;
  readonly data: number;
  readonly length: number;
  readonly type: number;
  readonly wildcard: boolean;
}

/** `struct hsm_irqfd` (drivers/virt/acrn/irqfd.c). */
export interface HsmIrqfd {
  readonly eventfd: EventfdCtx;
  readonly msiAddress: number;
  readonly msiData: number;
  /** Takes the wake-up function off the eventfd's wait queue. */
  readonly detach: () => void;
}

/** `struct acrn_vm` (drivers/virt/acrn/acrn_drv.h): one open /dev/acrn_hsm. */
export class HsmVm {
  readonly path: string;
  readonly vmid: Cell;
  readonly vcpu_num: Cell;
  readonly flags: Cell;
  /** Address of the I/O request page, 0 for NULL. */
  readonly ioreq_buf: Cell;
  readonly pci_conf_addr: Cell;
  /** `asyncio_sbuf` of ACRN's own kernel, 0 for NULL. */
  readonly asyncio_sbuf: Cell;
  /** 1 while `default_client` is set. */
  readonly hasDefaultClient: Cell;
  readonly regions_mapping_count: Cell;
  readonly ioeventfdCount: Cell;
  readonly irqfdCount: Cell;
  default_client: IoreqClient | undefined;
  ioeventfd_client: IoreqClient | undefined;
  /** `ioreq_clients`: newest first. */
  readonly ioreq_clients: IoreqClient[] = [];
  readonly ioeventfds: HsmIoeventfd[] = [];
  readonly irqfds: HsmIrqfd[] = [];

  constructor(world: ServiceVm, path: string) {
    const { cells } = world;
    this.path = path;
    this.vmid = cells.hex(`${path}.vmid`, ACRN_INVALID_VMID);
    this.vcpu_num = cells.number(`${path}.vcpu_num`);
    this.flags = cells.number(`${path}.flags`);
    this.ioreq_buf = cells.hex(`${path}.ioreq_buf`);
    this.asyncio_sbuf = cells.hex(`${path}.asyncio_sbuf`);
    this.pci_conf_addr = cells.hex(`${path}.pci_conf_addr`);
    this.hasDefaultClient = cells.number(`${path}.default_client`);
    this.regions_mapping_count = cells.number(`${path}.regions_mapping_count`);
    this.ioeventfdCount = cells.number(`${path}.ioeventfds.length`);
    this.irqfdCount = cells.number(`${path}.irqfds.length`);
  }

  /** Address of the slot of `vcpu`. */
  slot(vcpu: number): number {
    return this.ioreq_buf.value + vcpu * 256;
  }
}
