import { gpa } from '../../base/brand.ts';
import { writel } from './arch/io.ts';
import { iowrite8, iowrite16, iowrite32 } from './lib/iomap.ts';
import type { GuestCx, Steps } from './task.ts';
import { to_vp_device } from './virtio/virtio_pci_common/vp_device.ts';
import type { Virtqueue } from './virtio/virtio_ring/virtqueue.ts';
import { VRING_DESC_F_NEXT } from './virtio/virtio_ring/vring.ts';

const ENODEV = 19;
const EINVAL = 22;
const VIRTIO_PCI_QUEUE_NOTIFY = 16;
/** Bytes of an MSI-X table entry, and where its mask bit lies (PCI 3.0, 6.8.2). */
const ENTRY = { size: 16, control: 12 } as const;
/** Bytes of a descriptor, and where its fields lie (virtio 1.2, 2.7.5). */
const DESC = { size: 16, len: 8, flags: 12, next: 14 } as const;

/** A descriptor as somebody lays it out who does not care for the driver's state. */
export interface RawDescriptor {
  readonly bytes: Uint8Array;
  /** Length in bytes; that of `bytes` where left out. */
  readonly length?: number;
  /** Guest-physical address; a fresh page where left out. */
  readonly address?: number;
  readonly flags?: number;
  readonly next?: number;
}

/** What a careless kernel module does to the first console, past its driver. */
export type CarelessAction =
  | { readonly kind: 'register'; readonly offset: number; readonly size: 1 | 2 | 4; readonly value: number }
  | {
      readonly kind: 'post';
      readonly queue: number;
      readonly descriptors: readonly RawDescriptor[];
      readonly head?: number;
      readonly advance?: number;
    }
  | { readonly kind: 'mask'; readonly entry: number; readonly masked: boolean }
  | { readonly kind: 'shrink'; readonly queue: number; readonly length: number };

const ACCESS = { 1: iowrite8, 2: iowrite16, 4: iowrite32 } as const;

/** Lays one descriptor out; where it has no address its bytes go to a fresh page. */
function layOut(cx: GuestCx, vq: Virtqueue, index: number, descriptor: RawDescriptor): void {
  const { mm, ram } = cx.world.kernel;
  const { bytes } = descriptor;
  const length = descriptor.length ?? bytes.length;
  const address = descriptor.address ?? mm.allocPages(Math.max(length, bytes.length, 1));
  if (bytes.length > 0) {
    ram.write(gpa(address), bytes);
  }
  const at = vq.vring.desc + index * DESC.size;
  vq.memory.store64(at, address);
  vq.memory.store32(at + DESC.len, length);
  vq.memory.store16(at + DESC.flags, descriptor.flags ?? 0);
  vq.memory.store16(at + DESC.next, descriptor.next ?? (index + 1) % vq.vring.num);
}

/** Puts descriptors at the end of the table, where an idle driver has none, and their heads into the available ring. */
function post(cx: GuestCx, vq: Virtqueue, action: Extract<CarelessAction, { kind: 'post' }>): void {
  const { num, avail } = vq.vring;
  const first = Math.max(num - action.descriptors.length, 0);
  const idx = vq.memory.load16(avail + 2);
  let chains = 0;
  let startsChain = true;
  for (const [at, descriptor] of action.descriptors.entries()) {
    layOut(cx, vq, first + at, descriptor);
    if (startsChain) {
      vq.memory.store16(avail + 4 + 2 * ((idx + chains) % num), action.head ?? first + at);
      chains++;
    }
    startsChain = ((descriptor.flags ?? 0) & VRING_DESC_F_NEXT) === 0;
  }
  vq.memory.store16(avail + 2, (idx + (action.advance ?? chains)) & 0xffff);
}

/** Gives every descriptor of a queue another length. */
function shrink(vq: Virtqueue, length: number): void {
  for (let index = 0; index < vq.vring.num; index++) {
    vq.memory.store32(vq.vring.desc + index * DESC.size + DESC.len, length);
  }
}

/** Sets or clears the mask bit of a table entry; -EINVAL where MSI-X is off. */
function* mask(cx: GuestCx, table: number, action: Extract<CarelessAction, { kind: 'mask' }>): Steps<number> {
  if (table === 0) {
    return -EINVAL;
  }
  yield* writel(cx, action.masked ? 1 : 0, table + action.entry * ENTRY.size + ENTRY.control);
  return 0;
}

/** Does it in the calling process's context: 0, -ENODEV without a console, -EINVAL without such a queue. */
export function* beCareless(cx: GuestCx, action: CarelessAction): Steps<number> {
  const vdev = cx.world.kernel.pdrvdata.portdevs[0]?.vdev;
  if (vdev === undefined) {
    return -ENODEV;
  }
  const device = to_vp_device(vdev);
  const registers = device.ioaddr.value;
  if (action.kind === 'register') {
    yield* ACCESS[action.size](cx, action.value, registers + action.offset);
    return 0;
  }
  if (action.kind === 'mask') {
    return yield* mask(cx, device.pci_dev.msixTable, action);
  }
  const vq = device.vqs[action.queue]?.vq;
  if (vq === undefined) {
    return -EINVAL;
  }
  if (action.kind === 'shrink') {
    shrink(vq, action.length);
    return 0;
  }
  post(cx, vq, action);
  yield* iowrite16(cx, action.queue, registers + VIRTIO_PCI_QUEUE_NOTIFY);
  return 0;
}
