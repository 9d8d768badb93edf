/** Flags of an ioeventfd (include/uapi/linux/acrn.h). */
const FLAG = { DATAMATCH: 2, DEASSIGN: 4 } as const;

/** One registration as the ioctl passed it. */
export interface IoeventfdChange {
  readonly kind: 'assign' | 'deassign';
  readonly flags: number;
  readonly addr: number;
  readonly len: number;
  readonly data: number;
  readonly fd: number;
}

/** What the HSM does with a port access (drivers/virt/acrn/ioreq.c, ioeventfd.c). */
export type HsmAnswer =
  | { readonly route: 'device-model' }
  | { readonly route: 'ioeventfd'; readonly fd: number }
  | { readonly route: 'hsm_dropped' }
  | { readonly route: 'hsm_read0' };

/** Ioeventfds of the VM: an access inside a registered range never reaches the device model, matched or not. */
export class IoeventfdTable {
  readonly #registered: IoeventfdChange[] = [];

  /** The ioctl: adds or removes; returns what it asked for. */
  change(argument: Uint8Array): IoeventfdChange {
    const view = new DataView(argument.buffer, argument.byteOffset);
    const flags = view.getUint32(4, true);
    const change: IoeventfdChange = {
      kind: (flags & FLAG.DEASSIGN) === 0 ? 'assign' : 'deassign',
      flags,
      addr: view.getUint32(8, true) + view.getUint32(12, true) * 0x1_0000_0000,
      len: view.getUint32(16, true),
      data: view.getUint32(24, true),
      fd: view.getInt32(0, true),
    };
    if (change.kind === 'assign') {
      this.#registered.push(change);
    } else {
      const at = this.#registered.findIndex((one) => one.fd === change.fd);
      this.#registered.splice(at, at < 0 ? 0 : 1);
    }
    return change;
  }

  /** Where a port access of the guest goes. */
  dispatch(port: number, size: number, isRead: boolean, value: number): HsmAnswer {
    const inside = this.#registered.some((one) => port >= one.addr && port + size <= one.addr + one.len);
    if (!inside) {
      return { route: 'device-model' };
    }
    if (isRead) {
      return { route: 'hsm_read0' };
    }
    const match = this.#registered.find(
      (one) => one.addr === port && one.len >= size && ((one.flags & FLAG.DATAMATCH) === 0 || one.data === value),
    );
    return match === undefined ? { route: 'hsm_dropped' } : { route: 'ioeventfd', fd: match.fd };
  }
}
