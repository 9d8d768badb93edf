import { stage } from '../../stage.ts';
import { close } from '../libc.ts';
import { mevent_delete } from '../mevent.ts';
import type { PciVdev } from '../pci-core/vdev.ts';
import type { DmCx } from '../process.ts';
import { virtio_console_socket_clear } from './backend-io.ts';
import { file } from './file.ts';
import { virtio_console_reset } from './ports.ts';
import type { ConsoleBackend, ConsolePort, VirtioConsole } from './structs.ts';

const virtio_console_restore_stdio = stage(file, 'virtio_console_restore_stdio', (cx: DmCx): void => {
  cx.world.virtio.stdio_in_use.value = 0;
});

function clearPort(port: ConsolePort): void {
  for (const cell of [port.id, port.enabled, port.is_console, port.rx_ready, port.open, port.rxq, port.txq]) {
    cell.value = 0;
  }
  port.cb.value = undefined;
  port.console = undefined;
  port.name = '';
  port.arg = undefined;
}

function closeServer(cx: DmCx, be: ConsoleBackend): void {
  virtio_console_socket_clear(cx, be);
  if (be.server_fd.value > 0) {
    close(cx, be.server_fd.value);
    be.server_fd.value = -1;
  }
}

const virtio_console_close_backend = stage(
  file,
  'virtio_console_close_backend',
  (cx: DmCx, be: ConsoleBackend): void => {
    if (be.be_type === 'pty' && be.pts_fd.value > 0) {
      close(cx, be.pts_fd.value);
      be.pts_fd.value = -1;
    } else if (be.be_type === 'stdio') {
      virtio_console_restore_stdio(cx);
    } else if (be.isServer) {
      closeServer(cx, be);
    }
    if (be.be_type !== 'stdio' && be.fd.value > 0) {
      close(cx, be.fd.value);
      be.fd.value = -1;
    }
    if (be.port !== undefined) {
      clearPort(be.port);
    }
  },
);

const virtio_console_destroy = stage(file, 'virtio_console_destroy', (cx: DmCx, console: VirtioConsole): void => {
  virtio_console_reset(cx, console);
});

/** virtio_console.c: runs on the dispatcher's thread when a backend's event is deleted; the last one frees the device. */
export const virtio_console_teardown_backend = stage(
  file,
  'virtio_console_teardown_backend',
  (cx: DmCx, be: ConsoleBackend): void => {
    const console = be.port?.console;
    virtio_console_close_backend(cx, be);
    if (console !== undefined) {
      console.ref_count.value -= 1;
      if (console.ref_count.value === 0) {
        virtio_console_destroy(cx, console);
      }
    }
  },
);

const virtio_console_close_all = stage(
  file,
  'virtio_console_close_all',
  (cx: DmCx, console: VirtioConsole): boolean => {
    let later = false;
    const count = console.nports.value;
    const ports = console.ports.slice(0, count);
    for (const port of ports) {
      if (port.enabled.value !== 0 && port.arg !== undefined && port.arg.evp === undefined) {
        virtio_console_close_backend(cx, port.arg);
      }
    }
    for (const port of ports) {
      const evp = port.arg?.evp;
      if (port.enabled.value !== 0 && evp !== undefined) {
        mevent_delete(cx, evp);
        later = true;
      }
    }
    return later;
  },
);

/** virtio_console.c: takes the device down; backends with an event go later, on the dispatcher's thread. */
export const virtio_console_deinit = stage(file, 'virtio_console_deinit', (cx: DmCx, dev: PciVdev): void => {
  const console = dev.arg?.vdev;
  if (console !== undefined && !virtio_console_close_all(cx, console)) {
    virtio_console_destroy(cx, console);
  }
});
