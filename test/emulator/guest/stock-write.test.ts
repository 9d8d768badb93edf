import { describe, expect, it } from 'vitest';
import { gpa } from '../../../src/base/brand.ts';
import { readMemory, stateAt } from '../../../src/trace/state.ts';
import { entered, guestWith, text, write } from './harness.ts';

/** One kick of `hello`: what the kernel enters in process context, in order (Linux 6.12, write(2) to /dev/hvc0). */
const PATH = [
  'SYSCALL_DEFINE3(write)',
  'ksys_write',
  'vfs_write',
  'new_sync_write',
  'tty_write',
  'file_tty_write',
  'iterate_tty_write',
  'n_tty_write',
  'process_output_block',
  'hvc_write',
  'hvc_push',
  'put_chars',
  '__send_to_port',
  'virtqueue_add_outbuf',
  'virtqueue_add',
  'virtqueue_add_split',
  'virtqueue_kick',
  'virtqueue_kick_prepare',
  'virtqueue_kick_prepare_split',
  'virtqueue_notify',
  'vp_notify',
  'iowrite16',
  'outw',
  'virtqueue_get_buf',
  'virtqueue_get_buf_ctx',
  'virtqueue_get_buf_ctx_split',
  'detach_buf_split',
];

const INTERRUPT = [
  'DEFINE_IDTENTRY_IRQ(common_interrupt)',
  'call_irq_handler',
  'handle_irq',
  'generic_handle_irq_desc',
  'handle_edge_irq',
  'handle_irq_event',
  'handle_irq_event_percpu',
  '__handle_irq_event_percpu',
  'vring_interrupt',
];

/** The names of `wanted` that `got` has in this order. */
function inOrder(got: readonly string[], wanted: readonly string[]): string[] {
  const found: string[] = [];
  let at = 0;
  for (const name of wanted) {
    const next = got.indexOf(name, at);
    if (next >= 0) {
      found.push(name);
      at = next + 1;
    }
  }
  return found;
}

function afterWriting(...texts: (string | Uint8Array)[]) {
  const machine = guestWith();
  for (const one of texts) {
    machine.guest.execute(0, write('/dev/hvc0', one));
  }
  expect(machine.device.run(machine.cpu)).toBe(true);
  return machine;
}

describe('write(2) to /dev/hvc0', () => {
  it('takes the stock route, with its interrupt after the lock is released', () => {
    const { recorder } = afterWriting('hello');
    const run = entered(recorder, 'User VM vCPU 0');
    expect(inOrder(run, [...PATH, ...INTERRUPT])).toEqual([...PATH, ...INTERRUPT]);
    expect(run).not.toContain('out_intr');
    expect(entered(recorder, 'guest user process')).toEqual(['write(2)']);
  });

  it('turns a newline into CR NL by a second kick', () => {
    const { device, guest } = afterWriting('hello\n');
    expect(text(device.output[0])).toBe('hello\r\n');
    expect(device.kicks.filter((kick) => kick.queue === 1)).toHaveLength(2);
    expect(guest.results).toEqual([{ path: '/dev/hvc0', returned: 6 }]);
    expect(guest.hung).toBe(false);
  });

  it('follows the column for tabs and leaves other control characters alone', () => {
    const { device } = afterWriting('a\tb\rc\bd\0e\n');
    expect(text(device.output[0])).toBe('a\tb\rc\bd\0e\r\n');
    expect(device.kicks.filter((kick) => kick.queue === 1)).toHaveLength(4);
  });

  it('makes no notification for nothing, and two empty driver calls for a lone newline', () => {
    const { device, guest } = afterWriting('', '\n');
    expect(device.kicks.filter((kick) => kick.queue === 1)).toHaveLength(1);
    expect(guest.results.map((result) => result.returned)).toEqual([0, 1]);
  });

  it('cuts long writes at 2048 bytes, with every byte there once', () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i % 251 === 10 ? 0 : i % 251));
    const { device, guest } = afterWriting(bytes);
    const expected = [...bytes];
    expect(device.output[0]?.filter((byte) => byte !== 10 && byte !== 13)).toEqual(
      expected.filter((byte) => byte !== 10 && byte !== 13),
    );
    expect(guest.results[0]?.returned).toBe(100_000);
    expect(device.kicks.filter((kick) => kick.queue === 1).length).toBeGreaterThanOrEqual(Math.ceil(100_000 / 2048));
  });

  it('wraps around the ring: 200 writes on 64 descriptors', () => {
    const { device, ram } = afterWriting(...Array.from({ length: 200 }, (_, i) => String.fromCharCode(97 + (i % 26))));
    expect(device.output[0]).toHaveLength(200);
    const ring = (device.queues[1]?.pfn ?? 0) * 4096;
    expect(ram.read16(gpa(ring + 1024 + 2))).toBe(200);
    expect(ram.read16(gpa(ring + 4096 + 2))).toBe(200);
  });
});

describe('the ring in guest memory', () => {
  it('holds one descriptor per buffer when the device is told', () => {
    const machine = guestWith();
    machine.guest.execute(0, write('/dev/hvc0', 'hello'));
    const seen: number[][] = [];
    machine.device.beforeNotify = (queue) => {
      const ring = (machine.device.queues[queue]?.pfn ?? 0) * 4096;
      if (queue === 1) {
        const address = machine.ram.read64(gpa(ring));
        seen.push([
          machine.ram.read32(gpa(ring + 8)),
          machine.ram.read16(gpa(ring + 12)),
          machine.ram.read16(gpa(ring + 1024 + 2)),
          machine.ram.read16(gpa(ring + 1024 + 4)),
          ...machine.ram.read(gpa(address), 5),
        ]);
      }
    };
    machine.device.run(machine.cpu);
    expect(seen).toEqual([[5, 0, 1, 0, ...'hello'].map((one) => (typeof one === 'string' ? one.charCodeAt(0) : one))]);
  });

  it('stands in the trace as it stands in memory', () => {
    const { device, ram, recorder } = afterWriting('hello\n');
    const state = stateAt(recorder.trace, recorder.length);
    const ring = (device.queues[1]?.pfn ?? 0) * 4096;
    expect(readMemory(state, 0, ring, 8192)).toEqual(ram.read(gpa(ring), 8192));
  });
});
