import { describe, expect, it } from 'vitest';
import { declaredStages } from '../../../src/emulator/stage.ts';
import type { WhyView } from '../../../src/protocol/inspect.ts';
import type { Session } from '../../../src/replay/session.ts';
import { BRANCHES } from '../../../src/replay/why/branches.ts';
import { whyOf } from '../../../src/replay/why/why.ts';
import { NAMED } from '../../../src/scenarios/named.ts';
import { ROUTES } from '../../../src/scenarios/scenario.ts';
import { LANGUAGES } from '../../../src/texts/language.ts';
import { BRANCH_TEXTS } from '../../../src/texts/why/branches.ts';
import { WHY } from '../../../src/texts/why.ts';
import { sessionOf, stepAt, traceOf } from '../inspect/runs.ts';

/** Why the `nth` entry of a stage in the run is there. */
function why(session: Session, name: string, nth = 0): WhyView {
  const step = stepAt(session, name, nth);
  const { seq, stage } = session.steps;
  return whyOf(session, seq[step] ?? 0, session.endOf(step) - 1, stage[step] ?? 0);
}

const scenarios = ({ reasons }: WhyView): readonly string[] => reasons.map(({ scenario }) => scenario);

describe('the texts', () => {
  it('are there in both languages for every stage that a route enters', { timeout: 120_000 }, () => {
    const entered = new Set(
      ROUTES.flatMap((route) => {
        const { stages, chunks } = traceOf(route);
        const seen = new Set<number>();
        for (const chunk of chunks) {
          for (let row = 0; row < chunk.length; row++) {
            seen.add(chunk.stage[row] ?? 0);
          }
        }
        return [...seen].flatMap((stage) => stages[stage]?.id ?? []);
      }),
    );
    expect(entered.size).toBeGreaterThan(400);
    expect([...entered].filter((id) => WHY[id] === undefined)).toEqual([]);
  });

  it('speak of stages that exist, and say something in every language', () => {
    const known = new Set(declaredStages().map(({ id }) => id));
    expect(Object.keys(WHY).filter((id) => !known.has(id))).toEqual([]);
    const said = [...Object.values(WHY), ...Object.values(BRANCH_TEXTS).flatMap((one) => [one.because, one.otherwise])];
    expect(said.filter((text) => LANGUAGES.some((language) => text[language].trim().length < 4))).toEqual([]);
    // Chinese is Chinese, English has none of it.
    expect(said.filter((text) => !/\p{Script=Han}/u.test(text['zh-cn']) || /\p{Script=Han}/u.test(text.en))).toEqual(
      [],
    );
  });
});

describe('the branches', () => {
  it('stand at stages that exist, and name scenarios that exist', () => {
    const known = new Set(declaredStages().map(({ id }) => id));
    expect([...BRANCHES.keys()].filter((id) => !known.has(id))).toEqual([]);
    const named = [...BRANCHES.values()].flat().map(({ scenario }) => scenario);
    expect(named.filter((name) => name !== '' && !NAMED.has(name))).toEqual([]);
    expect(new Set([...BRANCHES.values()].flat().map(({ name }) => name)).size).toBe(Object.keys(BRANCH_TEXTS).length);
  });

  it('say what decided, with the values of this run', () => {
    const view = why(sessionOf('stock'), 'virtio_console_notify_tx');
    expect(view.reasons).toHaveLength(1);
    expect(view.reasons[0]?.because).toContain('vq->notify is set');
    const values = view.reasons[0]?.fields.map(({ name, value }) => `${name}=${value}`);
    expect(values?.[0]).toBe('queues[1].notify=virtio_console_notify_tx');
    expect(values).toContain('virtio_poll_enabled=0');
  });

  it('go with the run: other conditions, other reasons', () => {
    const stock = sessionOf('stock');
    expect(scenarios(why(stock, 'find_ioreq_client'))).toEqual(['ioeventfd']);
    expect(scenarios(why(sessionOf('ioeventfd'), 'find_ioreq_client'))).toEqual(['stock']);
    expect(scenarios(why(sessionOf('ioeventfd'), 'virtio_console_notify_tx'))).toEqual(['stock']);
    expect(scenarios(why(sessionOf('poll'), 'virtio_console_notify_tx'))).toEqual(['stock']);
    expect(scenarios(why(stock, 'ioreq_complete_request'))).toEqual(['polling-completion']);
    expect(scenarios(why(sessionOf('polling-completion'), 'ioreq_complete_request'))).toEqual(['stock']);
    expect(scenarios(why(stock, 'outw'))).toEqual(['modern-mmio']);
    expect(scenarios(why(sessionOf('modern-mmio'), 'writew'))).toEqual(['stock']);
    expect(scenarios(why(sessionOf('modern-pio'), 'outw'))).toEqual(['modern-mmio']);
    expect(scenarios(why(stock, 'pci_generate_msix'))).toEqual(['intx']);
    expect(scenarios(why(sessionOf('intx'), 'pci_lintr_assert'))).toEqual(['msi-x']);
    expect(scenarios(why(stock, 'acrn_insert_request'))).toEqual(['asyncio']);
    expect(scenarios(why(sessionOf('asyncio'), 'acrn_insert_asyncio'))).toEqual(['ioeventfd']);
  });

  it('say why there is no used entry for a chain of two, and nothing of the kind for a chain of one', () => {
    const chained = sessionOf('chained-output');
    const refused = why(chained, '_vq_record', 1).reasons.map(({ because }) => because);
    expect(refused.some((text) => /more descriptors than the one/.test(text))).toBe(true);
    expect(why(chained, 'vq_endchains').reasons.length).toBeGreaterThan(1);
    const single = why(sessionOf('port-write'), '_vq_record');
    expect(scenarios(single)).toEqual(['chained-output']);
    expect(single.reasons[0]?.fields.map(({ name }) => name)).toEqual(['desc[0].addr', 'desc[0].len', 'desc[0].flags']);
    expect(why(sessionOf('port-write'), 'vq_endchains').reasons).toEqual([]);
  });

  it('find the queue that is meant', () => {
    const session = sessionOf('receive');
    const { reasons } = why(session, 'virtio_console_backend_read');
    expect(reasons[0]?.scenario).toBe('input-dropped');
    const taken = why(session, 'vq_getchain').reasons[0]?.fields ?? [];
    expect(taken.map(({ name }) => name)).toContain('queues[0].last_avail');
  });

  it('and a stage without one has its text alone', () => {
    const view = why(sessionOf('stock'), 'ksys_write');
    expect(view.reasons).toEqual([]);
    expect(view.text.length).toBeGreaterThan(20);
  });
});
