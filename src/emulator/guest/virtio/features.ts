/** Device status bits (virtio 1.2, 2.1). */
export const VIRTIO_CONFIG_S = {
  ACKNOWLEDGE: 1,
  DRIVER: 2,
  DRIVER_OK: 4,
  FEATURES_OK: 8,
  FAILED: 0x80,
} as const;

/** Feature bits of the transport and the ring (virtio 1.2, 6). */
export const VIRTIO_TRANSPORT_F_START = 28;
/** First bit after them. */
export const VIRTIO_TRANSPORT_F_END = 42;
/** Chains may use a table of their own. */
export const VIRTIO_RING_F_INDIRECT_DESC = 28;
/** Notifications are suppressed by index. */
export const VIRTIO_RING_F_EVENT_IDX = 29;
/** The device follows virtio 1.x. */
export const VIRTIO_F_VERSION_1 = 32;
/** The device uses the platform's bus addresses. */
export const VIRTIO_F_ACCESS_PLATFORM = 33;
/** Packed virtqueues. */
export const VIRTIO_F_RING_PACKED = 34;
/** Memory ordering as the platform does. */
export const VIRTIO_F_ORDER_PLATFORM = 36;
/** Notifications carry data. */
export const VIRTIO_F_NOTIFICATION_DATA = 38;

/** A queue can be reset alone. */
export const VIRTIO_F_RING_RESET = 40;

/** Transport bits that the ring code understands (`vring_transport_features`). */
export const RING_FEATURES: readonly number[] = [
  VIRTIO_RING_F_INDIRECT_DESC,
  VIRTIO_RING_F_EVENT_IDX,
  VIRTIO_F_VERSION_1,
  VIRTIO_F_ACCESS_PLATFORM,
  VIRTIO_F_RING_PACKED,
  VIRTIO_F_ORDER_PLATFORM,
  VIRTIO_F_NOTIFICATION_DATA,
];

/** Whether `bits`, 64 of them in a number that is exact below 2^53, has bit `bit`. */
export const bitSet = (bits: number, bit: number): boolean => Math.floor(bits / 2 ** bit) % 2 === 1;

/** The bits that both have. */
export function commonBits(a: number, b: number): number {
  const high = Math.floor(a / 0x100000000) & Math.floor(b / 0x100000000);
  return ((a & b) >>> 0) + (high >>> 0) * 0x100000000;
}
