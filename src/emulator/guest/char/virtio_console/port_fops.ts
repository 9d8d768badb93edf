import { gpa } from '../../../../base/brand.ts';
import { blockingStage, stage } from '../../../stage.ts';
import type { FileOperations, GuestFile, SplicePage } from '../../fs/file.ts';
import { local_irq_save, spin_lock, spin_unlock_irqrestore, waitEvent } from '../../locks.ts';
import { PAGE_SIZE } from '../../mm.ts';
import type { GuestCx, Steps } from '../../task.ts';
import { alloc_buf, discard_port_data, free_buf, port_has_data, reclaim_consumed_buffers } from './buffers.ts';
import { fill_readbuf } from './console.ts';
import { CONTROL, file, is_console_port, PORT_BUFFER, Port, SG_ENTRY } from './port.ts';
import { __send_to_port, send_control_msg } from './send.ts';

const ENXIO = 6;
const ENOMEM = 12;
const EBUSY = 16;
const ENODEV = 19;
/** No more than this goes out in one write(2) (port_fops_write). */
const LARGEST_WRITE = 32 * 1024;

/** Opening a port's own node is for ports without a terminal, and for one opener at a time. */
const port_fops_open = blockingStage(file, 'port_fops_open', function* (cx: GuestCx, filp: GuestFile): Steps<number> {
  const port = filp.node;
  if (!(port instanceof Port) || is_console_port(port)) {
    return -ENXIO;
  }
  filp.private_data = port;
  if (port.guest_connected.value !== 0) {
    return -EBUSY;
  }
  port.guest_connected.value = 1;
  const flags = local_irq_save(cx);
  yield* spin_lock(cx, port.outvq_lock);
  reclaim_consumed_buffers(cx, port);
  yield* spin_unlock_irqrestore(cx, port.outvq_lock, flags);
  yield* send_control_msg(cx, port, CONTROL.PORT_OPEN, 1);
  return 0;
});

const will_write_block = blockingStage(file, 'will_write_block', function* (cx: GuestCx, port: Port): Steps<boolean> {
  if (port.guest_connected.value === 0) {
    return false;
  }
  if (port.host_connected.value === 0) {
    return true;
  }
  const flags = local_irq_save(cx);
  yield* spin_lock(cx, port.outvq_lock);
  reclaim_consumed_buffers(cx, port);
  const full = port.outvq_full.value !== 0;
  yield* spin_unlock_irqrestore(cx, port.outvq_lock, flags);
  return full;
});

const will_read_block = blockingStage(file, 'will_read_block', function* (cx: GuestCx, port: Port): Steps<boolean> {
  if (port.guest_connected.value === 0) {
    return false;
  }
  return !(yield* port_has_data(cx, port)) && port.host_connected.value !== 0;
});

/** Waits until the host is connected and the queue has room. */
const wait_port_writable = blockingStage(
  file,
  'wait_port_writable',
  function* (cx: GuestCx, port: Port): Steps<number> {
    yield* waitEvent(cx, port.waitqueue, 'wait_event_freezable', function* () {
      return !(yield* will_write_block(cx, port));
    });
    return port.guest_connected.value === 0 ? -ENODEV : 0;
  },
);

const port_fops_write = blockingStage(
  file,
  'port_fops_write',
  function* (cx: GuestCx, filp: GuestFile, buffer: number, wanted: number): Steps<number> {
    const port = filp.private_data;
    if (wanted === 0 || !(port instanceof Port)) {
      return wanted === 0 ? 0 : -ENODEV;
    }
    const err = yield* wait_port_writable(cx, port);
    if (err < 0) {
      return err;
    }
    const count = Math.min(wanted, LARGEST_WRITE);
    const copy = alloc_buf(cx, count, 0);
    if (copy === 0) {
      return -ENOMEM;
    }
    const { portBuffers, ram } = cx.world.kernel;
    const address = portBuffers.get(copy, 'buf');
    ram.write(gpa(address), ram.read(gpa(buffer), count));
    const sent = yield* __send_to_port(cx, port, [{ address, length: count }], count, copy, true);
    if (sent <= 0) {
      free_buf(cx, copy);
    }
    return sent;
  },
);

const port_fops_read = blockingStage(
  file,
  'port_fops_read',
  function* (cx: GuestCx, filp: GuestFile, buffer: number, count: number): Steps<number> {
    const port = filp.private_data;
    if (!(port instanceof Port) || port.guest_connected.value === 0) {
      return -ENODEV;
    }
    if (!(yield* port_has_data(cx, port))) {
      if (port.host_connected.value === 0) {
        return 0;
      }
      yield* waitEvent(cx, port.waitqueue, 'wait_event_freezable', function* () {
        return !(yield* will_read_block(cx, port));
      });
    }
    if (port.guest_connected.value === 0) {
      return -ENODEV;
    }
    if (!(yield* port_has_data(cx, port)) && port.host_connected.value === 0) {
      return 0;
    }
    return yield* fill_readbuf(cx, port, buffer, count);
  },
);

/** Puts one page of a pipe into the list: its reference moves, or its bytes are copied to a page of our own. */
const pipe_to_sg = stage(file, 'pipe_to_sg', (cx: GuestCx, page: SplicePage): SplicePage => {
  const { mm, ram } = cx.world.kernel;
  const address = mm.allocPages(PAGE_SIZE);
  ram.write(gpa(address), ram.read(gpa(page.address), page.length));
  return { address, length: page.length };
});

/** Writes the pages of a pipe as one chain: the only way in which this driver makes chains of several descriptors. */
const port_fops_splice_write = blockingStage(
  file,
  'port_fops_splice_write',
  function* (cx: GuestCx, filp: GuestFile, pages: readonly SplicePage[]): Steps<number> {
    const port = filp.private_data;
    if (pages.length === 0 || !(port instanceof Port)) {
      return pages.length === 0 ? 0 : -ENODEV;
    }
    const err = yield* wait_port_writable(cx, port);
    if (err < 0) {
      return err;
    }
    const buffer = alloc_buf(cx, 0, pages.length);
    if (buffer === 0) {
      return -ENOMEM;
    }
    const sg = pages.map((page) => pipe_to_sg(cx, page));
    for (const [index, entry] of sg.entries()) {
      cx.world.kernel.ram.write64(gpa(buffer + PORT_BUFFER.sg + index * SG_ENTRY), entry.address);
    }
    const total = sg.reduce((sum, entry) => sum + entry.length, 0);
    const sent = yield* __send_to_port(cx, port, sg, total, buffer, true);
    if (sent <= 0) {
      free_buf(cx, buffer);
    }
    return sent;
  },
);

/** The last descriptor was closed: the host is told, unread input goes back. */
const port_fops_release = blockingStage(
  file,
  'port_fops_release',
  function* (cx: GuestCx, filp: GuestFile): Steps<number> {
    const port = filp.private_data;
    if (!(port instanceof Port)) {
      return 0;
    }
    yield* send_control_msg(cx, port, CONTROL.PORT_OPEN, 0);
    const flags = local_irq_save(cx);
    yield* spin_lock(cx, port.inbuf_lock);
    port.guest_connected.value = 0;
    yield* discard_port_data(cx, port);
    yield* spin_unlock_irqrestore(cx, port.inbuf_lock, flags);
    const outFlags = local_irq_save(cx);
    yield* spin_lock(cx, port.outvq_lock);
    reclaim_consumed_buffers(cx, port);
    yield* spin_unlock_irqrestore(cx, port.outvq_lock, outFlags);
    return 0;
  },
);

/** File operations of /dev/vportNpM. */
export const port_fops: FileOperations = {
  open: port_fops_open,
  write: port_fops_write,
  read: port_fops_read,
  splice_write: port_fops_splice_write,
  release: port_fops_release,
};
