import { all, any, type Check, type Claim, calls, callsName, not } from './check-types.ts';
import { consoleMayUseIothread, consoleUsesIothread, notifyInPlace } from './conditions-of-claims.ts';
import { dmConsole, dmPci, dmVirtio } from './functions.ts';

const init = dmConsole('virtio_console_init');
const addBackend = dmConsole('virtio_console_add_backend');
const controlTx = dmConsole('virtio_console_control_tx');
const backendWrite = dmConsole('virtio_console_backend_write');
const notifyTx = dmConsole('virtio_console_notify_tx');
const notifyRx = dmConsole('virtio_console_notify_rx');
const setIothread = dmVirtio('virtio_set_iothread');
const barWrite = dmVirtio('virtio_pci_write');
const legacyWrite = dmVirtio('virtio_pci_legacy_write');
const commonWrite = dmVirtio('virtio_common_cfg_write');
const statusHandler = dmVirtio('virtio_pci_status_handler');

const addsPortWith = (callback: string): Check => callsName(addBackend, ['virtio_console_add_port'], callback);

const writes = ['writev', 'write'];

const notifyIs = (value: string, others = false): Check => ({
  is: 'binds',
  inside: init,
  member: 'notify',
  value,
  others,
});

const notifies = (name: string): Check => ({ is: 'calls-through', inside: dmVirtio(name), member: 'notify' });

const storesWriteIn = (member: RegExp): Check => ({
  is: 'bound',
  near: init,
  value: barWrite.function,
  member,
});

const writesBar = (name: string): Check => ({
  is: 'hop',
  from: dmPci(name),
  to: barWrite,
  kind: 'fptr_call',
  near: init,
});

/** Below the status register's `case`, virtio_set_iothread is called: at once, or by the function made for the status. */
const statusSetsIothread = (inside: typeof legacyWrite, label: string): Check =>
  any(
    { is: 'case-calls', inside, label, to: setIothread },
    all({ is: 'case-calls', inside, label, to: statusHandler }, calls(statusHandler, setIothread)),
  );

/** The function made for the status register is called where that register is what was written. */
const underStatus: Check = {
  is: 'guarded',
  near: statusHandler,
  callee: statusHandler.function,
  words: ['VIRTIO_PCI_STATUS', 'VIRTIO_PCI_COMMON_STATUS'],
};

/** Claims about virtio_console.c and how virtio.c gets to it. */
export const CONSOLE_CLAIMS = [
  {
    id: 1,
    rules: [{ verdict: 'true', when: addsPortWith(controlTx.function) }],
    otherwise: 'wrong',
    instead: all(
      addsPortWith(backendWrite.function),
      { is: 'binds', inside: dmConsole('virtio_console_add_port'), member: 'cb', value: 'cb' },
      { is: 'binds', inside: init, member: 'cb', value: controlTx.function },
    ),
  },
  {
    id: 2,
    rules: [{ verdict: 'true', when: callsName(controlTx, writes) }],
    otherwise: 'wrong',
    instead: all({ is: 'known', fn: controlTx }, callsName(backendWrite, writes)),
  },
  {
    id: 3,
    rules: [{ verdict: 'true', when: { is: 'calls-through', inside: notifyTx, member: 'cb' } }],
    otherwise: 'wrong',
    instead: { is: 'known', fn: notifyTx },
  },
  {
    id: 4,
    rules: [
      { verdict: 'true', when: all(notifyIs(notifyTx.function), not(notifyIs(notifyTx.function, true))) },
      { verdict: 'conditional', when: all(notifyIs(notifyTx.function), notifyIs(notifyRx.function)) },
    ],
    otherwise: 'wrong',
    instead: notifyIs(notifyTx.function, true),
  },
  {
    id: 5,
    rules: [{ verdict: 'true', when: notifies('virtio_set_iothread') }],
    otherwise: 'wrong',
    instead: all(
      any(
        { is: 'binds', inside: setIothread, member: 'iothread_run', value: 'vq->notify' },
        not({ is: 'known', fn: setIothread }),
      ),
      notifies('virtio_pci_legacy_write'),
      notifies('virtio_notify_cfg_write'),
    ),
  },
  {
    id: 7,
    rules: [
      { verdict: 'true', when: consoleUsesIothread },
      { verdict: 'conditional', when: consoleMayUseIothread },
    ],
    otherwise: 'wrong',
    instead: notifyInPlace,
  },
  {
    id: 8,
    rules: [
      {
        verdict: 'true',
        when: any(
          { is: 'case-calls', inside: barWrite, label: 'VIRTIO_PCI_STATUS', to: setIothread },
          { is: 'case-calls', inside: barWrite, label: 'VIRTIO_PCI_COMMON_STATUS', to: setIothread },
        ),
      },
      {
        verdict: 'renamed',
        when: any(
          statusSetsIothread(legacyWrite, 'VIRTIO_PCI_STATUS'),
          statusSetsIothread(commonWrite, 'VIRTIO_PCI_COMMON_STATUS'),
          all(underStatus, calls(statusHandler, setIothread)),
        ),
      },
    ],
    otherwise: 'wrong',
    instead: { is: 'case', inside: legacyWrite, label: 'VIRTIO_PCI_STATUS' },
  },
  {
    id: 9,
    rules: [
      { verdict: 'true', when: storesWriteIn(/^vdev_bar_write$/) },
      { verdict: 'renamed', when: storesWriteIn(/write/) },
    ],
    otherwise: 'wrong',
    instead: { is: 'known', fn: barWrite },
  },
  {
    id: 10,
    rules: [
      { verdict: 'true', when: all(writesBar('pci_emul_io_handler'), writesBar('pci_emul_mem_handler')) },
      { verdict: 'conditional', when: any(writesBar('pci_emul_io_handler'), writesBar('pci_emul_mem_handler')) },
    ],
    otherwise: 'wrong',
    instead: { is: 'known', fn: barWrite },
  },
] as const satisfies readonly Claim[];
