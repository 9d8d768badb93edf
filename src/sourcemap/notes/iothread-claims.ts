import { all, type Check, type Claim, calls, callsName, not } from './check-types.ts';
import {
  consoleMayUseIothread,
  consoleUsesIothread,
  iothreadGuarded,
  notifyInPlace,
  waitsInAttach,
} from './conditions-of-claims.ts';
import { dmIothread, dmVirtio, dmVmmapi, svIoeventfd } from './functions.ts';

const setIothread = dmVirtio('virtio_set_iothread');
const register = dmVirtio('virtio_register_ioeventfd');
const signals = callsName(svIoeventfd('acrn_ioeventfd_handler'), ['eventfd_signal']);

const handlerSet = all(
  { is: 'binds', inside: setIothread, member: 'run', value: 'iothread_handler' },
  { is: 'calls-through', inside: dmVirtio('iothread_handler'), member: 'iothread_run' },
);

const addsToEpoll = all(
  calls(setIothread, dmIothread('iothread_add')),
  callsName(dmIothread('iothread_add'), ['epoll_ctl']),
);

const registers = all(
  calls(setIothread, register),
  calls(register, dmVmmapi('vm_ioeventfd')),
  callsName(dmVmmapi('vm_ioeventfd'), ['ioctl']),
);

/** With `virtio_poll` the ioeventfd is left out. */
const leftOutWhenPolling: Check = {
  is: 'guarded',
  near: register,
  callee: register.function,
  words: ['ioevent_poll'],
};

/** Claims about the way through an eventfd and a thread of its own. */
export const IOTHREAD_CLAIMS = [
  {
    id: 6,
    rules: [
      { verdict: 'true', when: all(handlerSet, consoleUsesIothread) },
      { verdict: 'conditional', when: all(handlerSet, iothreadGuarded) },
    ],
    otherwise: 'wrong',
    instead: notifyInPlace,
  },
  {
    id: 11,
    rules: [
      { verdict: 'true', when: all(addsToEpoll, consoleUsesIothread) },
      { verdict: 'conditional', when: all(addsToEpoll, iothreadGuarded) },
    ],
    otherwise: 'wrong',
    instead: notifyInPlace,
  },
  {
    id: 12,
    rules: [
      { verdict: 'true', when: all(registers, consoleUsesIothread, not(leftOutWhenPolling)) },
      { verdict: 'conditional', when: registers },
    ],
    otherwise: 'wrong',
    instead: notifyInPlace,
  },
  {
    id: 14,
    rules: [
      { verdict: 'true', when: all(signals, consoleUsesIothread) },
      { verdict: 'conditional', when: signals },
    ],
    otherwise: 'wrong',
    instead: { is: 'known', fn: svIoeventfd('acrn_ioeventfd_handler') },
  },
  {
    id: 25,
    rules: [
      { verdict: 'true', when: all(signals, consoleUsesIothread) },
      { verdict: 'conditional', when: all(signals, consoleMayUseIothread) },
    ],
    otherwise: 'wrong',
    instead: waitsInAttach,
  },
] as const satisfies readonly Claim[];
