import { stage } from '../../stage.ts';
import { bind } from '../callback.ts';
import { close } from '../libc.ts';
import { pr_err } from '../log.ts';
import { mevent_add } from '../mevent.ts';
import type { DmCx } from '../process.ts';
import { virtio_console_backend_read, virtio_console_backend_write } from './backend-io.ts';
import { virtio_console_open_port } from './control.ts';
import { file } from './file.ts';
import {
  virtio_console_accept_new_connection,
  virtio_console_backend_can_read,
  virtio_console_config_backend,
  virtio_console_open_backend,
} from './open-backend.ts';
import { virtio_console_add_port } from './ports.ts';
import { type BackendOptions, BE_TYPES, type BeType, ConsoleBackend, type VirtioConsole } from './structs.ts';
import { virtio_console_teardown_backend } from './teardown.ts';

const STDIN_FILENO = 0;

const virtio_console_get_be_type = stage(
  file,
  'virtio_console_get_be_type',
  (_cx: DmCx, name: string): BeType | undefined => BE_TYPES.find((type) => type === name.toLowerCase()),
);

/** `strsep`: text before the first separator, and what comes after it (null where there is none). */
function strsep(text: string, separator: string): readonly [string, string | null] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

/** `portname[=portpath][:socket_type]`; a socket type only for sockets, and only behind a path. */
function parseName(rest: string, type: BeType): BackendOptions {
  const [portname, path] = strsep(rest, '=');
  if (type !== 'socket' || path === null) {
    return { portname, portpath: path, socket_type: null };
  }
  const [portpath, socket_type] = strsep(path, ':');
  return { portname, portpath, socket_type };
}

const needsPath = (type: BeType): boolean => type === 'tty' || type === 'file';

interface Parsed {
  readonly type: BeType;
  readonly isConsole: boolean;
  readonly options: BackendOptions;
}

/** One `[@]backend:portname...`; undefined with a line logged where it is wrong. */
function parse(cx: DmCx, opt: string): Parsed | undefined {
  const [kind, rest] = strsep(opt, ':');
  const isConsole = kind.startsWith('@');
  const name = isConsole ? kind.slice(1) : kind;
  const type = virtio_console_get_be_type(cx, name);
  if (type === undefined) {
    pr_err(cx, 'console-invalid-backend', { backend: name });
    return undefined;
  }
  if (rest === null) {
    pr_err(cx, 'console-configure-port-name');
    return undefined;
  }
  const options = parseName(rest, type);
  if (options.portpath === null && needsPath(type)) {
    pr_err(cx, 'console-port-path-missing', { port: options.portname });
    return undefined;
  }
  return { type, isConsole, options };
}

/** Watches the backend for input where it can have any; false where epoll refuses. */
function watch(cx: DmCx, console: VirtioConsole, be: ConsoleBackend, fd: number): boolean {
  const readable = be.isServer || cx.world.sys.isatty(fd) || be.isClient;
  if (!readable) {
    return true;
  }
  const run = be.isServer ? bind(virtio_console_accept_new_connection, be) : bind(virtio_console_backend_read, be);
  be.evp = mevent_add(cx, fd, run, bind(virtio_console_teardown_backend, be));
  if (be.evp === undefined) {
    pr_err(cx, 'console-mevent-failed');
    return false;
  }
  console.ref_count.value += 1;
  return true;
}

function joinPort(cx: DmCx, console: VirtioConsole, be: ConsoleBackend, fd: number, parsed: Parsed): boolean {
  if (virtio_console_config_backend(cx, be) < 0) {
    pr_err(cx, 'console-config-backend-failed');
    return false;
  }
  const { portname } = parsed.options;
  be.port = virtio_console_add_port(cx, console, portname, virtio_console_backend_write, be, parsed.isConsole);
  if (be.port === undefined) {
    pr_err(cx, 'console-add-port-failed');
    return false;
  }
  return !virtio_console_backend_can_read(cx, parsed.type) || watch(cx, console, be, fd);
}

function undo(cx: DmCx, be: ConsoleBackend, fd: number): void {
  if (be.port !== undefined) {
    be.port.enabled.value = 0;
    be.port.arg = undefined;
  }
  if (be.be_type === 'pty' && be.pts_fd.value > 0) {
    close(cx, be.pts_fd.value);
  }
  if (fd !== STDIN_FILENO) {
    close(cx, fd);
  }
}

const virtio_console_add_backend = stage(
  file,
  'virtio_console_add_backend',
  (cx: DmCx, console: VirtioConsole, opt: string): number => {
    const parsed = parse(cx, opt);
    if (parsed === undefined) {
      return -1;
    }
    const fd = virtio_console_open_backend(cx, parsed.options.portpath ?? '', parsed.type);
    if (fd < 0) {
      return -1;
    }
    const be = new ConsoleBackend(
      cx.world.cells,
      `console.backends[${console.backends++}]`,
      fd,
      parsed.type,
      parsed.options,
    );
    if (!joinPort(cx, console, be, fd, parsed) || be.port === undefined) {
      undo(cx, be, fd);
      return -1;
    }
    virtio_console_open_port(cx, console, be.port);
    be.open.value = 1;
    return 0;
  },
);

/** virtio_console.c: every backend of the option string, in order; -1 at the first that fails. */
export const virtio_console_add_backends = stage(
  file,
  'virtio_console_add_backends',
  (cx: DmCx, console: VirtioConsole, opts: string): number => {
    for (const opt of opts.split(',')) {
      if (virtio_console_add_backend(cx, console, opt) !== 0) {
        return -1;
      }
    }
    return 0;
  },
);
