import { gpa } from '../../../../base/brand.ts';
import { blockingStage, stage } from '../../../stage.ts';
import { local_irq_save, spin_lock, spin_unlock_irqrestore } from '../../locks.ts';
import { PAGE_SIZE } from '../../mm.ts';
import { type GuestCx, NO_STEPS, type Steps } from '../../task.ts';
import { hvc_alloc } from '../../tty/hvc_console/console.ts';
import type { HvcStruct, HvOps } from '../../tty/hvc_console/hvc_struct.ts';
import { add_inbuf, port_has_data } from './buffers.ts';
import { CONTROL, file, type Port } from './port.ts';
import { __send_to_port, send_control_msg } from './send.ts';

const EPIPE = 32;
const ENOMEM = 12;
const EINVAL = 22;

const find_port_by_vtermno = stage(file, 'find_port_by_vtermno', (cx: GuestCx, vtermno: number): Port | undefined =>
  cx.world.kernel.pdrvdata.consoles.find((port) => port.vtermno.value === vtermno),
);

/** Sends a terminal's output and waits for the device: the copy is freed afterwards. */
const put_chars = blockingStage(
  file,
  'put_chars',
  function* (cx: GuestCx, vtermno: number, buffer: number, count: number): Steps<number> {
    const port = find_port_by_vtermno(cx, vtermno);
    if (port === undefined) {
      return -EPIPE;
    }
    const { mm, ram } = cx.world.kernel;
    const data = mm.kmalloc(count);
    if (data === 0) {
      return -ENOMEM;
    }
    ram.write(gpa(data), ram.read(gpa(buffer), count));
    const sent = yield* __send_to_port(cx, port, [{ address: data, length: count }], count, data, false);
    mm.kfree(data);
    return sent;
  },
);

/** Copies what arrived to `out`, in the kernel or in user memory; bytes copied. An emptied buffer goes back to the device. */
export const fill_readbuf = blockingStage(
  file,
  'fill_readbuf',
  function* (cx: GuestCx, port: Port, out: number, outCount: number): Steps<number> {
    if (outCount === 0 || !(yield* port_has_data(cx, port))) {
      return 0;
    }
    const { portBuffers, ram } = cx.world.kernel;
    const buffer = port.inbuf.value;
    const offset = portBuffers.get(buffer, 'offset');
    const length = portBuffers.get(buffer, 'len');
    const count = Math.min(outCount, length - offset);
    ram.write(gpa(out), ram.read(gpa(portBuffers.get(buffer, 'buf') + offset), count));
    portBuffers.set(buffer, 'offset', offset + count);
    if (offset + count === length) {
      const flags = local_irq_save(cx);
      yield* spin_lock(cx, port.inbuf_lock);
      port.inbuf.value = 0;
      if ((yield* add_inbuf(cx, port.in_vq, buffer)) < 0) {
        cx.log('warning', 'guest-failed-add-buf', { port: port.id });
      }
      yield* spin_unlock_irqrestore(cx, port.inbuf_lock, flags);
    }
    return count;
  },
);

const get_chars = blockingStage(
  file,
  'get_chars',
  function* (cx: GuestCx, vtermno: number, buffer: number, count: number): Steps<number> {
    const port = find_port_by_vtermno(cx, vtermno);
    return port === undefined ? -EPIPE : yield* fill_readbuf(cx, port, buffer, count);
  },
);

/** The terminal was opened: input comes by interrupt. */
const notifier_add_vio = blockingStage(file, 'notifier_add_vio', function* (cx: GuestCx, hp: HvcStruct): Steps<number> {
  if (find_port_by_vtermno(cx, hp.vtermno) === undefined) {
    return -EINVAL;
  }
  hp.irq_requested.value = 1;
  yield* NO_STEPS;
  return 0;
});

const notifier_del_vio = blockingStage(
  file,
  'notifier_del_vio',
  function* (_cx: GuestCx, hp: HvcStruct): Steps<number> {
    yield* NO_STEPS;
    hp.irq_requested.value = 0;
    return 0;
  },
);

const hv_ops: HvOps = { get_chars, put_chars, notifier_add: notifier_add_vio, notifier_del: notifier_del_vio };

/** The host says that this port is a console: it gets a terminal, and the host is told that it is open. */
export const init_port_console = blockingStage(
  file,
  'init_port_console',
  function* (cx: GuestCx, port: Port): Steps<number> {
    const { pdrvdata } = cx.world.kernel;
    port.vtermno.value = pdrvdata.nextVtermno++;
    cx.via('fptr_bind', 'hvc_alloc');
    port.hvc = hvc_alloc(cx, port.vtermno.value, hv_ops, PAGE_SIZE);
    if (port.hvc === undefined) {
      cx.log('error', 'guest-error-allocating-hvc', { port: port.id });
      return -ENOMEM;
    }
    pdrvdata.consoles.push(port);
    port.guest_connected.value = 1;
    yield* send_control_msg(cx, port, CONTROL.PORT_OPEN, 1);
    return 0;
  },
);
