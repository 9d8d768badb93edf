import { describe, expect, it } from 'vitest';
import { ACRN, type DeviceOptions } from './console-device.ts';
import { entered, guestWith, text, write } from './harness.ts';

/** SIZE, MULTIPORT, INDIRECT_DESC, EVENT_IDX, VERSION_1. */
const FEATURES = 3 + 2 ** 28 + 2 ** 29 + 2 ** 32;
const MODERN: Partial<DeviceOptions> = {
  modern: true,
  features: FEATURES,
  quietInput: false,
  ports: [...ACRN.ports, { console: false, name: 'port_two' }],
};

describe('modern transport', () => {
  it('negotiates 64 feature bits with FEATURES_OK', () => {
    const { device, cpu } = guestWith(MODERN);
    device.run(cpu);
    expect(device.guestFeatures).toBe(FEATURES);
    const status = device.registerWrites.filter((one) => one.offset === 20).map((one) => one.value);
    expect(status).toEqual([0, 1, 3, 11, 15]);
  });

  it('gives each queue three addresses, the used ring on a cache line', () => {
    const { device, cpu } = guestWith(MODERN);
    device.run(cpu);
    for (const queue of device.queues) {
      const [desc, avail, used] = queue.parts;
      expect(queue.enabled).toBe(true);
      expect(avail - desc).toBe(16 * 64);
      expect(used % 64).toBe(0);
      expect(used - avail).toBeGreaterThanOrEqual(6 + 2 * 64);
    }
  });

  it("notifies by a 16-bit write to the queue's own address", () => {
    const { recorder, guest, device, cpu } = guestWith(MODERN);
    guest.execute(0, write('/dev/vport0p1', 'modern'));
    device.run(cpu);
    expect(text(device.output[1])).toBe('modern');
    expect(device.registerWrites).toContainEqual({ offset: 0x3000 + 4 * 5, value: 5 });
    const run = entered(recorder, 'User VM vCPU 0');
    const order = ['virtqueue_notify', 'vp_notify', 'iowrite16', 'writew', 'vring_interrupt', 'out_intr'];
    expect(order.map((name) => run.indexOf(name))).toEqual(
      order.map((name) => run.indexOf(name)).sort((a, b) => a - b),
    );
    expect(run).not.toContain('outw');
  });

  it('writes to the terminal the same bytes as by the legacy registers', () => {
    const { guest, device, cpu } = guestWith(MODERN);
    guest.execute(0, write('/dev/hvc0', 'two\nlines\n'));
    device.run(cpu);
    expect(text(device.output[0])).toBe('two\r\nlines\r\n');
  });
});

describe('EVENT_IDX', () => {
  it('leaves a notification out where the device has said so', () => {
    const { guest, device, cpu } = guestWith({ ...MODERN, lazy: true });
    for (let i = 0; i < 3; i++) {
      guest.execute(0, write('/dev/vport0p1', `${i}`));
    }
    device.run(cpu);
    expect(device.kicks.filter((kick) => kick.queue === 5)).toHaveLength(1);
    device.flush(5);
    expect(text(device.output[1])).toBe('012');
  });
});
