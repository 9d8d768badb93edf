import { blockingStage, linuxFile, stage } from '../../stage.ts';
import { ioread8 } from '../lib/iomap.ts';
import type { GuestCx, Steps } from '../task.ts';
import { type VirtioConfigOps, VirtioDevice } from './device.ts';
import { vring_transport_features } from './virtio.ts';
import { vp_del_vqs, vp_find_vqs } from './virtio_pci_common/find_vqs.ts';
import { vp_notify } from './virtio_pci_common/interrupts.ts';
import {
  type QueueSetup,
  to_vp_device,
  VIRTIO_MSI_NO_VECTOR,
  type VirtioPciDevice,
  type VirtioPciVqInfo,
} from './virtio_pci_common/vp_device.ts';
import {
  LEGACY,
  vp_legacy_config_vector,
  vp_legacy_get_features,
  vp_legacy_get_queue_enable,
  vp_legacy_get_queue_size,
  vp_legacy_get_status,
  vp_legacy_probe,
  vp_legacy_queue_vector,
  vp_legacy_set_features,
  vp_legacy_set_queue_address,
  vp_legacy_set_status,
} from './virtio_pci_legacy_dev.ts';
import { vring_create_virtqueue, vring_del_virtqueue } from './virtio_ring/create.ts';
import { type Virtqueue, virtqueue_get_desc_addr } from './virtio_ring/virtqueue.ts';

const file = linuxFile('guest-kernel', 'drivers/virtio/virtio_pci_legacy.c');
const ENOENT = 2;
const ENOMEM = 12;
const EBUSY = 16;
const VRING_ALIGN = 4096;

const vp_get_features = blockingStage(
  file,
  'vp_get_features',
  function* (cx: GuestCx, vdev: VirtioDevice): Steps<number> {
    return yield* vp_legacy_get_features(cx, to_vp_device(vdev));
  },
);

const vp_finalize_features = blockingStage(
  file,
  'vp_finalize_features',
  function* (cx: GuestCx, vdev: VirtioDevice): Steps<number> {
    vring_transport_features(cx, vdev);
    yield* vp_legacy_set_features(cx, to_vp_device(vdev), vdev.features.value);
    return 0;
  },
);

const vp_get = blockingStage(
  file,
  'vp_get',
  function* (cx: GuestCx, vdev: VirtioDevice, offset: number, size: number): Steps<number> {
    const vpDev = to_vp_device(vdev);
    const base = vpDev.ioaddr.value + (vpDev.msix_enabled.value !== 0 ? 24 : 20) + offset;
    let value = 0;
    for (let i = 0; i < size; i++) {
      value += (yield* ioread8(cx, base + i)) * 2 ** (8 * i);
    }
    return value;
  },
);

const vp_get_status = blockingStage(file, 'vp_get_status', function* (cx: GuestCx, vdev: VirtioDevice): Steps<number> {
  return yield* vp_legacy_get_status(cx, to_vp_device(vdev));
});

const vp_set_status = blockingStage(
  file,
  'vp_set_status',
  function* (cx: GuestCx, vdev: VirtioDevice, status: number): Steps<void> {
    yield* vp_legacy_set_status(cx, to_vp_device(vdev), status);
  },
);

const vp_reset = blockingStage(file, 'vp_reset', function* (cx: GuestCx, vdev: VirtioDevice): Steps<void> {
  const vpDev = to_vp_device(vdev);
  yield* vp_legacy_set_status(cx, vpDev, 0);
  yield* vp_legacy_get_status(cx, vpDev);
});

const vp_config_vector = blockingStage(
  file,
  'vp_config_vector',
  function* (cx: GuestCx, vpDev: VirtioPciDevice, vector: number): Steps<number> {
    return yield* vp_legacy_config_vector(cx, vpDev, vector);
  },
);

/** Makes one queue: its ring in memory, its page frame number in the device, its vector. */
const setup_vq = blockingStage(
  file,
  'setup_vq',
  function* (cx: GuestCx, vpDev: VirtioPciDevice, setup: QueueSetup): Steps<Virtqueue | number> {
    const { index, callback, name } = setup;
    const num = yield* vp_legacy_get_queue_size(cx, vpDev, index);
    if (num === 0 || (yield* vp_legacy_get_queue_enable(cx, vpDev, index)) || vpDev.vdev === undefined) {
      return -ENOENT;
    }
    const vq = vring_create_virtqueue(cx, {
      index,
      num,
      align: VRING_ALIGN,
      vdev: vpDev.vdev,
      mayReduceNum: false,
      notify: vp_notify,
      callback,
      name,
    });
    if (vq === undefined) {
      return -ENOMEM;
    }
    yield* vp_legacy_set_queue_address(cx, vpDev, index, Math.floor(virtqueue_get_desc_addr(vq) / VRING_ALIGN));
    vq.priv.value = vpDev.ioaddr.value + LEGACY.QUEUE_NOTIFY;
    if (setup.msix_vec === VIRTIO_MSI_NO_VECTOR) {
      return vq;
    }
    if ((yield* vp_legacy_queue_vector(cx, vpDev, index, setup.msix_vec)) === VIRTIO_MSI_NO_VECTOR) {
      yield* vp_legacy_set_queue_address(cx, vpDev, index, 0);
      vring_del_virtqueue(cx, vq);
      return -EBUSY;
    }
    return vq;
  },
);

const del_vq = blockingStage(
  file,
  'del_vq',
  function* (cx: GuestCx, vpDev: VirtioPciDevice, info: VirtioPciVqInfo): Steps<void> {
    const { vq } = info;
    if (vpDev.msix_enabled.value !== 0) {
      yield* vp_legacy_queue_vector(cx, vpDev, vq.index, VIRTIO_MSI_NO_VECTOR);
      yield* ioread8(cx, vpDev.ioaddr.value + LEGACY.ISR);
    }
    yield* vp_legacy_set_queue_address(cx, vpDev, vq.index, 0);
    vring_del_virtqueue(cx, vq);
  },
);

const virtio_pci_config_ops: VirtioConfigOps = {
  get: vp_get,
  get_status: vp_get_status,
  set_status: vp_set_status,
  reset: vp_reset,
  find_vqs: vp_find_vqs,
  del_vqs: vp_del_vqs,
  get_features: vp_get_features,
  finalize_features: vp_finalize_features,
};

/** Takes a device over by its legacy registers; 0 or a negative errno. */
export const virtio_pci_legacy_probe = stage(
  file,
  'virtio_pci_legacy_probe',
  (cx: GuestCx, vpDev: VirtioPciDevice): number => {
    const err = vp_legacy_probe(cx, vpDev);
    if (err !== 0) {
      return err;
    }
    const { kernel } = cx.world;
    const id = vpDev.pci_dev.subsystem_device;
    vpDev.vdev = new VirtioDevice(kernel.nextVirtioIndex++, id, virtio_pci_config_ops, vpDev, kernel.cells);
    vpDev.config_vector.value = vp_config_vector;
    vpDev.setup_vq.value = setup_vq;
    vpDev.del_vq.value = del_vq;
    return 0;
  },
);
