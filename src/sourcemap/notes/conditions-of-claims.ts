import { all, any, type Check, callsName, not } from './check-types.ts';
import { dmConsole, dmMain, dmVirtio, svIoreq } from './functions.ts';

const near = dmVirtio('virtio_set_iothread');
/** virtio_set_iothread is called under a condition on base.iothread only. */
export const iothreadGuarded: Check = { is: 'guarded', near, callee: 'virtio_set_iothread', words: ['iothread'] };
const init = dmConsole('virtio_console_init');

/** virtio_set_iothread is there, and the console gets to it whatever its options are. */
export const consoleUsesIothread: Check = all(
  { is: 'known', fn: near },
  any({ is: 'sets', near: init, member: 'iothread', always: true }, not(iothreadGuarded)),
);

/** virtio_set_iothread is there, and the console's file asks for it under some condition. */
export const consoleMayUseIothread: Check = all(
  { is: 'known', fn: near },
  { is: 'sets', near: init, member: 'iothread', always: false },
);

/** A kick of the stock console is handled by the thread that took the request: who calls notify, and on what the run did it. */
export const notifyInPlace: Check = all(
  { is: 'calls-through', inside: dmVirtio('virtio_pci_legacy_write'), member: 'notify' },
  { is: 'run-enters', fn: dmConsole('virtio_console_notify_tx'), on: 'vm_loop' },
  not({ is: 'run-enters', fn: near }),
);

/** acrn-dm waits for requests inside an ioctl of its own thread. */
export const waitsInAttach: Check = all(
  callsName(dmMain('vm_loop'), ['vm_attach_ioreq_client']),
  callsName(svIoreq('acrn_ioreq_client_wait'), ['wait_event_interruptible']),
  { is: 'run-blocks', fn: svIoreq('acrn_ioreq_client_wait'), on: 'vm_loop' },
);
