import { ERRNO } from '../../boundaries.ts';
import { Cx } from '../../cx.ts';
import { Sleep, type Suspend, Thread, waitUntil, wakeUp } from '../../scheduler.ts';
import { type Blocking, blockingStage, linuxFile, stage } from '../../stage.ts';
import { acrn_remove_intr_handler, acrn_setup_intr_handler } from '../acrn.ts';
import type { HsmVm } from '../hsm_vm.ts';
import { untilOops } from '../threads.ts';
import { VM_FLAG } from '../uapi_acrn.ts';
import type { SvCx } from '../world.ts';
import { CLIENT_DESTROYING, IoreqClient, type IoreqHandler } from './client_types.ts';
import { acrn_ioreq_complete_request } from './complete.ts';
import { ioreq_intr_handler } from './dispatch.ts';

/* Twin of drivers/virt/acrn/ioreq.c, part 3: the clients that requests are given to. */

const file = linuxFile('service-vm-kernel', 'drivers/virt/acrn/ioreq.c');

/** Whether a request waits for the client (ioreq.c, has_pending_request). */
const has_pending_request = stage(
  file,
  'has_pending_request',
  (_cx: SvCx, client: IoreqClient): boolean => client.ioreqs_map.value !== 0,
);

const isDestroying = (client: IoreqClient): boolean => (client.flags.value & CLIENT_DESTROYING) !== 0;

/** Waits until the client has a request, or ends (ioreq.c, acrn_ioreq_client_wait); -ENODEV where acrn-dm's ends. */
export const acrn_ioreq_client_wait = blockingStage(
  file,
  'acrn_ioreq_client_wait',
  function* (cx: SvCx, client: IoreqClient): Blocking<number, Suspend> {
    const ready = (): boolean =>
      has_pending_request(cx, client) || (client.is_default ? isDestroying(client) : client.should_stop.value !== 0);
    yield* waitUntil(cx, client.wq, 'wait_event_interruptible', ready);
    return client.is_default && isDestroying(client) ? -ERRNO.ENODEV : 0;
  },
);

/** Lowest slot whose bit is set. */
function find_first_bit(client: IoreqClient): number {
  const map = client.ioreqs_map.value;
  return Math.min(31 - Math.clz32(map & -map), client.vm.vcpu_num.value);
}

/** Handles the requests of a kernel client, in its own thread (ioreq.c, ioreq_task). */
const ioreq_task = blockingStage(file, 'ioreq_task', function* (cx: SvCx, client: IoreqClient): Blocking<
  number,
  Suspend
> {
  while (client.should_stop.value === 0) {
    yield* acrn_ioreq_client_wait(cx, client);
    while (has_pending_request(cx, client)) {
      const vcpu = find_first_bit(client);
      const ret = cx.ptr('client->handler', client.handler)(cx, client, client.vm.slot(vcpu));
      if (ret < 0) {
        cx.log('error', 'sv-ioreq-handler-failed', { ret });
        break;
      }
      acrn_ioreq_complete_request(cx, client, vcpu);
    }
  }
  return 0;
});

/** The thread behind a kernel client (kthread_run). */
function startThread(cx: SvCx, client: IoreqClient): void {
  const { recorder, scheduler } = cx.world;
  const name = `VM${client.vm.vmid.value}-${client.name}`;
  const strand = recorder.strand(name);
  const context = recorder.context('service-vm-kernel', `Service VM, kthread "${name}" (ioreq_task)`);
  const thread: SvCx = new Cx(cx.world, recorder, strand, context);
  scheduler.spawn(
    new Thread(name, strand, untilOops(thread, run(thread, client))),
    cx.hop('kthread_entry', 'kthread_run'),
  );
}

function* run(cx: SvCx, client: IoreqClient): Generator<Suspend, void, unknown> {
  yield* ioreq_task(cx, client);
}

/** Makes a client: acrn-dm's, or one with a handler and a thread (ioreq.c, acrn_ioreq_client_create). */
export const acrn_ioreq_client_create = stage(
  file,
  'acrn_ioreq_client_create',
  (cx: SvCx, vm: HsmVm, handler: IoreqHandler | undefined, isDefault: boolean, name: string) => {
    if (handler === undefined && !isDefault) {
      return undefined;
    }
    const client = new IoreqClient(cx.world.cells, vm, handler, isDefault, name);
    if (handler !== undefined) {
      startThread(cx, client);
    }
    if (isDefault) {
      vm.default_client = client;
      vm.hasDefaultClient.value = 1;
    } else {
      vm.ioreq_clients.unshift(client);
    }
    cx.log('debug', 'sv-ioreq-client-created', { name });
    return client;
  },
);

/** Disarms upcalls. The real one also waits for work under way, which ends before any ioctl does here (ioreq_pause). */
const ioreq_pause = stage(file, 'ioreq_pause', (cx: SvCx) => acrn_remove_intr_handler(cx));

/** Arms upcalls again and looks for requests that came in between (ioreq.c, ioreq_resume). */
const ioreq_resume = stage(file, 'ioreq_resume', (cx: SvCx) => {
  const { ioreq_wq, ioreq_work, scheduler } = cx.world;
  acrn_setup_intr_handler(cx, ioreq_intr_handler);
  ioreq_wq.queue(cx, scheduler, ioreq_work);
});

/** Ends a client; its thread or acrn-dm's waiting one leaves (ioreq.c, acrn_ioreq_client_destroy). */
export const acrn_ioreq_client_destroy = stage(file, 'acrn_ioreq_client_destroy', (cx: SvCx, client: IoreqClient) => {
  const { vm } = client;
  cx.log('debug', 'sv-ioreq-client-destroyed', { name: client.name });
  ioreq_pause(cx);
  client.flags.value |= CLIENT_DESTROYING;
  if (client.is_default) {
    wakeUp(cx, cx.world.scheduler, client.wq, 'wake_up_interruptible');
    vm.default_client = undefined;
    vm.hasDefaultClient.value = 0;
  } else {
    client.should_stop.value = 1;
    wakeUp(cx, cx.world.scheduler, client.wq, 'kthread_stop');
    vm.ioreq_clients.splice(vm.ioreq_clients.indexOf(client), 1);
  }
  client.range_list.length = 0;
  client.rangeCount.value = 0;
  ioreq_resume(cx);
});

/** Adds [start, end] to the addresses that a client handles (ioreq.c, acrn_ioreq_range_add); -EINVAL where end < start. */
export const acrn_ioreq_range_add = stage(
  file,
  'acrn_ioreq_range_add',
  (cx: SvCx, client: IoreqClient, type: number, start: number, end: number): number => {
    if (end < start) {
      cx.log('error', 'sv-ioreq-range-invalid', { start, end });
      return -ERRNO.EINVAL;
    }
    client.range_list.unshift({ type, start, end });
    client.rangeCount.value = client.range_list.length;
    return 0;
  },
);

/** Takes one such range away (ioreq.c, acrn_ioreq_range_del). */
export const acrn_ioreq_range_del = stage(
  file,
  'acrn_ioreq_range_del',
  (_cx: SvCx, client: IoreqClient, type: number, start: number, end: number) => {
    const at = client.range_list.findIndex((one) => one.type === type && one.start === start && one.end === end);
    if (at >= 0) {
      client.range_list.splice(at, 1);
      client.rangeCount.value = client.range_list.length;
    }
  },
);

/** HZ / 100 in nanoseconds: how long `acrn_ioreq_request_clear` waits each time. */
const CLEAR_WAIT = 10_000_000;

/** Completes whatever requests a VM has, for its reset (ioreq.c, acrn_ioreq_request_clear). */
export const acrn_ioreq_request_clear = blockingStage(
  file,
  'acrn_ioreq_request_clear',
  function* (cx: SvCx, vm: HsmVm): Blocking<void, Suspend> {
    vm.flags.value |= VM_FLAG.CLEARING_IOREQ;
    let retry = 10;
    let waiting = vm.ioreq_clients.find((client) => has_pending_request(cx, client));
    while (waiting !== undefined && retry > 0) {
      yield new Sleep(cx.recorder.now + CLEAR_WAIT);
      retry--;
      waiting = vm.ioreq_clients.find((client) => has_pending_request(cx, client));
    }
    if (retry === 0) {
      cx.log('warning', 'sv-ioreq-flush-failed', { client: waiting?.name ?? '' });
    }
    const client = vm.default_client;
    for (let vcpu = 0; client !== undefined && vcpu < 16; vcpu++) {
      if ((client.ioreqs_map.value >>> vcpu) & 1) {
        acrn_ioreq_complete_request(cx, client, vcpu);
      }
    }
    vm.flags.value &= ~VM_FLAG.CLEARING_IOREQ;
  },
);
