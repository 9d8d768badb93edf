import type { Recorder } from '../../trace/recorder.ts';
import type { NonRootCpu, ServiceVmCpu } from '../boundaries.ts';
import type { Cell, CellFactory } from '../cell.ts';
import type { Cx } from '../cx.ts';
import type { Memory } from '../memory.ts';
import type { Scheduler } from '../scheduler.ts';
import type { HypervisorFaults } from './faults.ts';
import type { Pcpu } from './pcpu.ts';
import type { AcrnVm } from './vm_types.ts';

/** Where hypervisor code runs: the world is the per-CPU data of the physical CPU that it runs on. */
export type HvCx = Cx<Pcpu>;

/** What all physical CPUs share. */
export interface Hv {
  readonly recorder: Recorder;
  readonly scheduler: Scheduler;
  readonly cells: CellFactory;
  /** The Service VM's memory; its EPT is an identity map, so its guest-physical addresses are host-physical ones. */
  readonly ram: Memory;
  readonly cpus: readonly NonRootCpu[];
  readonly serviceCpu: ServiceVmCpu;
  readonly faults: HypervisorFaults;
  readonly pcpus: Pcpu[];
  /** `vm_array`: 0 is the Service VM, 1 the post-launched VM. */
  readonly vms: AcrnVm[];
  /** `acrn_hsm_notification_vector` (io_req.c). */
  readonly acrn_hsm_notification_vector: Cell;
  /** Notifications sent to the Service VM and to User VMs so far; counted only where a scenario drops some. */
  readonly upcalls: Cell;
  readonly guestNotifications: Cell;
  /** Refused hypercalls so far, by fault. */
  readonly refusals: Cell;
  /** Elements offered to the shared buffer so far; counted only where a scenario finds it full. */
  readonly sharedBufferPuts: Cell | undefined;
}
