import { blockingStage, linuxFile } from '../../stage.ts';
import type { GuestCx, Steps } from '../task.ts';
import { has_feature, type VirtioDevice, type VirtqueueInfo } from './device.ts';
import { VIRTIO_CONFIG_S } from './features.ts';
import type { Virtqueue } from './virtio_ring/virtqueue.ts';

const file = linuxFile('guest-kernel', 'include/linux/virtio_config.h');

/** Finds a driver's queues: the queues in the order of `infos`, or a negative errno. */
export const virtio_find_vqs = blockingStage(
  file,
  'virtio_find_vqs',
  function* (cx: GuestCx, vdev: VirtioDevice, infos: readonly VirtqueueInfo[]): Steps<readonly Virtqueue[] | number> {
    return yield* cx.ptr('vdev->config->find_vqs', vdev.config.find_vqs)(cx, vdev, infos);
  },
);

/** Tells the device that the driver is ready (DRIVER_OK; virtio 1.2, 3.1.1 step 8). */
export const virtio_device_ready = blockingStage(
  file,
  'virtio_device_ready',
  function* (cx: GuestCx, dev: VirtioDevice): Steps<void> {
    const status = yield* cx.ptr('dev->config->get_status', dev.config.get_status)(cx, dev);
    yield* cx.ptr('dev->config->set_status', dev.config.set_status)(cx, dev, status | VIRTIO_CONFIG_S.DRIVER_OK);
  },
);

/** The macro `virtio_cread_feature`: a field of the configuration space, undefined where the feature was not negotiated. */
export function* virtio_cread_feature(
  cx: GuestCx,
  vdev: VirtioDevice,
  feature: number,
  offset: number,
  size: number,
): Steps<number | undefined> {
  if (!has_feature(vdev, feature)) {
    return undefined;
  }
  cx.via('macro_defined_function', 'virtio_cread_feature');
  return yield* vdev.config.get(cx, vdev, offset, size);
}
