import { all, any, type Check, type Claim, calls, callsName } from './check-types.ts';
import {
  dmConsole,
  dmPci,
  dmVirtio,
  dmVmmapi,
  guestConsole,
  guestRing,
  hvEvent,
  hvHypercall,
  hvIoReq,
  hvVlapic,
  hvVmxIo,
} from './functions.ts';

const vector = hvIoReq('get_hsm_notification_vector');
const fire = hvVmxIo('arch_fire_hsm_interrupt');
const insert = hvIoReq('acrn_insert_request');
const emulate = hvIoReq('emulate_io');
const waitEvent = hvEvent('wait_event');
const notifyTx = dmConsole('virtio_console_notify_tx');

const claimedFire = hvVmxIo('acrn_fire_hsm_interrupt');

/** Something of the claimed or the real name fires the interrupt. */
const fires = (ask: (fn: typeof fire) => Check): Check => any(ask(fire), ask(claimedFire));

const asksVector = fires((fn) => calls(fn, vector));

const injects: Check = all({ is: 'known', fn: fire }, calls(fire, hvVlapic('vlapic_set_intr')));

/** The vCPU's thread waits for the finished request, and the finish hypercall ends the wait. */
const vcpuWaits = all(
  calls(insert, waitEvent),
  calls(hvHypercall('hcall_notify_ioreq_finish'), hvEvent('signal_event')),
  { is: 'run-blocks', fn: insert, on: 'User VM vCPU' },
);

/** The used ring is filled, the interrupt leaves by an ioctl, and the guest's callback runs. */
const wayBack = all(
  callsName(notifyTx, ['vq_relchain']),
  calls(notifyTx, dmVirtio('vq_endchains')),
  calls(dmVirtio('vq_endchains'), dmPci('pci_generate_msix')),
  callsName(dmVmmapi('vm_lapic_msi'), ['ioctl']),
  { is: 'known', fn: guestRing('vring_interrupt') },
  { is: 'run-enters', fn: guestRing('vring_interrupt') },
  callsName(guestConsole('__send_to_port'), ['cpu_relax']),
);

/** Claims about the hypervisor, and what the notes leave out. */
export const HYPERVISOR_CLAIMS = [
  {
    id: 21,
    rules: [
      { verdict: 'true', when: all({ is: 'exists', fn: vector }, asksVector) },
      { verdict: 'renamed', when: all({ is: 'known', fn: vector }, asksVector) },
    ],
    otherwise: 'wrong',
    instead: { is: 'known', fn: fire },
  },
  {
    id: 22,
    rules: [
      { verdict: 'true', when: { is: 'exists', fn: claimedFire } },
      { verdict: 'renamed', when: injects },
    ],
    otherwise: 'wrong',
    instead: { is: 'known', fn: vector },
  },
  {
    id: 23,
    rules: [{ verdict: 'true', when: fires((fn) => calls(insert, fn)) }],
    otherwise: 'wrong',
    instead: { is: 'known', fn: insert },
  },
  {
    id: 24,
    rules: [
      {
        verdict: 'true',
        when: all(
          calls(emulate, insert),
          { is: 'calls-before', inside: emulate, first: 'hv_emulate_pio', second: insert.function },
          { is: 'calls-before', inside: emulate, first: 'hv_emulate_mmio', second: insert.function },
        ),
      },
    ],
    otherwise: 'wrong',
    instead: { is: 'known', fn: emulate },
  },
  { id: 26, rules: [{ verdict: 'missing', when: vcpuWaits }], otherwise: 'true', instead: { is: 'known', fn: insert } },
  { id: 27, rules: [{ verdict: 'missing', when: wayBack }], otherwise: 'true', instead: { is: 'known', fn: notifyTx } },
] as const satisfies readonly Claim[];
