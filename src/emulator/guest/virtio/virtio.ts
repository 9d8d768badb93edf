import { blockingStage, linuxFile, stage } from '../../stage.ts';
import type { GuestCx, Steps } from '../task.ts';
import { has_feature, type VirtioDevice, type VirtioDriver } from './device.ts';
import {
  bitSet,
  commonBits,
  RING_FEATURES,
  VIRTIO_CONFIG_S,
  VIRTIO_F_VERSION_1,
  VIRTIO_TRANSPORT_F_END,
  VIRTIO_TRANSPORT_F_START,
} from './features.ts';
import { virtio_device_ready } from './virtio_config.ts';
import { file as ringFile } from './virtio_ring/vring.ts';

const file = linuxFile('guest-kernel', 'drivers/virtio/virtio.c');
const ENODEV = 19;

/** Sets status bits on top of those that are set (virtio 1.2, 3.1.1). */
export const virtio_add_status = blockingStage(
  file,
  'virtio_add_status',
  function* (cx: GuestCx, dev: VirtioDevice, status: number): Steps<void> {
    const before = yield* cx.ptr('dev->config->get_status', dev.config.get_status)(cx, dev);
    yield* cx.ptr('dev->config->set_status', dev.config.set_status)(cx, dev, before | status);
  },
);

/** Puts the device back to its state after power-on. */
export const virtio_reset_device = blockingStage(
  file,
  'virtio_reset_device',
  function* (cx: GuestCx, dev: VirtioDevice): Steps<void> {
    yield* cx.ptr('dev->config->reset', dev.config.reset)(cx, dev);
  },
);

/** Drops transport bits that the ring code does not know. */
export const vring_transport_features = stage(
  ringFile,
  'vring_transport_features',
  (_cx: GuestCx, dev: VirtioDevice): void => {
    let features = dev.features.value;
    for (let bit = VIRTIO_TRANSPORT_F_START; bit < VIRTIO_TRANSPORT_F_END; bit++) {
      if (bitSet(features, bit) && !RING_FEATURES.includes(bit)) {
        features -= 2 ** bit;
      }
    }
    dev.features.value = features;
  },
);

const virtio_features_ok = blockingStage(
  file,
  'virtio_features_ok',
  function* (cx: GuestCx, dev: VirtioDevice): Steps<number> {
    if (!has_feature(dev, VIRTIO_F_VERSION_1)) {
      return 0;
    }
    yield* virtio_add_status(cx, dev, VIRTIO_CONFIG_S.FEATURES_OK);
    const status = yield* cx.ptr('dev->config->get_status', dev.config.get_status)(cx, dev);
    if ((status & VIRTIO_CONFIG_S.FEATURES_OK) === 0) {
      cx.log('error', 'guest-device-refuses-features', { status });
      return -ENODEV;
    }
    return 0;
  },
);

/** The bits that device and driver have in common, and all transport bits that the device offers. */
function negotiable(offered: number, driver: VirtioDriver): number {
  const wanted = driver.feature_table.reduce((sum, bit) => sum + 2 ** bit, 0);
  let features = commonBits(offered, wanted);
  for (let bit = VIRTIO_TRANSPORT_F_START; bit < VIRTIO_TRANSPORT_F_END; bit++) {
    if (bitSet(offered, bit) && !bitSet(features, bit)) {
      features += 2 ** bit;
    }
  }
  return features;
}

const virtio_dev_probe = blockingStage(
  file,
  'virtio_dev_probe',
  function* (cx: GuestCx, dev: VirtioDevice, drv: VirtioDriver): Steps<number> {
    yield* virtio_add_status(cx, dev, VIRTIO_CONFIG_S.DRIVER);
    const offered = yield* cx.ptr('dev->config->get_features', dev.config.get_features)(cx, dev);
    dev.features.value = negotiable(offered, drv);
    let err = yield* cx.ptr('dev->config->finalize_features', dev.config.finalize_features)(cx, dev);
    if (err === 0) {
      err = yield* virtio_features_ok(cx, dev);
    }
    if (err === 0) {
      err = yield* cx.ptr('drv->probe', drv.probe)(cx, dev);
    }
    if (err !== 0) {
      yield* virtio_add_status(cx, dev, VIRTIO_CONFIG_S.FAILED);
      return err;
    }
    const status = yield* cx.ptr('dev->config->get_status', dev.config.get_status)(cx, dev);
    if ((status & VIRTIO_CONFIG_S.DRIVER_OK) === 0) {
      yield* virtio_device_ready(cx, dev);
    }
    return 0;
  },
);

/** Resets and acknowledges a new device and probes the driver that knows it, if there is one. */
export const register_virtio_device = blockingStage(
  file,
  'register_virtio_device',
  function* (cx: GuestCx, dev: VirtioDevice): Steps<number> {
    yield* virtio_reset_device(cx, dev);
    yield* virtio_add_status(cx, dev, VIRTIO_CONFIG_S.ACKNOWLEDGE);
    const driver = cx.world.kernel.virtioDrivers.find((one) => one.device === dev.id);
    if (driver !== undefined) {
      yield* virtio_dev_probe(cx, dev, driver);
    }
    return 0;
  },
);
