import { describe, expect, it } from 'vitest';
import { utf8 } from '../../src/base/bytes.ts';
import { momentOf } from '../../src/replay/moment.ts';
import { Session } from '../../src/replay/session.ts';
import { Recorder } from '../../src/trace/recorder.ts';
import { STAGES, smallMap, smallSession } from './small-run.ts';

describe('a run of which only the end was kept', () => {
  const recorder = new Recorder(STAGES, 1);
  const context = recorder.context('device-model', 'vm_loop').id;
  const file = recorder.endpoint('file');
  const loop = recorder.strand('vm_loop');
  recorder.beginRun();
  recorder.enter(loop, context, 6);
  recorder.output(file, utf8('lost '));
  for (let call = 0; call < 80_000; call++) {
    recorder.enter(loop, context, 8);
    recorder.exit(loop);
  }
  recorder.enter(loop, context, 8);
  recorder.output(file, utf8('kept'));
  recorder.exit(loop);
  recorder.exit(loop);
  const { trace } = recorder;
  const session = new Session({ ...smallSession().parts, trace, map: smallMap(trace) });
  const last = session.steps.length - 1;

  it('is replayed from what there is, and says what is missing', () => {
    expect(trace.dropped).toBeGreaterThan(0);
    expect(session.head().dropped).toBe(trace.dropped);
    expect(session.ranges.run.to).toBe(session.steps.length);
    expect(momentOf(session, 0).stage).toBe(8);
  });

  it('still knows all that was written', () => {
    const [before] = momentOf(session, last - 1).output;
    const [after] = momentOf(session, last).output;
    expect([before?.total, after?.total]).toEqual([5, 9]);
    expect(new TextDecoder().decode(after?.tail)).toBe('lost kept');
  });
});
