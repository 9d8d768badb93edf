import { describe, expect, it } from 'vitest';
import type { StateField, StateGroup } from '../../../src/protocol/inspect.ts';
import { INSPECT_LIMITS, SLOT_STATES, TOPICS } from '../../../src/protocol/inspect.ts';
import { Inspector } from '../../../src/replay/inspect/inspector.ts';
import type { Session } from '../../../src/replay/session.ts';
import { EVENT_KINDS } from '../../../src/trace/kinds.ts';
import { lookAt, sessionOf, sessionOn, stepAt, traceOf } from './runs.ts';

const stock = sessionOf('stock');
const TX = 1;

const field = (groups: readonly StateGroup[], name: string): StateField | undefined =>
  groups.flatMap(({ fields }) => fields).find((one) => one.name === name);

const named = (session: Session, stages: readonly number[]): readonly string[] =>
  stages.map((stage) => session.parts.trace.stages[stage]?.function ?? '');

describe('the virtqueue', () => {
  it('shows the buffer that the driver has made available and the device has not taken', () => {
    const view = lookAt(stock, stepAt(stock, 'virtqueue_kick_prepare_split'), 'queue', TX);
    expect(view).toMatchObject({ mapped: true, size: 64, queue: TX });
    expect(view.avail.fields.find(({ name }) => name === 'avail.idx')?.value).toBe('1');
    expect(view.avail.entries[0]).toMatchObject({ slot: 0, id: 0, mark: 'pending' });
    expect(view.descriptors[0]).toMatchObject({ index: 0, length: 5, flagNames: [], mark: 'pending' });
    expect(new TextDecoder().decode(view.buffer?.bytes)).toBe('hello');
    expect(field(view.groups, 'num_free')?.value).toBe('63');
  });

  it('marks what the step changed, with the value before', () => {
    const first = stepAt(stock, 'virtqueue_add_split');
    const views = [0, 1, 2, 3].map((ahead) => lookAt(stock, first + ahead, 'queue', TX));
    const moved = views.find(({ avail }) => avail.fields.some(({ name, was }) => name === 'avail.idx' && was === '0'));
    expect(moved?.avail.entries.filter(({ changed }) => changed).map(({ slot }) => slot)).toEqual([0]);
    expect(moved?.descriptors.filter(({ changed }) => changed).map(({ index }) => index)).toEqual([0]);
  });

  it('shows who takes it, and who gives it back', () => {
    const taken = lookAt(stock, stepAt(stock, 'virtio_console_backend_write'), 'queue', TX);
    expect(taken.avail.entries[0]?.mark).toBe('taken');
    expect(field(taken.groups, 'last_avail')?.value).toBe('1');
    const used = lookAt(stock, stepAt(stock, 'vq_endchains'), 'queue', TX);
    expect(used.used.entries[0]).toMatchObject({ id: 0, length: 0, mark: 'used' });
    expect(used.used.fields.find(({ name }) => name === 'used.idx')?.value).toBe('1');
  });

  it('names the code behind each part, from the run and from the table', () => {
    const view = lookAt(stock, stepAt(stock, 'vq_endchains'), 'queue', TX);
    expect(named(stock, view.used.writers)).toEqual(['vq_relchain']);
    expect(named(stock, view.used.readers)).toEqual(['virtqueue_get_buf_ctx_split']);
    expect(named(stock, view.avail.writers)).toEqual(['virtqueue_add_split']);
    expect(view.table.spec).toBe('2.7.5');
    expect(named(stock, view.buffer?.writers ?? [])).toContain('put_chars');
  });

  it('is decoded from the bytes in memory: one altered byte is another answer', () => {
    const trace = traceOf('stock');
    const session = sessionOn(trace);
    const step = stepAt(session, 'virtqueue_kick_prepare_split');
    const before = lookAt(session, step, 'queue', TX);
    expect(before.avail.fields[1]?.value).toBe('1');
    alterWrites(session, 'virtqueue_add_split', (bytes) => {
      if (bytes.length === 2 && bytes[0] === 1 && bytes[1] === 0) {
        bytes[0] = 9;
      }
    });
    const altered = lookAt(session, step, 'queue', TX, -1, new Inspector(session));
    expect(altered.avail.fields[1]?.value).toBe('9');
    expect(altered.avail.entries.filter(({ mark }) => mark === 'pending')).toHaveLength(9);
  });

  it('is the one that the moment is about, where none is chosen', () => {
    const receive = sessionOf('receive');
    const view = lookAt(receive, stepAt(receive, 'vq_getchain'), 'queue', INSPECT_LIMITS.item);
    expect(view).toMatchObject({ queue: 0, asked: INSPECT_LIMITS.item });
    expect(view.queues[0]?.name).toBe('Under way: 0 · receive, port 0');
    expect(lookAt(stock, stepAt(stock, 'vq_getchain'), 'queue', INSPECT_LIMITS.item).queue).toBe(1);
  });

  it('says that a queue is not mapped before the driver gave its address', () => {
    const { run } = stock.ranges;
    const first = lookAt(stock, 0, 'queue', TX);
    expect(run.from).toBeGreaterThan(0);
    expect(first).toMatchObject({ mapped: false, descriptors: [] });
    expect(first.queues.map(({ item }) => item)).toEqual([INSPECT_LIMITS.item, 0, 1, 2, 3]);
  });
});

/** Changes the new bytes of all writes that a stage makes in the run. */
function alterWrites(session: Session, name: string, alter: (bytes: Uint8Array) => void): void {
  const { trace } = session.parts;
  const memory = EVENT_KINDS.indexOf('memory');
  for (const [at, chunk] of trace.chunks.entries()) {
    for (let row = 0; row < chunk.length; row++) {
      const inRun = trace.dropped + at * 65536 + row >= trace.runStart;
      if (inRun && chunk.kind[row] === memory && trace.stages[chunk.stage[row] ?? 0]?.function === name) {
        const length = (chunk.old[row] ?? 0) % 0x1_0000_0000;
        const start = (chunk.key[row] ?? 0) + length;
        alter(chunk.heap.subarray(start, start + length));
      }
    }
  }
}

describe('the I/O request page', () => {
  const state = (name: string): string => {
    const view = lookAt(stock, stepAt(stock, name), 'request');
    return SLOT_STATES[view.slots[0]?.state ?? -1] ?? '?';
  };

  it('shows the slot going its way', () => {
    expect(state('arch_fire_hsm_interrupt')).toBe('PENDING');
    expect(state('ioreq_dispatcher')).toBe('PENDING');
    expect(state('handle_vmexit')).toBe('PROCESSING');
    expect(state('hcall_notify_ioreq_finish')).toBe('COMPLETE');
    expect(state('emulate_pio_complete')).toBe('FREE');
  });

  it('says what is asked, whose turn it is, and who brought it there', () => {
    const view = lookAt(stock, stepAt(stock, 'handle_vmexit'), 'request');
    expect(view.slots).toHaveLength(1);
    expect(view.slots[0]?.summary).toBe('port I/O: write 0x1 (2 bytes) to 0x2010');
    expect(view.slots[0]).toMatchObject({ lane: 3, last: { from: 0, to: 2 } });
    expect(named(stock, [view.slots[0]?.last?.stage ?? -1])).toEqual(['acrn_ioreq_dispatch']);
    expect(field(view.groups, 'processed')).toMatchObject({ value: '2', means: 'PROCESSING' });
    expect(named(stock, field(view.groups, 'processed')?.readers ?? [])).toContain('has_complete_ioreq');
  });

  it('has the polling flag of a real-time VM', () => {
    const polling = sessionOf('polling-completion');
    const flag = (session: Session): string | undefined =>
      field(lookAt(session, stepAt(session, 'handle_vmexit'), 'request').groups, 'completion_polling')?.value;
    expect(flag(stock)).toBe('0');
    expect(flag(polling)).toBe('1');
  });

  it('shows a slot for each vCPU that asks', () => {
    const two = sessionOf('two-vcpus');
    const view = lookAt(two, two.ranges.run.to - 1, 'request', 1);
    expect(view.slots.map(({ slot }) => slot)).toEqual([0, 1]);
    expect(view.slot).toBe(1);
  });
});

describe('the device', () => {
  it('has legacy or modern registers with their bits named', () => {
    const legacy = lookAt(stock, stock.ranges.run.from, 'registers');
    expect(field(legacy.groups, 'Device Status')).toMatchObject({
      value: '0x7',
      means: 'ACKNOWLEDGE, DRIVER, DRIVER_OK',
    });
    expect(field(legacy.groups, 'Queue Address')?.value).toMatch(/^0x[0-9a-f]+$/);
    const modern = sessionOf('modern-mmio');
    const { groups } = lookAt(modern, modern.ranges.run.from, 'registers');
    expect(field(groups, 'device_status')?.means).toBe('ACKNOWLEDGE, DRIVER, DRIVER_OK, FEATURES_OK');
    expect(field(groups, 'driver_feature')?.means).toContain('VERSION_1');
  });

  it('has its configuration space', () => {
    const { groups } = lookAt(stock, stock.ranges.run.from, 'pci');
    expect(field(groups, 'vendor')?.value).toBe('0x1af4');
    expect(field(groups, 'device')?.value).toBe('0x1003');
    expect(field(groups, 'BAR 0')).toMatchObject({ value: '0x2000', means: 'I/O ports, 0x40' });
    expect(groups.flatMap(({ fields }) => fields).some(({ means }) => means === 'MSI-X')).toBe(true);
  });

  it('has its vectors, with the queue that sends each and the handler that gets it', () => {
    const { vectors } = lookAt(stock, stock.ranges.run.from, 'msix');
    expect(vectors).toHaveLength(35);
    expect(vectors[2]).toMatchObject({ vector: 35, masked: false, pending: false, use: 'queue 1' });
    expect(named(stock, [vectors[2]?.handler ?? -1])).toEqual(['vring_interrupt']);
  });

  it('shows an interrupt between its posting and its delivery', () => {
    const { vectors } = lookAt(stock, stepAt(stock, 'apicv_trigger_pi_anv', 1), 'msix');
    expect(vectors.filter(({ pending }) => pending).map(({ entry }) => entry)).toEqual([2]);
  });

  it('is the newest one where the guest has restarted', () => {
    const session = sessionOf('guest-restarts');
    const { vectors } = lookAt(session, session.ranges.run.to - 1, 'msix');
    expect(vectors.filter(({ vector }) => vector >= 0).length).toBeGreaterThan(2);
    expect(vectors[2]?.use).toBe('queue 1');
  });

  it('sends no message where MSI is off', () => {
    const intx = sessionOf('intx');
    const step = stepAt(intx, 'pci_irq_assert');
    expect(lookAt(intx, step, 'msix').note).toMatch(/off/);
    expect(field(lookAt(intx, step, 'registers').groups, 'ISR Status')?.means).toBe('QUEUE');
    expect(field(lookAt(intx, step, 'pci').groups, 'state')?.means).toBe('asserted');
  });
});

describe('what lies between the programs', () => {
  it('shows the bitmap of the client that has the request', () => {
    const { groups } = lookAt(stock, stepAt(stock, 'acrn_ioreq_dispatch') + 2, 'kernel');
    expect(field(groups, 'client "acrndm".ioreqs_map')).toMatchObject({ value: '0x1', means: 'slots 0' });
  });

  it('counts the signals of an eventfd', () => {
    const session = sessionOf('ioeventfd');
    const counts = (step: number): readonly string[] =>
      lookAt(session, step, 'kernel')
        .groups.flatMap(({ fields }) => fields)
        .filter(({ name }) => /^eventfd\d+\.count$/.test(name))
        .map(({ value }) => value);
    expect(counts(stepAt(session, 'eventfd_signal_mask') + 1).filter((one) => one === '1')).toHaveLength(1);
    expect(counts(session.ranges.run.from).every((one) => one === '0')).toBe(true);
  });

  it('shows the shared buffer where there is one', () => {
    const session = sessionOf('asyncio');
    const { groups } = lookAt(session, stepAt(session, 'sbuf_put') + 1, 'kernel');
    expect(field(groups, 'elements')?.value).toMatch(/^0x[0-9a-f]+$/);
    expect(field(lookAt(stock, stock.ranges.run.from, 'kernel').groups, 'elements')).toBeUndefined();
  });

  it('counts the output so far, and what is new', () => {
    const step = stepAt(stock, 'virtio_console_backend_write');
    const at = [0, 1, 2].map((ahead) => lookAt(stock, step + ahead, 'output').outputs[0]);
    const written = at.find((one) => (one?.fresh ?? 0) > 0);
    expect(written).toMatchObject({ endpoint: 'stdio', total: 5, fresh: 5 });
    expect(named(stock, written?.writers ?? [])).toEqual(['virtio_console_backend_write']);
  });
});

describe('who runs, and who waits', () => {
  const rows = (name: string, nth = 0) => {
    const { contexts } = stock.parts.trace;
    return lookAt(stock, stepAt(stock, name, nth), 'contexts').rows.map((row) => ({
      ...row,
      name: contexts[row.context]?.name ?? '',
    }));
  };

  it('tells which thread writes the output, and what the vCPU does meanwhile', () => {
    const all = rows('virtio_console_backend_write');
    expect(all.filter(({ state }) => state === 'runs').map(({ name }) => name)).toEqual([
      'Service VM, acrn-dm thread "vcpu 0" (vm_loop; the only such thread)',
    ]);
    const vcpu = all.find(({ name }) => name.startsWith('pCPU running User VM vCPU 0'));
    expect(vcpu).toMatchObject({ state: 'waits', expr: 'arch_switch_to' });
    const wakers = (vcpu?.wakers ?? []).map((stage) => stock.parts.trace.stages[stage]?.file);
    expect(new Set(wakers)).toEqual(new Set(['hypervisor/common/schedule.c']));
    expect(vcpu?.time).toBeGreaterThan(0);
    const guest = all.find(({ name }) => name.includes('process context') && name.includes('pCPU of that vCPU'));
    expect(guest).toMatchObject({ state: 'away', waits: 'comes back after VM exit' });
  });

  it('tells who sleeps on the HSM, until there is a request', () => {
    const sleeper = rows('pio_instr_vmexit_handler').find(
      ({ name }) => name.includes('inside ioctl') && name.includes('vcpu 0'),
    );
    expect(sleeper).toMatchObject({ state: 'waits', expr: 'wait_event_interruptible' });
    expect(sleeper?.waits).toMatch(/bitmap/);
    expect(named(stock, sleeper?.wakers ?? [])).toEqual(['acrn_ioreq_dispatch']);
    expect(rows('handle_vmexit').find(({ name }) => name === sleeper?.name)?.state).toBe('idle');
  });

  it('a thread that has called on is away, where it went', () => {
    const process = rows('ksys_write').find(({ name }) => name === 'guest user process');
    expect(process).toMatchObject({ state: 'away' });
    expect(process?.waits).toMatch(/^goes on in: User VM vCPU 0/);
  });

  it('is other in another run', () => {
    const session = sessionOf('ioeventfd');
    const { contexts } = session.parts.trace;
    const view = lookAt(session, stepAt(session, 'virtio_console_backend_write'), 'contexts');
    const runs = view.rows.filter(({ state }) => state === 'runs').map(({ context }) => contexts[context]?.name);
    expect(runs).toEqual(['Service VM, acrn-dm pthread "iothr-0-vtcon"']);
  });
});

describe('an answer', () => {
  it('stays small, whatever is asked', () => {
    for (const topic of TOPICS) {
      for (const step of [0, stock.ranges.run.from, stock.ranges.run.to - 1]) {
        const view = lookAt(stock, step, topic, INSPECT_LIMITS.item, INSPECT_LIMITS.item);
        expect(JSON.stringify(view).length).toBeLessThan(200_000);
      }
    }
  });
});
