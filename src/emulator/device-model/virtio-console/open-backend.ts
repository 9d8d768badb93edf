import { stage } from '../../stage.ts';
import { bind } from '../callback.ts';
import { close } from '../libc.ts';
import { hazard, pr_err } from '../log.ts';
import { mevent_add } from '../mevent.ts';
import type { DmCx } from '../process.ts';
import { virtio_console_backend_read } from './backend-io.ts';
import { file } from './file.ts';
import type { BeType, ConsoleBackend } from './structs.ts';

const O_RDWR = 2;
const O_WRONLY_CREAT_APPEND = 0x1 | 0x40 | 0x400;
const O_NONBLOCK = 0x800;
const STDIN_FILENO = 0;

/** virtio_console.c: a file takes output only. */
export const virtio_console_backend_can_read = stage(
  file,
  'virtio_console_backend_can_read',
  (_cx: DmCx, type: BeType): boolean => type !== 'file',
);

function openPath(cx: DmCx, path: string, flags: number): number {
  const fd = cx.world.sys.open(cx, path, flags);
  if (fd < 0) {
    pr_err(cx, 'console-open-failed', { path });
  }
  return fd;
}

function openTty(cx: DmCx, path: string): number {
  const fd = openPath(cx, path, O_RDWR | O_NONBLOCK);
  if (fd >= 0 && !cx.world.sys.isatty(fd)) {
    pr_err(cx, 'console-not-a-tty', { path });
    close(cx, fd);
    return -1;
  }
  return fd;
}

function openStdio(cx: DmCx): number {
  const { stdio_in_use } = cx.world.virtio;
  if (stdio_in_use.value !== 0) {
    pr_err(cx, 'console-stdio-in-use');
    return -1;
  }
  stdio_in_use.value = 1;
  return STDIN_FILENO;
}

function orFail(cx: DmCx, fd: number, code: 'console-openpt-failed' | 'console-socket-failed'): number {
  if (fd < 0) {
    pr_err(cx, code, code === 'console-openpt-failed' ? { errno: -fd } : {});
  }
  return fd;
}

/** virtio_console.c: the descriptor of a backend, negative where it cannot be had. */
export const virtio_console_open_backend = stage(
  file,
  'virtio_console_open_backend',
  (cx: DmCx, path: string, type: BeType): number => {
    switch (type) {
      case 'pty':
        return orFail(cx, cx.world.files.openpt(), 'console-openpt-failed');
      case 'stdio':
        return openStdio(cx);
      case 'tty':
        return openTty(cx, path);
      case 'file':
        return openPath(cx, path, O_WRONLY_CREAT_APPEND | O_NONBLOCK);
      default:
        return orFail(cx, cx.world.files.socket(), 'console-socket-failed');
    }
  },
);

const make_socket_non_blocking = stage(file, 'make_socket_non_blocking', (cx: DmCx, fd: number): number => {
  const result = cx.world.files.setNonBlocking(fd);
  if (result < 0) {
    pr_err(cx, 'console-fcntl-get-failed', { errno: -result });
    return -1;
  }
  return 0;
});

/** virtio_console.c: a client came: its connection replaces whatever the port had. */
export const virtio_console_accept_new_connection = stage(
  file,
  'virtio_console_accept_new_connection',
  (cx: DmCx, be: ConsoleBackend): void => {
    const accepted = cx.world.files.accept(be.server_fd.value);
    if (accepted < 0) {
      pr_err(cx, 'console-accept-error', { errno: -accepted, path: be.portpath ?? '' });
      return;
    }
    if (be.conn_evp !== undefined) {
      hazard(cx, 'connection-replaced', { fd: be.fd.value });
    }
    be.fd.value = accepted;
    be.conn_evp = mevent_add(cx, accepted, bind(virtio_console_backend_read, be), undefined);
    if (be.conn_evp === undefined) {
      pr_err(cx, 'console-accept-mevent-failed');
    } else if (make_socket_non_blocking(cx, accepted) === -1) {
      pr_err(cx, 'console-accept-fcntl-failed');
    }
  },
);

function configPty(cx: DmCx, be: ConsoleBackend): number {
  const { files, sys } = cx.world;
  const name = files.ptsname(be.fd.value);
  if (typeof name === 'number') {
    pr_err(cx, 'console-ptsname-failed', { errno: -name });
    return -1;
  }
  const client = sys.open(cx, name, O_RDWR);
  if (client < 0) {
    pr_err(cx, 'console-pts-open-failed', { errno: -client });
    return -1;
  }
  files.makeRaw(client, false);
  be.pts_fd.value = client;
  pr_err(cx, 'console-redirected-frame');
  pr_err(cx, 'console-redirected', { path: name });
  pr_err(cx, 'console-redirected-frame');
  files.setNonBlocking(be.fd.value);
  return 0;
}

function configServer(cx: DmCx, be: ConsoleBackend, path: string): number {
  const { files } = cx.world;
  files.unlink(path);
  const bound = files.bind(be.fd.value, path);
  if (bound < 0) {
    pr_err(cx, 'console-bind-error', { errno: -bound });
    return -1;
  }
  const listening = files.listen(be.fd.value);
  if (listening < 0) {
    pr_err(cx, 'console-listen-error', { errno: -listening });
    return -1;
  }
  if (make_socket_non_blocking(cx, be.fd.value) === -1) {
    pr_err(cx, 'console-fcntl-error');
    return -1;
  }
  return 0;
}

function configClient(cx: DmCx, be: ConsoleBackend, path: string): number {
  const { files } = cx.world;
  if (!files.exists(path)) {
    pr_err(cx, 'console-peer-not-exist', { path });
    return -1;
  }
  const connected = files.connect(be.fd.value, path);
  if (connected < 0) {
    pr_err(cx, 'console-connect-error', { errno: -connected });
  } else if (make_socket_non_blocking(cx, be.fd.value) === -1) {
    pr_err(cx, 'console-fcntl-error');
  }
  return 0;
}

function configSocket(cx: DmCx, be: ConsoleBackend): number {
  if (be.portpath === null) {
    pr_err(cx, 'console-port-path-null');
    return -1;
  }
  // `struct sockaddr_un` holds 107 characters and a NUL.
  const path = be.portpath.slice(0, 107);
  if (be.isServer) {
    return configServer(cx, be, path);
  }
  if (be.isClient) {
    return configClient(cx, be, path);
  }
  pr_err(cx, 'console-socket-type-unknown');
  return -1;
}

/** virtio_console.c: terminals become raw, sockets listen or connect. 0, or -1. */
export const virtio_console_config_backend = stage(
  file,
  'virtio_console_config_backend',
  (cx: DmCx, be: ConsoleBackend): number => {
    if (be.be_type === 'pty') {
      return configPty(cx, be);
    }
    if (be.be_type === 'socket') {
      return configSocket(cx, be);
    }
    if (be.be_type !== 'file') {
      cx.world.files.makeRaw(be.fd.value, true);
    }
    if (be.be_type === 'stdio') {
      cx.world.files.setNonBlocking(be.fd.value);
    }
    return 0;
  },
);
