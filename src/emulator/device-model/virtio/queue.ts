import { type Gpa, gpa } from '../../../base/brand.ts';
import { stage } from '../../stage.ts';
import { hazard, pr_err } from '../log.ts';
import { paddr_guest2host } from '../main/guest-memory.ts';
import { type DmCx, NULL } from '../process.ts';
import { file } from './file.ts';
import { vq_interrupt } from './inline.ts';
import {
  BACKEND_VBSU,
  FEATURE,
  type VirtioBase,
  type VirtioVqInfo,
  VRING_AVAIL_F_NO_INTERRUPT,
  VRING_DESC_F,
  VRING_USED_F_NO_NOTIFY,
  vopsOf,
} from './structs.ts';

/** `VQ_MAX_DESCRIPTORS` */
const VQ_MAX_DESCRIPTORS = 512;

/** `struct iovec`: guest memory as a pointer and its length. */
export interface Iovec {
  base: number;
  len: number;
}

/** What `vq_getchain` fills: the head's index and the buffers. */
export interface Chain {
  idx: number;
  readonly iov: Iovec[];
}

/** Whether feature bit `bit` is in a feature set of up to 53 bits. */
export const hasFeature = (features: number, bit: number): boolean =>
  bit < 32 ? ((features >>> bit) & 1) === 1 : ((Math.floor(features / 0x1_0000_0000) >>> (bit - 32)) & 1) === 1;

/** Fields of the descriptor at a pointer: addr u64, len u32, flags u16, next u16 (virtio 1.2, 2.7.5). */
const flagsOf = (cx: DmCx, desc: number): number => cx.world.guestRam.read16(gpa(desc + 12));
const nextOf = (cx: DmCx, desc: number): number => cx.world.guestRam.read16(gpa(desc + 14));
const lenOf = (cx: DmCx, desc: number): number => cx.world.guestRam.read32(gpa(desc + 8));
const addrOf = (cx: DmCx, desc: number): number => cx.world.guestRam.read64(gpa(desc));

/** virtio.c: records the i-th real descriptor; -1 where there is no room for it or it is not in guest RAM. */
const _vq_record = stage(
  file,
  '_vq_record',
  (cx: DmCx, i: number, desc: number, chain: Chain, n_iov: number): number => {
    if (i >= n_iov) {
      return -1;
    }
    const base = paddr_guest2host(cx, addrOf(cx, desc), lenOf(cx, desc));
    if (base === NULL) {
      return -1;
    }
    const iov = chain.iov[i];
    if (iov !== undefined) {
      iov.base = base;
      iov.len = lenOf(cx, desc);
    }
    return 0;
  },
);

/** Walks an indirect table; the new count of descriptors, -1 with a line logged, or -2 where it never ends. */
function indirect(cx: DmCx, vq: VirtioVqInfo, vdir: number, count: number, chain: Chain, n_iov: number): number {
  const device = vopsOf(vq.base).name;
  const length = lenOf(cx, vdir);
  const n_indir = Math.floor(length / 16);
  if (length % 16 !== 0 || n_indir === 0) {
    pr_err(cx, 'invalid-indirect-length', { device, length });
    return -1;
  }
  const vindir = paddr_guest2host(cx, addrOf(cx, vdir), length);
  if (vindir === NULL) {
    pr_err(cx, 'cannot-get-host-memory', { device });
    return -1;
  }
  let i = count;
  for (let next = 0; ; ) {
    const vp = vindir + 16 * next;
    if ((flagsOf(cx, vp) & VRING_DESC_F.INDIRECT) !== 0) {
      pr_err(cx, 'nested-indirect', { device });
      return -1;
    }
    if (_vq_record(cx, i, vp, chain, n_iov) !== 0) {
      pr_err(cx, 'mapping-to-host-failed', { device });
      return -1;
    }
    if (++i > VQ_MAX_DESCRIPTORS) {
      return loopy(cx, vq, i);
    }
    if ((flagsOf(cx, vp) & VRING_DESC_F.NEXT) === 0) {
      return i;
    }
    next = nextOf(cx, vp);
    if (next >= n_indir) {
      pr_err(cx, 'invalid-next', { device, next, entries: n_indir });
      return -1;
    }
  }
}

function loopy(cx: DmCx, vq: VirtioVqInfo, count: number): number {
  pr_err(cx, 'descriptor-loop', { device: vopsOf(vq.base).name, count });
  return -1;
}

/** One descriptor of the ring itself; the new count, or -1. */
function direct(cx: DmCx, vq: VirtioVqInfo, vdir: number, count: number, chain: Chain, n_iov: number): number {
  const device = vopsOf(vq.base).name;
  if ((flagsOf(cx, vdir) & VRING_DESC_F.INDIRECT) === 0) {
    if (_vq_record(cx, count, vdir, chain, n_iov) !== 0) {
      pr_err(cx, 'mapping-to-host-failed', { device });
      return -1;
    }
    return count + 1;
  }
  if (!hasFeature(vq.base.device_caps.value, FEATURE.INDIRECT_DESC)) {
    pr_err(cx, 'forbidden-indirect', { device });
    return -1;
  }
  return indirect(cx, vq, vdir, count, chain, n_iov);
}

function walk(cx: DmCx, vq: VirtioVqInfo, head: number, chain: Chain, n_iov: number): number {
  let i = 0;
  for (let next = head; i < VQ_MAX_DESCRIPTORS; ) {
    if (next >= vq.qsize.value) {
      pr_err(cx, 'descriptor-index-out-of-range', { device: vopsOf(vq.base).name, next });
      return -1;
    }
    const vdir = vq.desc.value + 16 * next;
    i = direct(cx, vq, vdir, i, chain, n_iov);
    if (i < 0 || (flagsOf(cx, vdir) & VRING_DESC_F.NEXT) === 0) {
      return i;
    }
    next = nextOf(cx, vdir);
  }
  return loopy(cx, vq, i);
}

/**
 * virtio.c: takes the next chain from the avail ring (virtio 1.2, 2.7.13): number of its descriptors, 0 where there is none,
 * -1 on an error, which loses the chain for good.
 */
export const vq_getchain = stage(
  file,
  'vq_getchain',
  (cx: DmCx, vq: VirtioVqInfo, chain: Chain, n_iov: number): number => {
    const ram = cx.world.guestRam;
    const idx = vq.last_avail.value;
    const ndesc = (ram.read16(gpa(vq.avail.value + 2)) - idx) & 0xffff;
    if (ndesc === 0) {
      return 0;
    }
    if (ndesc > vq.qsize.value) {
      pr_err(cx, 'ndesc-out-of-range', { device: vopsOf(vq.base).name, ndesc });
      return -1;
    }
    const head = ram.read16(gpa(vq.avail.value + 4 + 2 * (idx & (vq.qsize.value - 1))));
    chain.idx = head;
    vq.last_avail.value = (idx + 1) & 0xffff;
    const count = walk(cx, vq, head, chain, n_iov);
    if (count < 0) {
      hazard(cx, 'descriptor-lost', { queue: vq.num, head });
    }
    return count;
  },
);

/**
 * Notes that the head of a chain just taken goes the other way than the queue (virtio 1.2, 2.7.5.1: a device must not write
 * to a device-readable buffer, nor read a device-writable one): acrn-dm never looks at the flag.
 */
export function noteDirection(cx: DmCx, vq: VirtioVqInfo, head: number, deviceWrites: boolean): void {
  if (((flagsOf(cx, vq.desc.value + 16 * head) & VRING_DESC_F.WRITE) !== 0) !== deviceWrites) {
    hazard(cx, 'buffer-direction-ignored', { queue: vq.num, head });
  }
}

/** virtio.c: puts the chain just taken back. */
export const vq_retchain = stage(file, 'vq_retchain', (_cx: DmCx, vq: VirtioVqInfo): void => {
  vq.last_avail.value = (vq.last_avail.value - 1) & 0xffff;
});

/** virtio.c: returns a chain in the used ring (virtio 1.2, 2.7.8); the index is the guest's own copy. */
export const vq_relchain = stage(
  file,
  'vq_relchain',
  (cx: DmCx, vq: VirtioVqInfo, idx: number, iolen: number): void => {
    const ram = cx.world.guestRam;
    const used = vq.used.value;
    const uidx = ram.read16(gpa(used + 2));
    if (uidx !== vq.ownUsed) {
      hazard(cx, 'used-index-moved', { queue: vq.num, expected: vq.ownUsed, found: uidx });
    }
    vq.ownUsed = (uidx + 1) & 0xffff;
    const element = used + 4 + 8 * (uidx & (vq.qsize.value - 1));
    ram.write32(gpa(element), idx);
    ram.write32(gpa(element + 4), iolen >>> 0);
    cx.hop('shared_memory', 'vuh->idx = uidx');
    ram.write16(gpa(used + 2), (uidx + 1) & 0xffff);
  },
);

function wantsInterrupt(cx: DmCx, vq: VirtioVqInfo, usedAllAvail: boolean, newIdx: number, oldIdx: number): boolean {
  const ram = cx.world.guestRam;
  const negotiated = vq.base.negotiated_caps.value;
  if (usedAllAvail && hasFeature(negotiated, FEATURE.NOTIFY_ON_EMPTY)) {
    return true;
  }
  if (hasFeature(negotiated, FEATURE.EVENT_IDX)) {
    const event = ram.read16(gpa(vq.avail.value + 4 + 2 * vq.qsize.value));
    return ((newIdx - event - 1) & 0xffff) < ((newIdx - oldIdx) & 0xffff);
  }
  return newIdx !== oldIdx && (ram.read16(vq.avail.value as Gpa) & VRING_AVAIL_F_NO_INTERRUPT) === 0;
}

/** virtio.c: interrupts the guest where used buffers were added and it wants to know (virtio 1.2, 2.7.7). */
export const vq_endchains = stage(file, 'vq_endchains', (cx: DmCx, vq: VirtioVqInfo, usedAllAvail: boolean): void => {
  if (vq.used.value === NULL) {
    return;
  }
  const oldIdx = vq.save_used.value;
  const newIdx = cx.world.guestRam.read16(gpa(vq.used.value + 2));
  vq.save_used.value = newIdx;
  if (wantsInterrupt(cx, vq, usedAllAvail, newIdx, oldIdx)) {
    if (vq.flags.value === 0) {
      hazard(cx, 'spurious-interrupt', { queue: vq.num });
    }
    vq_interrupt(cx, vq.base, vq);
  }
});

/** virtio.c: lets the guest notify again, except in polling mode. */
export const vq_clear_used_ring_flags = stage(
  file,
  'vq_clear_used_ring_flags',
  (cx: DmCx, base: VirtioBase, vq: VirtioVqInfo): void => {
    const polling = cx.world.virtio.poll_enabled.value !== 0 && base.polling_in_progress.value === 1;
    if (polling && base.backend_type.value === BACKEND_VBSU) {
      return;
    }
    const ram = cx.world.guestRam;
    const at = vq.used.value as Gpa;
    ram.write16(at, ram.read16(at) & ~VRING_USED_F_NO_NOTIFY);
  },
);
