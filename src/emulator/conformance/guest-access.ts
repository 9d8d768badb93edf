import { emulate_inout } from '../device-model/inout.ts';
import { emulate_pci_cfgrw } from '../device-model/pci-core/config.ts';
import type { PciVdev } from '../device-model/pci-core/vdev.ts';
import { virtio_pci_read, virtio_pci_write } from '../device-model/virtio/dispatch.ts';
import type { Out, RecordedOp } from './document.ts';
import type { Player } from './player.ts';

const SLOT = { bus: 0, dev: 4, func: 0 } as const;
const ACCESSES: ReadonlySet<string> = new Set([
  'pio_write',
  'pio_read',
  'bar_write',
  'bar_read',
  'pci_cfg_write',
  'pci_cfg_read',
]);

/** Whether an operation is an access by the guest's processor. */
export const isGuestAccess = (op: RecordedOp): boolean => ACCESSES.has(op.op);

const writtenOf = (op: RecordedOp): number => (typeof op.value === 'number' ? op.value : 0);

/** Low bytes of a value by size of the access; sizes no processor has keep all. */
const masked = (value: number, size: number): number => (size === 1 || size === 2 ? value % 2 ** (8 * size) : value);

/** Makes the access as the recorder does: ports of a real size through `emulate_inout`, others straight to the device. */
export function guestAccess(player: Player, op: RecordedOp): Out {
  const { device } = player;
  const [offset, size] = [op.offset ?? 0, op.size ?? 0];
  if (device === undefined) {
    return {};
  }
  if (op.op.startsWith('pci_cfg')) {
    return configAccess(player, op, offset, size);
  }
  const isRead = op.op.endsWith('_read');
  const bar = op.op.startsWith('bar') ? (op.bar ?? 0) : 0;
  if (op.op.startsWith('pio') && (size === 1 || size === 2 || size === 4)) {
    return portAccess(player, device, offset, size, isRead ? undefined : writtenOf(op));
  }
  if (isRead) {
    return { value: masked(virtio_pci_read(player.vcpu, 0, device, bar, offset, size), size), route: 'direct' };
  }
  virtio_pci_write(player.vcpu, 0, device, bar, offset, size, writtenOf(op));
  return { route: 'direct' };
}

function configAccess(player: Player, op: RecordedOp, offset: number, size: number): Out {
  const isRead = op.op === 'pci_cfg_read';
  const eax = { value: isRead ? 0 : writtenOf(op) };
  emulate_pci_cfgrw(player.vcpu, isRead, SLOT, offset, size, eax);
  return isRead ? { value: masked(eax.value, size) } : {};
}

/** A port access; `written` undefined for a read. */
function portAccess(player: Player, device: PciVdev, offset: number, size: number, written: number | undefined): Out {
  const { kernel, vcpu } = player;
  const port = (device.bar[0]?.addr.value ?? 0) + offset;
  const isRead = written === undefined;
  const answer = kernel.ioeventfds.dispatch(port, size, isRead, written ?? 0);
  if (answer.route !== 'device-model') {
    if (answer.route === 'ioeventfd') {
      kernel.signal(answer.fd);
    }
    return isRead ? { value: 0, route: answer.route } : { route: answer.route };
  }
  const request = { isRead, address: port, size, value: written ?? 0 };
  const rc = emulate_inout(vcpu, 0, request);
  return {
    ...(isRead ? { value: masked(request.value, size) } : {}),
    ...(rc === 0 ? {} : { rc }),
    route: 'emulate_inout',
  };
}
