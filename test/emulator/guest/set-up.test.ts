import { describe, expect, it } from 'vitest';
import { gpa } from '../../../src/base/brand.ts';
import { entered, guestWith, write } from './harness.ts';

function setUp() {
  const machine = guestWith();
  machine.guest.execute(0, write('/dev/hvc0', 'x'));
  machine.device.run(machine.cpu);
  return machine;
}

describe('set-up of the stock console', () => {
  it('goes through the status bits in order and takes both features', () => {
    const { device } = setUp();
    const status = device.registerWrites.filter((one) => one.offset === 18).map((one) => one.value);
    expect(status).toEqual([0, 1, 3, 7]);
    expect(device.guestFeatures).toBe(3);
  });

  it('gives each of the 34 queues an 8 KiB ring and each callback its vector', () => {
    const { device } = setUp();
    const frames = device.queues.map((queue) => queue.pfn);
    expect(new Set(frames).size).toBe(34);
    expect(frames.every((frame) => frame > 0 && frame * 4096 + 8192 <= 0x4000000)).toBe(true);
    expect(device.queues.map((queue) => queue.vector)).toEqual(
      Array.from({ length: 34 }, (_, queue) => (queue === 3 ? 0xffff : queue < 3 ? queue + 1 : queue)),
    );
  });

  it('leaves every used MSI-X entry unmasked with a vector of its own, the last one masked', () => {
    const { device } = setUp();
    const messages = Array.from({ length: 34 }, (_, entry) => device.pci.message(entry));
    const vectors = messages.map((message) => message?.vector ?? 0);
    expect(new Set(vectors).size).toBe(34);
    expect(vectors.every((vector) => vector >= 0x20 && vector < 0xec)).toBe(true);
    expect(device.pci.message(34)).toBeUndefined();
    expect([...device.pci.table.slice(0, 4)]).toEqual([0xfee00000, 0, vectors[0], 0]);
  });

  it('fills input queues with page buffers, telling the device once each', () => {
    const { device, ram } = setUp();
    expect(device.kicks.filter((kick) => kick.queue % 2 === 0).map((kick) => [kick.queue, kick.availIdx])).toEqual([
      [2, 1],
      [0, 1],
    ]);
    const ring = (device.queues[0]?.pfn ?? 0) * 4096;
    expect(ram.read16(gpa(ring + 1024 + 2))).toBe(64);
    expect([ram.read32(gpa(ring + 8)), ram.read16(gpa(ring + 12))]).toEqual([4096, 2]);
  });

  it('shakes hands: DEVICE_READY, PORT_READY, PORT_OPEN', () => {
    const { device } = setUp();
    expect(device.controlMessages).toEqual([
      { id: 0xffffffff, event: 0, value: 1 },
      { id: 0, event: 3, value: 1 },
      { id: 0, event: 6, value: 1 },
    ]);
  });

  it('handles control messages in the work item, not in the interrupt', () => {
    const { recorder } = setUp();
    const worker = entered(recorder, 'User VM, system_wq worker (control_work)', 0);
    const interrupt = entered(recorder, 'User VM vCPU 0 targeted by the MSI, hard IRQ', 0);
    for (const name of ['handle_control_message', 'add_port', 'fill_queue', 'init_port_console', 'hvc_alloc']) {
      expect(worker).toContain(name);
      expect(interrupt).not.toContain(name);
    }
    expect(interrupt).toContain('control_intr');
  });

  it('probes in its own context, in the order of the driver', () => {
    const { recorder } = setUp();
    const probe = entered(recorder, 'User VM vCPU 0, probe (process context)', 0);
    const order = [
      'virtio_pci_probe',
      'virtio_pci_modern_probe',
      'virtio_pci_legacy_probe',
      'register_virtio_device',
      'virtio_dev_probe',
      'vp_get_features',
      'virtcons_probe',
      'vp_get',
      'init_vqs',
      'virtio_find_vqs',
      'vp_find_vqs',
      'vp_find_vqs_msix',
      'vp_find_one_vq_msix',
      'vp_setup_vq',
      'setup_vq',
      'virtio_device_ready',
      'fill_queue',
      'add_inbuf',
      '__send_control_msg',
    ];
    expect(order.map((name) => probe.indexOf(name))).toEqual(
      order.map((name) => probe.indexOf(name)).sort((a, b) => a - b),
    );
    expect(probe).toEqual(expect.arrayContaining(order));
  });
});
