import { acrnFile, type Stage, stage } from '../../stage.ts';
import { emulate_inout } from '../inout.ts';
import { pr_err } from '../log.ts';
import { emulate_mem } from '../mem.ts';
import { emulate_pci_cfgrw } from '../pci-core/config.ts';
import type { DmCx } from '../process.ts';
import { ProcessExit } from '../process-end.ts';
import { VM_SUSPEND, vm_get_suspend_mode, vm_notify_request_done } from '../vmmapi.ts';
import type { IoRequestSlot } from './io-request.ts';

const file = acrnFile('device-model', 'devicemodel/core/main.c');
const ESRCH = 3;
const IOREQ_PIO_INVAL = 0xffffffff;

type VmexitHandler = Stage & ((cx: DmCx, slot: IoRequestSlot, vcpu: number) => void);

const vmexit_inout: VmexitHandler = stage(file, 'vmexit_inout', (cx: DmCx, slot: IoRequestSlot, vcpu: number): void => {
  const request = slot.pio;
  const error = emulate_inout(cx, vcpu, request);
  if (error !== 0) {
    pr_err(cx, 'unhandled-port', {
      isIn: request.isRead ? 'in' : 'out',
      bytes: String(request.size),
      port: request.address,
    });
  }
  if (request.isRead) {
    slot.setValue32(error === 0 ? request.value : IOREQ_PIO_INVAL);
  }
});

const vmexit_mmio_emul: VmexitHandler = stage(file, 'vmexit_mmio_emul', (cx: DmCx, slot: IoRequestSlot): void => {
  const request = slot.mmio;
  const error = emulate_mem(cx, request);
  if (error !== 0) {
    if (error === -ESRCH) {
      pr_err(cx, 'unhandled-memory-access', { address: request.address });
    }
    pr_err(cx, 'failed-to-emulate-instruction');
    pr_err(cx, 'failed-mmio-address', { address: request.address, size: request.size });
    request.low = 0xffffffff;
    request.high = 0xffffffff;
  }
  if (request.isRead) {
    slot.setValue64(request.low, request.high);
  }
});

const vmexit_pci_emul: VmexitHandler = stage(file, 'vmexit_pci_emul', (cx: DmCx, slot: IoRequestSlot): void => {
  const request = slot.pci;
  emulate_pci_cfgrw(cx, request.isRead, request, request.reg, request.size, request);
  if (request.isRead) {
    slot.setValue32(request.value);
  }
});

/** `handler[]`: by type of the request. */
const handler: readonly VmexitHandler[] = [vmexit_inout, vmexit_mmio_emul, vmexit_pci_emul];

/** core/main.c: one I/O request of a vCPU, and the notice that it is done. */
export const handle_vmexit = stage(file, 'handle_vmexit', (cx: DmCx, slot: IoRequestSlot, vcpu: number): void => {
  const exitcode = slot.type;
  const run = handler[exitcode];
  if (run === undefined) {
    pr_err(cx, 'unexpected-exit-code', { exitcode });
    throw new ProcessExit(1);
  }
  cx.ptr('(*handler[exitcode])', run)(cx, slot, vcpu);
  const mode = vm_get_suspend_mode(cx);
  if (mode !== VM_SUSPEND.SYSTEM_RESET && mode !== VM_SUSPEND.SUSPEND) {
    vm_notify_request_done(cx, vcpu);
  }
});
