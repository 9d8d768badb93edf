import { gpa } from '../../../../base/brand.ts';
import { blockingStage, stage } from '../../../stage.ts';
import { schedule_work, type WorkStruct } from '../../kernel/workqueue.ts';
import { local_irq_save, spin_lock, spin_unlock, spin_unlock_irqrestore, wakeUp } from '../../locks.ts';
import { type GuestCx, NO_STEPS, type Steps } from '../../task.ts';
import { virtqueue_get_buf } from '../../virtio/virtio_ring/generic.ts';
import type { Virtqueue } from '../../virtio/virtio_ring/virtqueue.ts';
import { add_inbuf, fill_queue, free_buf, reclaim_consumed_buffers } from './buffers.ts';
import { init_port_console } from './console.ts';
import { CONTROL, CONTROL_SIZE, file, is_console_port, Port, PortsDevice } from './port.ts';
import { port_fops } from './port_fops.ts';
import { __send_control_msg, send_control_msg } from './send.ts';

const ENOMEM = 12;
const ENOSPC = 28;

const find_port_by_id = stage(
  file,
  'find_port_by_id',
  (_cx: GuestCx, portdev: PortsDevice, id: number): Port | undefined => portdev.ports.find((port) => port.id === id),
);

/** Makes a port: its node, buffers for its input, and PORT_READY to the host. */
export const add_port = blockingStage(
  file,
  'add_port',
  function* (cx: GuestCx, portdev: PortsDevice, id: number): Steps<number> {
    const { kernel } = cx.world;
    const inVq = portdev.in_vqs[id];
    const outVq = portdev.out_vqs[id];
    if (inVq === undefined || outVq === undefined) {
      yield* __send_control_msg(cx, portdev, id, CONTROL.PORT_READY, 0);
      return -ENOMEM;
    }
    const port = new Port(portdev, id, inVq, outVq, kernel.cells);
    const filled = yield* fill_queue(cx, inVq, port.inbuf_lock);
    if (filled < 0 && filled !== -ENOSPC) {
      cx.log('error', 'guest-error-allocating-inbufs', { port: id });
      yield* __send_control_msg(cx, portdev, id, CONTROL.PORT_READY, 0);
      return filled;
    }
    if (!portdev.multiport) {
      const err = yield* init_port_console(cx, port);
      if (err !== 0) {
        return err;
      }
    }
    portdev.ports.push(port);
    kernel.addNode(cx, `/dev/vport${portdev.vdev.index}p${id}`, { f_op: port_fops, node: port });
    yield* send_control_msg(cx, port, CONTROL.PORT_READY, 1);
    return 0;
  },
);

function* portAdd(cx: GuestCx, portdev: PortsDevice, port: Port | undefined, id: number): Steps<void> {
  if (port !== undefined) {
    yield* send_control_msg(cx, port, CONTROL.PORT_READY, 1);
  } else if (id >= portdev.max_nr_ports) {
    cx.log('warning', 'guest-port-id-out-of-bound', { id, max: portdev.max_nr_ports - 1 });
  } else {
    yield* add_port(cx, portdev, id);
  }
}

function* portOpen(cx: GuestCx, port: Port, value: number): Steps<void> {
  port.host_connected.value = value;
  wakeUp(cx, port.waitqueue, 'wake_up_interruptible');
  const flags = local_irq_save(cx);
  yield* spin_lock(cx, port.outvq_lock);
  reclaim_consumed_buffers(cx, port);
  yield* spin_unlock_irqrestore(cx, port.outvq_lock, flags);
}

function portName(cx: GuestCx, port: Port, at: number, length: number): void {
  if (port.name.value !== 0) {
    return;
  }
  const { mm, ram } = cx.world.kernel;
  const size = length - CONTROL_SIZE + 1;
  const name = mm.kzalloc(size);
  if (name !== 0) {
    const text = ram.read(gpa(at + CONTROL_SIZE), size - 1);
    const end = text.indexOf(0);
    ram.write(gpa(name), end < 0 ? text : text.subarray(0, end));
    port.name.value = name;
  }
}

/** The host took a port away: writers and readers find it disconnected. */
const unplug_port = stage(file, 'unplug_port', (cx: GuestCx, port: Port): void => {
  const at = port.portdev.ports.indexOf(port);
  if (at >= 0) {
    port.portdev.ports.splice(at, 1);
  }
  port.guest_connected.value = 0;
  port.host_connected.value = 0;
  wakeUp(cx, port.waitqueue, 'wake_up_interruptible');
  const consoles = cx.world.kernel.pdrvdata.consoles;
  const console = consoles.indexOf(port);
  if (console >= 0) {
    consoles.splice(console, 1);
  }
});

const handle_control_message = blockingStage(
  file,
  'handle_control_message',
  function* (cx: GuestCx, portdev: PortsDevice, buffer: number): Steps<void> {
    const { portBuffers, ram } = cx.world.kernel;
    const at = portBuffers.get(buffer, 'buf') + portBuffers.get(buffer, 'offset');
    const id = ram.read32(gpa(at));
    const event = ram.read16(gpa(at + 4));
    const value = ram.read16(gpa(at + 6));
    const port = find_port_by_id(cx, portdev, id);
    if (event === CONTROL.PORT_ADD) {
      yield* portAdd(cx, portdev, port, id);
      return;
    }
    if (port === undefined) {
      cx.log('debug', 'guest-invalid-index-in-control-packet', { id });
      return;
    }
    if (event === CONTROL.PORT_REMOVE) {
      unplug_port(cx, port);
    } else if (event === CONTROL.CONSOLE_PORT && value !== 0 && !is_console_port(port)) {
      yield* init_port_console(cx, port);
    } else if (event === CONTROL.PORT_OPEN) {
      yield* portOpen(cx, port, value);
    } else if (event === CONTROL.PORT_NAME) {
      portName(cx, port, at, portBuffers.get(buffer, 'len'));
    }
  },
);

/** Work of the control queue: handles each message and gives its buffer back. */
export const control_work_handler = blockingStage(
  file,
  'control_work_handler',
  function* (cx: GuestCx, work: WorkStruct): Steps<void> {
    const portdev = work.owner;
    if (!(portdev instanceof PortsDevice) || portdev.c_ivq === undefined) {
      return;
    }
    const { portBuffers } = cx.world.kernel;
    const vq = portdev.c_ivq;
    yield* spin_lock(cx, portdev.c_ivq_lock);
    for (let used = virtqueue_get_buf(cx, vq); used.data !== 0; used = virtqueue_get_buf(cx, vq)) {
      spin_unlock(portdev.c_ivq_lock);
      portBuffers.set(used.data, 'len', Math.min(used.len, portBuffers.get(used.data, 'size')));
      portBuffers.set(used.data, 'offset', 0);
      yield* handle_control_message(cx, portdev, used.data);
      yield* spin_lock(cx, portdev.c_ivq_lock);
      if ((yield* add_inbuf(cx, vq, used.data)) < 0) {
        cx.log('warning', 'guest-error-adding-buffer-to-queue', {});
        free_buf(cx, used.data);
      }
    }
    spin_unlock(portdev.c_ivq_lock);
  },
);

/** Interrupt of the control queue: leaves the messages to the work item. */
export const control_intr = blockingStage(file, 'control_intr', function* (cx: GuestCx, vq: Virtqueue): Steps<void> {
  const portdev = vq.vdev.priv;
  if (portdev instanceof PortsDevice && portdev.control_work !== undefined) {
    schedule_work(cx, portdev.control_work);
  }
  yield* NO_STEPS;
});
