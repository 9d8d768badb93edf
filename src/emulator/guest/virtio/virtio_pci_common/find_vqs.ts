import { blockingStage } from '../../../stage.ts';
import { local_irq_save, spin_lock, spin_unlock_irqrestore } from '../../locks.ts';
import { free_intx_irq, request_intx_irq } from '../../pci/intx.ts';
import { free_msix_irq, pci_alloc_msix_vectors, pci_free_irq_vectors, request_msix_irq } from '../../pci/msi.ts';
import type { GuestCx, Steps } from '../../task.ts';
import type { VirtioDevice, VirtqueueInfo } from '../device.ts';
import { vring_interrupt } from '../virtio_ring/generic.ts';
import type { Virtqueue } from '../virtio_ring/virtqueue.ts';
import { vp_config_changed, vp_interrupt, vp_vring_interrupt } from './interrupts.ts';
import {
  file,
  to_vp_device,
  VIRTIO_MSI_NO_VECTOR,
  type VirtioPciDevice,
  VP_MSIX_CONFIG_VECTOR,
  VP_MSIX_VQ_VECTOR,
} from './vp_device.ts';

const EBUSY = 16;

/** Which queues get a vector of their own (`enum vp_vq_vector_policy`). */
type VectorPolicy = 'each' | 'shared-slow' | 'shared';

const vp_request_msix_vectors = blockingStage(
  file,
  'vp_request_msix_vectors',
  function* (cx: GuestCx, vpDev: VirtioPciDevice, count: number, perQueue: boolean): Steps<number> {
    vpDev.msix_vectors.value = count;
    const pciDev = vpDev.pci_dev;
    let err = yield* pci_alloc_msix_vectors(cx, pciDev, count);
    if (err < 0) {
      return err;
    }
    vpDev.msix_enabled.value = 1;
    err = yield* request_msix_irq(cx, pciDev, VP_MSIX_CONFIG_VECTOR, 'config', vp_config_changed, vpDev);
    if (err < 0) {
      return err;
    }
    vpDev.msix_used_vectors.value++;
    const set = yield* cx.ptr('vp_dev->config_vector', vpDev.config_vector.value)(cx, vpDev, VP_MSIX_CONFIG_VECTOR);
    if (set === VIRTIO_MSI_NO_VECTOR) {
      return -EBUSY;
    }
    if (!perQueue) {
      err = yield* request_msix_irq(cx, pciDev, VP_MSIX_VQ_VECTOR, 'virtqueues', vp_vring_interrupt, vpDev);
      if (err < 0) {
        return err;
      }
      vpDev.msix_used_vectors.value++;
    }
    return 0;
  },
);

const vp_setup_vq = blockingStage(
  file,
  'vp_setup_vq',
  function* (
    cx: GuestCx,
    vpDev: VirtioPciDevice,
    index: number,
    info: VirtqueueInfo,
    msix_vec: number,
  ): Steps<Virtqueue | number> {
    const setup = { index, callback: info.callback, name: info.name, msix_vec };
    const vq = yield* cx.ptr('vp_dev->setup_vq', vpDev.setup_vq.value)(cx, vpDev, setup);
    if (typeof vq === 'number') {
      return vq;
    }
    const active = { vq, msix_vector: msix_vec };
    vpDev.vqs[index] = active;
    if (info.callback !== undefined) {
      const flags = local_irq_save(cx);
      yield* spin_lock(cx, vpDev.lock);
      vpDev.virtqueues.unshift(active);
      yield* spin_unlock_irqrestore(cx, vpDev.lock, flags);
    }
    return vq;
  },
);

/** Frees all queues and interrupts. */
export const vp_del_vqs = blockingStage(file, 'vp_del_vqs', function* (cx: GuestCx, vdev: VirtioDevice): Steps<void> {
  const vpDev = to_vp_device(vdev);
  for (const info of vpDev.vqs) {
    if (vpDev.per_vq_vectors.value !== 0 && info.msix_vector !== VIRTIO_MSI_NO_VECTOR) {
      yield* free_msix_irq(cx, vpDev.pci_dev, info.msix_vector, info.vq);
    }
    const at = vpDev.virtqueues.indexOf(info);
    if (at >= 0) {
      vpDev.virtqueues.splice(at, 1);
    }
    yield* cx.ptr('vp_dev->del_vq', vpDev.del_vq.value)(cx, vpDev, info);
  }
  vpDev.vqs = [];
  vpDev.per_vq_vectors.value = 0;
  if (vpDev.intx_enabled.value !== 0) {
    free_intx_irq(cx, vpDev.pci_dev, vpDev);
    vpDev.intx_enabled.value = 0;
  }
  for (let i = 0; i < vpDev.msix_used_vectors.value; i++) {
    yield* free_msix_irq(cx, vpDev.pci_dev, i, vpDev);
  }
  if (vpDev.msix_enabled.value !== 0) {
    yield* cx.ptr('vp_dev->config_vector', vpDev.config_vector.value)(cx, vpDev, VIRTIO_MSI_NO_VECTOR);
    yield* pci_free_irq_vectors(cx, vpDev.pci_dev);
    vpDev.msix_enabled.value = 0;
  }
  vpDev.msix_vectors.value = 0;
  vpDev.msix_used_vectors.value = 0;
});

const vp_find_one_vq_msix = blockingStage(
  file,
  'vp_find_one_vq_msix',
  function* (
    cx: GuestCx,
    vpDev: VirtioPciDevice,
    index: number,
    info: VirtqueueInfo,
    nextVector: number,
    policy: VectorPolicy,
  ): Steps<Virtqueue | number> {
    const own = policy !== 'shared';
    const vector = info.callback === undefined ? VIRTIO_MSI_NO_VECTOR : own ? nextVector : VP_MSIX_VQ_VECTOR;
    const vq = yield* vp_setup_vq(cx, vpDev, index, info, vector);
    if (typeof vq === 'number' || !own || vector === VIRTIO_MSI_NO_VECTOR) {
      return vq;
    }
    const err = yield* request_msix_irq(cx, vpDev.pci_dev, vector, info.name, vring_interrupt, vq);
    return err < 0 ? err : vq;
  },
);

/** Finds all queues under one policy; the queues so far are dropped where one fails. */
const vp_find_vqs_msix = blockingStage(
  file,
  'vp_find_vqs_msix',
  function* (
    cx: GuestCx,
    vdev: VirtioDevice,
    infos: readonly VirtqueueInfo[],
    policy: VectorPolicy,
  ): Steps<readonly Virtqueue[] | number> {
    const vpDev = to_vp_device(vdev);
    const perQueue = policy !== 'shared';
    const wanted = perQueue ? 1 + infos.filter((info) => info.callback !== undefined).length : 2;
    const err = yield* vp_request_msix_vectors(cx, vpDev, wanted, perQueue);
    if (err < 0) {
      yield* vp_del_vqs(cx, vdev);
      return err;
    }
    vpDev.per_vq_vectors.value = perQueue ? 1 : 0;
    let nextVector = vpDev.msix_used_vectors.value;
    const vqs: Virtqueue[] = [];
    for (const [index, info] of infos.entries()) {
      const vq = yield* vp_find_one_vq_msix(cx, vpDev, index, info, nextVector, policy);
      if (typeof vq === 'number') {
        yield* vp_del_vqs(cx, vdev);
        return vq;
      }
      nextVector += perQueue && info.callback !== undefined ? 1 : 0;
      vqs.push(vq);
    }
    return vqs;
  },
);

const vp_find_vqs_intx = blockingStage(
  file,
  'vp_find_vqs_intx',
  function* (cx: GuestCx, vdev: VirtioDevice, infos: readonly VirtqueueInfo[]): Steps<readonly Virtqueue[] | number> {
    const vpDev = to_vp_device(vdev);
    const err = yield* request_intx_irq(cx, vpDev.pci_dev, vdev.name, vp_interrupt, vpDev);
    if (err < 0) {
      yield* vp_del_vqs(cx, vdev);
      return err;
    }
    vpDev.intx_enabled.value = 1;
    vpDev.per_vq_vectors.value = 0;
    const vqs: Virtqueue[] = [];
    for (const [index, info] of infos.entries()) {
      const vq = yield* vp_setup_vq(cx, vpDev, index, info, VIRTIO_MSI_NO_VECTOR);
      if (typeof vq === 'number') {
        yield* vp_del_vqs(cx, vdev);
        return vq;
      }
      vqs.push(vq);
    }
    return vqs;
  },
);

/** Finds a driver's queues: a vector for each, else one for all, else the interrupt line. */
export const vp_find_vqs = blockingStage(
  file,
  'vp_find_vqs',
  function* (cx: GuestCx, vdev: VirtioDevice, infos: readonly VirtqueueInfo[]): Steps<readonly Virtqueue[] | number> {
    let found: readonly Virtqueue[] | number = -EBUSY;
    for (const policy of ['each', 'shared-slow', 'shared'] as const) {
      found = yield* vp_find_vqs_msix(cx, vdev, infos, policy);
      if (typeof found !== 'number') {
        return found;
      }
    }
    if (to_vp_device(vdev).pci_dev.irq === 0) {
      return found;
    }
    return yield* vp_find_vqs_intx(cx, vdev, infos);
  },
);
