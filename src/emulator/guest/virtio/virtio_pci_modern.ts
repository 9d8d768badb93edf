import { EmulatedFault } from '../../cx.ts';
import { blockingStage, linuxFile, stage } from '../../stage.ts';
import { ioread8, ioread16, ioread32 } from '../lib/iomap.ts';
import { schedule } from '../locks.ts';
import type { GuestCx, Steps } from '../task.ts';
import { has_feature, type VirtioConfigOps, VirtioDevice, type VirtqueueInfo } from './device.ts';
import { bitSet, VIRTIO_F_RING_RESET, VIRTIO_F_VERSION_1 } from './features.ts';
import { vring_transport_features } from './virtio.ts';
import { vp_del_vqs, vp_find_vqs } from './virtio_pci_common/find_vqs.ts';
import { vp_notify } from './virtio_pci_common/interrupts.ts';
import {
  modernDevice,
  type QueueSetup,
  VIRTIO_MSI_NO_VECTOR,
  type VirtioPciDevice,
  type VirtioPciVqInfo,
} from './virtio_pci_common/vp_device.ts';
import {
  vp_modern_config_vector,
  vp_modern_get_features,
  vp_modern_get_num_queues,
  vp_modern_get_queue_enable,
  vp_modern_get_queue_size,
  vp_modern_get_status,
  vp_modern_map_vq_notify,
  vp_modern_probe,
  vp_modern_queue_address,
  vp_modern_queue_vector,
  vp_modern_set_features,
  vp_modern_set_queue_enable,
  vp_modern_set_queue_size,
  vp_modern_set_status,
} from './virtio_pci_modern_dev.ts';
import { vring_create_virtqueue, vring_del_virtqueue } from './virtio_ring/create.ts';
import type { Virtqueue } from './virtio_ring/virtqueue.ts';

const file = linuxFile('guest-kernel', 'drivers/virtio/virtio_pci_modern.c');
const ENOENT = 2;
const ENOMEM = 12;
const EBUSY = 16;
const EINVAL = 22;
/** Alignment of the used ring (SMP_CACHE_BYTES). */
const CACHE_LINE = 64;

const vp_get_features = blockingStage(
  file,
  'vp_get_features',
  function* (cx: GuestCx, vdev: VirtioDevice): Steps<number> {
    return yield* vp_modern_get_features(cx, modernDevice(vdev));
  },
);

/** Keeps the transport bits that this transport knows of itself. */
const vp_transport_features = stage(
  file,
  'vp_transport_features',
  (_cx: GuestCx, vdev: VirtioDevice, offered: number): void => {
    if (bitSet(offered, VIRTIO_F_RING_RESET) && !bitSet(vdev.features.value, VIRTIO_F_RING_RESET)) {
      vdev.features.value += 2 ** VIRTIO_F_RING_RESET;
    }
  },
);

const vp_finalize_features = blockingStage(
  file,
  'vp_finalize_features',
  function* (cx: GuestCx, vdev: VirtioDevice): Steps<number> {
    const offered = vdev.features.value;
    vring_transport_features(cx, vdev);
    vp_transport_features(cx, vdev, offered);
    if (!has_feature(vdev, VIRTIO_F_VERSION_1)) {
      cx.log('error', 'guest-modern-device-without-version-1', {});
      return -EINVAL;
    }
    yield* vp_modern_set_features(cx, modernDevice(vdev), vdev.features.value);
    return 0;
  },
);

const vp_get = blockingStage(
  file,
  'vp_get',
  function* (cx: GuestCx, vdev: VirtioDevice, offset: number, size: number): Steps<number> {
    const { device } = modernDevice(vdev);
    if (device === undefined || offset + size > device.length) {
      throw new EmulatedFault('guest-kernel-bug', { where: 'vp_get' });
    }
    const at = device.cookie + offset;
    if (size === 1) {
      return yield* ioread8(cx, at);
    }
    return size === 2 ? yield* ioread16(cx, at) : yield* ioread32(cx, at);
  },
);

const vp_get_status = blockingStage(file, 'vp_get_status', function* (cx: GuestCx, vdev: VirtioDevice): Steps<number> {
  return yield* vp_modern_get_status(cx, modernDevice(vdev));
});

const vp_set_status = blockingStage(
  file,
  'vp_set_status',
  function* (cx: GuestCx, vdev: VirtioDevice, status: number): Steps<void> {
    yield* vp_modern_set_status(cx, modernDevice(vdev), status);
  },
);

const vp_reset = blockingStage(file, 'vp_reset', function* (cx: GuestCx, vdev: VirtioDevice): Steps<void> {
  const mdev = modernDevice(vdev);
  const { timers } = cx.world.kernel;
  yield* vp_modern_set_status(cx, mdev, 0);
  while ((yield* vp_modern_get_status(cx, mdev)) !== 0) {
    timers.sleepers.waiting.push(cx.world.task);
    yield* schedule(cx, 'msleep');
  }
});

const vp_config_vector = blockingStage(
  file,
  'vp_config_vector',
  function* (cx: GuestCx, vpDev: VirtioPciDevice, vector: number): Steps<number> {
    return vpDev.modern === undefined ? VIRTIO_MSI_NO_VECTOR : yield* vp_modern_config_vector(cx, vpDev.modern, vector);
  },
);

/** Tells the device about a queue; 0 or a negative errno. */
const vp_active_vq = blockingStage(
  file,
  'vp_active_vq',
  function* (cx: GuestCx, vq: Virtqueue, msixVec: number): Steps<number> {
    const mdev = modernDevice(vq.vdev);
    yield* vp_modern_set_queue_size(cx, mdev, vq.index, vq.vring.num);
    yield* vp_modern_queue_address(cx, mdev, vq.index, vq.vring);
    if (msixVec === VIRTIO_MSI_NO_VECTOR) {
      return 0;
    }
    const set = yield* vp_modern_queue_vector(cx, mdev, vq.index, msixVec);
    return set === VIRTIO_MSI_NO_VECTOR ? -EBUSY : 0;
  },
);

const setup_vq = blockingStage(
  file,
  'setup_vq',
  function* (cx: GuestCx, vpDev: VirtioPciDevice, setup: QueueSetup): Steps<Virtqueue | number> {
    const { index, callback, name } = setup;
    const { modern: mdev, vdev } = vpDev;
    if (mdev === undefined || vdev === undefined || index >= (yield* vp_modern_get_num_queues(cx, mdev))) {
      return -EINVAL;
    }
    const num = yield* vp_modern_get_queue_size(cx, mdev, index);
    if (num === 0 || (yield* vp_modern_get_queue_enable(cx, mdev, index)) !== 0) {
      return -ENOENT;
    }
    const vq = vring_create_virtqueue(cx, {
      index,
      num,
      align: CACHE_LINE,
      vdev,
      mayReduceNum: true,
      notify: vp_notify,
      callback,
      name,
    });
    if (vq === undefined) {
      return -ENOMEM;
    }
    const err = yield* vp_active_vq(cx, vq, setup.msix_vec);
    if (err === 0) {
      vq.priv.value = yield* vp_modern_map_vq_notify(cx, mdev, index);
    }
    if (err !== 0 || vq.priv.value === 0) {
      vring_del_virtqueue(cx, vq);
      return err === 0 ? -ENOMEM : err;
    }
    return vq;
  },
);

const vp_modern_find_vqs = blockingStage(
  file,
  'vp_modern_find_vqs',
  function* (cx: GuestCx, vdev: VirtioDevice, infos: readonly VirtqueueInfo[]): Steps<readonly Virtqueue[] | number> {
    const vqs = yield* vp_find_vqs(cx, vdev, infos);
    if (typeof vqs !== 'number') {
      for (const vq of vdev.vqs) {
        yield* vp_modern_set_queue_enable(cx, modernDevice(vdev), vq.index, 1);
      }
    }
    return vqs;
  },
);

const del_vq = blockingStage(
  file,
  'del_vq',
  function* (cx: GuestCx, vpDev: VirtioPciDevice, info: VirtioPciVqInfo): Steps<void> {
    if (vpDev.msix_enabled.value !== 0 && vpDev.modern !== undefined) {
      yield* vp_modern_queue_vector(cx, vpDev.modern, info.vq.index, VIRTIO_MSI_NO_VECTOR);
    }
    vring_del_virtqueue(cx, info.vq);
  },
);

const virtio_pci_config_ops: VirtioConfigOps = {
  get: vp_get,
  get_status: vp_get_status,
  set_status: vp_set_status,
  reset: vp_reset,
  find_vqs: vp_modern_find_vqs,
  del_vqs: vp_del_vqs,
  get_features: vp_get_features,
  finalize_features: vp_finalize_features,
};

/** Takes a device over by its modern registers; -ENODEV where it has none. */
export const virtio_pci_modern_probe = blockingStage(
  file,
  'virtio_pci_modern_probe',
  function* (cx: GuestCx, vpDev: VirtioPciDevice): Steps<number> {
    const mdev = yield* vp_modern_probe(cx, vpDev.pci_dev);
    if (typeof mdev === 'number') {
      return mdev;
    }
    const { kernel } = cx.world;
    vpDev.modern = mdev;
    vpDev.vdev = new VirtioDevice(kernel.nextVirtioIndex++, mdev.id, virtio_pci_config_ops, vpDev, kernel.cells);
    vpDev.isr.value = mdev.isr;
    vpDev.config_vector.value = vp_config_vector;
    vpDev.setup_vq.value = setup_vq;
    vpDev.del_vq.value = del_vq;
    return 0;
  },
);
