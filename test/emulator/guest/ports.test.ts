import { describe, expect, it } from 'vitest';
import { gpa } from '../../../src/base/brand.ts';
import { utf8 } from '../../../src/base/bytes.ts';
import { ACRN, type DeviceOptions } from './console-device.ts';
import { entered, guestWith, text, write } from './harness.ts';

const PORT = '/dev/vport0p1';
const PORTS: Partial<DeviceOptions> = {
  ports: [...ACRN.ports, { console: false, name: 'port_two' }],
};

describe('write(2) to /dev/vportNpM', () => {
  it('passes bytes unchanged with one notification, and does not wait for the device', () => {
    const { recorder, guest, device, cpu } = guestWith(PORTS);
    guest.execute(0, write(PORT, 'a\nb\n'));
    expect(device.run(cpu)).toBe(true);
    expect(text(device.output[1])).toBe('a\nb\n');
    expect(device.kicks.filter((kick) => kick.queue === 5)).toHaveLength(1);
    const run = entered(recorder, 'User VM vCPU 0');
    const order = [
      'vfs_write',
      'port_fops_write',
      'wait_port_writable',
      'alloc_buf',
      '__send_to_port',
      'outw',
      'out_intr',
    ];
    expect(order.map((name) => run.indexOf(name))).toEqual(
      order.map((name) => run.indexOf(name)).sort((a, b) => a - b),
    );
    expect(run).toEqual(expect.arrayContaining(order));
    expect(run).not.toContain('new_sync_write');
  });

  it('tells the host that the port is open, before the first write', () => {
    const { guest, device, cpu } = guestWith(PORTS);
    guest.execute(0, write(PORT, 'x'));
    device.run(cpu);
    expect(device.controlMessages.at(-1)).toEqual({ id: 1, event: 6, value: 1 });
  });

  it('frees what was consumed at the next write', () => {
    const { recorder, guest, device, cpu } = guestWith(PORTS);
    guest.execute(0, write(PORT, 'one'));
    guest.execute(0, write(PORT, 'two'));
    device.run(cpu);
    const run = entered(recorder, 'User VM vCPU 0');
    const second = run.lastIndexOf('port_fops_write');
    expect(run.slice(second)).toContain('free_buf');
    expect(run.slice(second).indexOf('free_buf')).toBeLessThan(run.slice(second).indexOf('__send_to_port'));
  });

  it('is cut at 32 KiB by the driver, and written to the end by the process', () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => i & 0xff);
    const { guest, device, cpu } = guestWith(PORTS);
    guest.execute(0, write(PORT, bytes));
    device.run(cpu);
    expect(device.output[1]).toEqual([...bytes]);
    expect(device.kicks.filter((kick) => kick.queue === 5)).toHaveLength(3);
  });

  it('waits while the ring is full, and goes on when the device has consumed', () => {
    const { guest, device, cpu } = guestWith({ ...PORTS, lazy: true });
    for (let i = 0; i < 65; i++) {
      guest.execute(0, write(PORT, `${i % 10}`));
    }
    expect(device.run(cpu)).toBe(true);
    expect(guest.results).toHaveLength(64);
    expect(guest.hung).toBe(true);
    device.flush(5);
    expect(device.run(cpu)).toBe(true);
    expect(guest.results).toHaveLength(65);
    device.flush(5);
    expect(device.output[1]).toHaveLength(65);
  });

  it('waits for a host that has not connected', () => {
    const { guest, device, cpu } = guestWith(PORTS);
    guest.execute(0, write(PORT, 'x'));
    device.run(cpu);
    device.hostOpen(1, false);
    device.run(cpu);
    guest.execute(0, write(PORT, 'y'));
    cpu.raise(0xec, -1);
    device.run(cpu);
    expect(guest.hung).toBe(true);
    device.hostOpen(1, true);
    device.run(cpu);
    expect(guest.hung).toBe(false);
    expect(text(device.output[1])).toBe('xy');
  });

  it('is refused on the node of a console port, and where nothing is', () => {
    const { guest, device, cpu } = guestWith(PORTS);
    guest.execute(0, write('/dev/vport0p0', 'x'));
    guest.execute(0, write('/var/nothing', 'x'));
    guest.execute(0, write('/dev/hvc7', 'x'));
    device.run(cpu);
    cpu.raise(0xec, -1);
    device.run(cpu);
    expect(guest.results.map((result) => result.returned)).toEqual([-6, -2, -2]);
  });
});

describe('input', () => {
  it('wakes a reader of a port', () => {
    const { recorder, guest, device, cpu } = guestWith(PORTS);
    guest.execute(0, { path: PORT, bytes: new Uint8Array(), read: 100 });
    device.run(cpu);
    expect(guest.hung).toBe(true);
    device.receive(1, utf8('from outside'));
    device.run(cpu);
    expect(guest.results[0]?.returned).toBe(12);
    expect(guest.results[0]?.read).toEqual(utf8('from outside'));
    expect(entered(recorder, 'User VM vCPU 0 targeted by the MSI, hard IRQ')).toContain('in_intr');
  });

  it('reaches a reader of the terminal line by line, echoed', () => {
    const { recorder, guest, device, cpu } = guestWith();
    guest.execute(0, { path: '/dev/hvc0', bytes: new Uint8Array(), read: 100 });
    device.run(cpu);
    device.receive(0, utf8('ls'));
    device.run(cpu);
    expect(guest.hung).toBe(true);
    device.receive(0, utf8('\x7f \r'));
    device.run(cpu);
    expect(guest.results[0]?.read).toEqual(utf8('l \n'));
    expect(text(device.output[0])).toBe('ls\b \b \r\n');
    const interrupt = entered(recorder, 'User VM vCPU 0 targeted by the MSI, hard IRQ');
    const order = [
      'in_intr',
      'hvc_poll',
      '__hvc_poll',
      'get_chars',
      'fill_readbuf',
      'add_inbuf',
      'tty_flip_buffer_push',
    ];
    expect(order.map((name) => interrupt.indexOf(name))).toEqual(
      order.map((name) => interrupt.indexOf(name)).sort((a, b) => a - b),
    );
  });

  it('is discarded by a port that nobody opened', () => {
    const { guest, device, cpu } = guestWith(PORTS);
    guest.execute(0, write('/dev/hvc0', 'x'));
    device.run(cpu);
    for (let i = 0; i < 100; i++) {
      expect(device.receive(1, utf8('unread'))).toBe(true);
      device.run(cpu);
    }
  });
});

describe('interrupts', () => {
  it('come by one line without MSI-X: the status register is read', () => {
    const { recorder, guest, device, cpu } = guestWith({ ...PORTS, vectors: 0 });
    guest.execute(0, write(PORT, 'line'));
    device.run(cpu);
    expect(text(device.output[1])).toBe('line');
    const interrupt = entered(recorder, 'User VM vCPU 0 targeted by the MSI, hard IRQ');
    const order = [
      'handle_fasteoi_irq',
      'vp_interrupt',
      'ioread8',
      'vp_vring_interrupt',
      'vring_interrupt',
      'out_intr',
    ];
    expect(order.map((name) => interrupt.indexOf(name))).toEqual(
      order.map((name) => interrupt.indexOf(name)).sort((a, b) => a - b),
    );
    expect(interrupt).toEqual(expect.arrayContaining(order));
  });

  it('come by one line when the kernel is told so', () => {
    const { guest, device, cpu } = guestWith(PORTS, 1, 'quiet pci=nomsi');
    guest.execute(0, write(PORT, 'line'));
    device.run(cpu);
    expect(device.pci.msixEnabled).toBe(false);
    expect(text(device.output[1])).toBe('line');
  });

  it('share a vector where the table is too small for one each', () => {
    const { recorder, guest, device, cpu } = guestWith({ ...PORTS, vectors: 2 });
    guest.execute(0, write(PORT, 'shared'));
    device.run(cpu);
    expect(text(device.output[1])).toBe('shared');
    expect(device.queues.map((queue) => queue.vector)).toEqual(
      Array.from({ length: 34 }, (_, queue) => (queue === 3 ? 0xffff : 1)),
    );
    expect(entered(recorder, 'User VM vCPU 0 targeted by the MSI, hard IRQ')).toContain('vp_vring_interrupt');
  });
});

describe('two vCPUs', () => {
  it('write at once, and every byte arrives once', () => {
    const { guest, device } = guestWith({ ...PORTS, lazy: true }, 2);
    for (let i = 0; i < 20; i++) {
      guest.execute(0, write('/dev/hvc0', 'a'));
      guest.execute(1, write(PORT, 'b'));
    }
    for (let turn = 0; turn < 2000 && guest.hung; turn++) {
      for (const cpu of guest.cpus) {
        device.step(cpu);
      }
      device.flush(1);
      device.flush(5);
    }
    expect(guest.hung).toBe(false);
    expect(text(device.output[0])).toBe('a'.repeat(20));
    expect(text(device.output[1])).toBe('b'.repeat(20));
  });
});

describe('faults', () => {
  it('end the task that an injected exception hits, and nothing else', () => {
    const { recorder, guest, device, cpu } = guestWith(PORTS);
    guest.execute(0, write(PORT, 'x'));
    device.beforeNotify = (queue) => {
      if (queue === 5) {
        cpu.inject?.(13, -1);
      }
    };
    expect(device.run(cpu)).toBe(true);
    expect(guest.hung).toBe(true);
    const oopses = [...recorder.trace.events()].filter(
      (event) => event.kind === 'log' && recorder.trace.expressions[event.key] === 'guest-oops',
    );
    expect(oopses).toHaveLength(1);
  });

  it('leave a queue broken whose device puts nonsense into the used ring', () => {
    const { ram, guest, device, cpu } = guestWith();
    device.beforeNotify = (queue) => {
      if (queue === 1) {
        const { used } = device.ring(1);
        ram.write32(gpa(used + 4), 1000);
        ram.write16(gpa(used + 2), 1);
        device.holdFor(1, 2);
      }
    };
    guest.execute(0, write('/dev/hvc0', 'lost'));
    expect(device.run(cpu)).toBe(true);
    expect(guest.results).toEqual([{ path: '/dev/hvc0', returned: 4 }]);
  });

  it('make a driver spin for good whose device loses a buffer', () => {
    const { guest, device, cpu } = guestWith();
    device.holdFor(1, 2);
    guest.execute(0, write('/dev/hvc0', 'lost'));
    expect(device.run(cpu)).toBe(false);
    expect(guest.hung).toBe(true);
  });
});
