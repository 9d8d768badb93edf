import { acrnFile, type Stage, stage } from '../stage.ts';
import { pr_err } from './log.ts';
import type { PioRequest } from './main/io-request.ts';
import type { PciVdev } from './pci-core/vdev.ts';
import type { DmCx } from './process.ts';

const file = acrnFile('device-model', 'devicemodel/core/inout.c');

const MAX_IOPORTS = 65536;
/** Ports of one block of the table: a block that one registration owns as a whole takes one entry. */
const BLOCK = 256;
const IOPORT_F_IN = 1;
const IOPORT_F_OUT = 2;

/** `IOPORT_F_INOUT` (devicemodel/include/inout.h). */
export const IOPORT_F_INOUT = IOPORT_F_IN | IOPORT_F_OUT;
const IOPORT_F_DEFAULT = 0x80000000;

/** A handler's result besides its return code: what a read puts into `*eax`. */
export interface PortValue {
  value: number;
}

/** `inout_func_t` */
export type InoutHandler = Stage &
  ((
    cx: DmCx,
    vcpu: number,
    isIn: boolean,
    port: number,
    bytes: number,
    eax: PortValue,
    arg: PciVdev | undefined,
  ) => number);

/** `struct inout_port` */
export interface InoutPort {
  readonly name: string;
  readonly port: number;
  readonly size: number;
  readonly flags: number;
  readonly handler: InoutHandler;
  readonly arg: PciVdev | undefined;
}

/** `inout_handlers[]`: which registration owns each port. Registrations are traced by the stages that make them. */
export class InoutTable {
  readonly #blocks: (InoutPort | readonly (InoutPort | undefined)[] | undefined)[] = new Array<undefined>(
    MAX_IOPORTS / BLOCK,
  ).fill(undefined);

  /** `inout_port_set`: ports that are claimed by INOUT_PORT, which the linker gathers. */
  readonly fixed: InoutPort[] = [];

  /** The registration that owns `port`. */
  owner(port: number): InoutPort | undefined {
    const block = this.#blocks[port >>> 8];
    return isSplit(block) ? block[port % BLOCK] : block;
  }

  /** `iop` owns its ports from here on. */
  claim(iop: InoutPort): void {
    const end = iop.port + iop.size;
    for (let port = iop.port; port < end; ) {
      const [index, first] = [port >>> 8, port % BLOCK];
      const count = Math.min(BLOCK - first, end - port);
      if (count === BLOCK) {
        this.#blocks[index] = iop;
      } else {
        const block = this.#blocks[index];
        const ports = isSplit(block) ? [...block] : new Array<InoutPort | undefined>(BLOCK).fill(block);
        this.#blocks[index] = ports.fill(iop, first, first + count);
      }
      port += count;
    }
  }
}

const isSplit = (
  block: InoutPort | readonly (InoutPort | undefined)[] | undefined,
): block is readonly (InoutPort | undefined)[] => Array.isArray(block);

const validRange = (start: number, size: number): boolean =>
  start < MAX_IOPORTS && size > 0 && start + size <= MAX_IOPORTS;

/** core/inout.c: what a port that nobody claims does. */
export const default_inout = stage(
  file,
  'default_inout',
  (_cx: DmCx, _vcpu: number, isIn: boolean, _port: number, bytes: number, eax: PortValue): number => {
    if (isIn) {
      eax.value = bytes === 1 ? 0xff : bytes === 2 ? 0xffff : 0xffffffff;
    }
    return 0;
  },
);

/** core/inout.c: claims ports for the default handler. */
export const register_default_iohandler = stage(
  file,
  'register_default_iohandler',
  (cx: DmCx, start: number, size: number): void => {
    if (!validRange(start, size)) {
      pr_err(cx, 'invalid-port-range', { port: start, size });
      return;
    }
    const flags = IOPORT_F_INOUT + IOPORT_F_DEFAULT;
    register_inout(cx, { name: 'default', port: start, size, flags, handler: default_inout, arg: undefined });
  },
);

/**
 * core/inout.c: every port to the default handler, and the fixed ones to theirs. Of these only the reset register is
 * emulated, not the keyboard, the RTC and the like.
 */
export const init_inout = stage(file, 'init_inout', (cx: DmCx): void => {
  register_default_iohandler(cx, 0, MAX_IOPORTS);
  for (const port of cx.world.inout.fixed) {
    cx.world.inout.claim(port);
  }
});

/** core/inout.c: claims a range of ports; -1 where one is taken. */
export const register_inout = stage(file, 'register_inout', (cx: DmCx, iop: InoutPort): number => {
  if (!validRange(iop.port, iop.size)) {
    pr_err(cx, 'invalid-port-range', { port: iop.port, size: iop.size });
    return -1;
  }
  const table = cx.world.inout;
  if (iop.flags < IOPORT_F_DEFAULT) {
    for (let port = iop.port; port < iop.port + iop.size; port++) {
      if ((table.owner(port)?.flags ?? 0) < IOPORT_F_DEFAULT) {
        return -1;
      }
    }
  }
  table.claim(iop);
  return 0;
});

/** core/inout.c: gives a range of ports back to the default handler. */
export const unregister_inout = stage(file, 'unregister_inout', (cx: DmCx, port: number, size: number): number => {
  if (!validRange(port, size)) {
    pr_err(cx, 'invalid-port-range', { port, size });
    return -1;
  }
  register_default_iohandler(cx, port, size);
  return 0;
});

/** core/inout.c: a port access of the guest; non-zero where nobody decodes it. */
export const emulate_inout = stage(file, 'emulate_inout', (cx: DmCx, vcpu: number, request: PioRequest): number => {
  const bytes = request.size;
  const port = request.address;
  if (port + bytes - 1 >= MAX_IOPORTS || (bytes !== 1 && bytes !== 2 && bytes !== 4)) {
    return -1;
  }
  const entry = cx.world.inout.owner(port);
  const flags = entry === undefined ? 0 : entry.flags % IOPORT_F_DEFAULT;
  if (entry === undefined || (flags & (request.isRead ? IOPORT_F_IN : IOPORT_F_OUT)) === 0) {
    return -1;
  }
  return cx.ptr('handler', entry.handler)(cx, vcpu, request.isRead, port, bytes, request, entry.arg);
});
