import { describe, expect, it } from 'vitest';
import { STEP_KINDS } from '../../src/protocol/messages.ts';
import { NO_STEP } from '../../src/replay/step-table.ts';
import { stepsOf } from '../../src/replay/steps.ts';
import { hopsOf } from '../../src/trace/hops.ts';
import { STAGES, smallTrace } from './small-run.ts';

const named = (stage: number): string => STAGES[stage]?.function ?? '-';

describe('steps of a trace', () => {
  const trace = smallTrace();
  const table = stepsOf(trace);
  const rows = Array.from({ length: table.length }, (_, step) => {
    const hop = table.hopOf(step);
    const how = hop === undefined ? '' : ` ${hop.kind} ${named(hop.from)}>${named(hop.to)}`;
    return `${STEP_KINDS[table.kind[step] ?? 0]} ${named(table.stage[step] ?? 0)}${how}`;
  });

  it('are the entries, the boundaries and what goes on after them', () => {
    expect(rows).toEqual([
      'enter vm_loop',
      'leave vm_loop ioctl vm_loop>acrn_dev_ioctl',
      'enter acrn_dev_ioctl ioctl vm_loop>acrn_dev_ioctl',
      'resume vm_loop return acrn_dev_ioctl>vm_loop',
      'enter write(2)',
      'leave write(2) syscall write(2)>ksys_write',
      'enter ksys_write syscall write(2)>ksys_write',
      'enter vp_notify fptr_call ksys_write>vp_notify',
      'leave vp_notify vm_exit vp_notify>emulate_io',
      'enter emulate_io vm_exit vp_notify>emulate_io',
      'enter hv_emulate_pio direct_call emulate_io>hv_emulate_pio',
      'enter acrn_insert_request return_then_call hv_emulate_pio>acrn_insert_request',
      'leave acrn_insert_request waitqueue_wait acrn_insert_request>acrn_insert_request',
      'enter virtio_console_notify_tx fptr_call vm_loop>virtio_console_notify_tx',
      'leave virtio_console_notify_tx waitqueue_wake virtio_console_notify_tx>acrn_insert_request',
      'resume acrn_insert_request waitqueue_wake virtio_console_notify_tx>acrn_insert_request',
    ]);
  });

  it('know the step at which control left for them', () => {
    expect(table.origin[9]).toBe(8);
    expect(table.origin[15]).toBe(14);
    expect(table.origin[10]).toBe(NO_STEP);
  });

  it('name who makes a call after a return', () => {
    expect(named(table.hopOf(11)?.caller ?? -1)).toBe('emulate_io');
  });

  it('take the same hops as the trace itself tells', () => {
    const told = new Set(Array.from(hopsOf(trace), (hop) => `${hop.kind} ${hop.from} ${hop.to} ${hop.caller}`));
    const taken = table.hops.filter((hop) => hop.kind !== 'return');
    expect(taken.length).toBeGreaterThan(8);
    for (const hop of taken) {
      expect(told).toContain(`${hop.kind} ${hop.from} ${hop.to} ${hop.caller}`);
    }
  });

  it('are found by their event', () => {
    for (let step = 0; step < table.length; step++) {
      expect(table.firstAt(table.seq[step] ?? 0)).toBeLessThanOrEqual(step);
    }
    expect(table.firstAt(trace.length)).toBe(table.length);
  });
});
