import { beforeAll, describe, expect, it } from 'vitest';
import { defined } from '../../src/base/assert.ts';
import { line } from '../../src/base/brand.ts';
import { indexText } from '../../src/indexer/index-text.ts';
import type { FunctionRef } from '../../src/indexer/link-types.ts';
import { Links } from '../../src/indexer/links.ts';
import { fixture } from './check.ts';
import { testEngine } from './engine.ts';
import { testDialect } from './test-dialect.ts';

const FILES = ['flow.c', 'registered.c', 'macros.c'];
let links: Links;

beforeAll(async () => {
  const engine = await testEngine();
  const facts = FILES.map((file) => indexText(file, fixture(file), engine, testDialect));
  links = new Links(facts, testDialect);
});

const fn = (name: string): FunctionRef => defined(links.functionsNamed(name)[0], name);

/** Line of the first row of a fixture that holds a text. */
const lineOf = (file: string, text: string): number =>
  fixture(file)
    .split('\n')
    .findIndex((row) => row.includes(text)) + 1;

describe('links', () => {
  it('find a function by name and by line', () => {
    expect(links.functionsNamed('nowhere')).toEqual([]);
    const at = links.functionAt('flow.c', line(lineOf('flow.c', 'current_reader = reader;')));
    expect(at?.fact.name).toBe('set_reader');
    expect(links.functionAt('flow.c', line(1))).toBeUndefined();
    expect(links.functionAt('none.c', line(1))).toBeUndefined();
  });

  it('give the calls of a function in source order', () => {
    expect(links.callsIn(fn('start')).map((call) => call.fact.callee)).toEqual([
      'b->setup',
      'forward',
      'set_reader',
      'local',
      'w->run',
      'current_reader',
      'q->read',
    ]);
    expect(links.callsIn(fn('SEND')).map((call) => call.fact.callee)).toEqual(['(p)->send', 'emit']);
  });

  it('give every place that binds a function, arguments included', () => {
    const places = links.bindingsOf('odd').map(({ fact }) => `${fact.line} ${fact.callee}`);
    expect(places).toEqual([
      `${lineOf('flow.c', 'set_reader(odd)')} set_reader`,
      `${lineOf('flow.c', 'apply(odd)')} apply`,
      `${lineOf('flow.c', 'SET_READ(q, odd)')} SET_READ`,
    ]);
  });

  it('show a pointer by its bindings, nearest to the call first, the naming place last', () => {
    const call = defined(
      links.callsIn(fn('start')).find((it) => it.fact.callee === 'q->read'),
      'call',
    );
    const target = defined(
      links.targetsOf(call).targets.find((it) => it.function.fact.name === 'slow'),
      'slow',
    );
    expect(target).toMatchObject({ confidence: 'found', how: 'pointer' });
    expect(target.bindings.map((place) => Number(place.line))).toEqual([
      lineOf('flow.c', 'q->read = reader;'),
      lineOf('flow.c', 'store(q, 1, given);'),
      lineOf('flow.c', 'forward(q, slow)'),
    ]);
  });

  it('find callers by name, through pointers and through macros', () => {
    const callers = (name: string): string[] =>
      links
        .callersOf(fn(name))
        .map(({ call, confidence }) => `${call.fact.inFunction} ${call.fact.callee} ${confidence}`);
    expect(callers('forward')).toEqual(['bus_setup forward found', 'start forward found']);
    expect(callers('fast').toSorted()).toEqual([
      'apply reader found',
      'start local found',
      'start q->read found',
      'start w->run found',
    ]);
    expect(callers('sender').toSorted()).toEqual(['SEND (p)->send found', 'use p->send found']);
    expect(callers('do_job')).toEqual(['start_job queue_work found', 'start_job queue_work possible']);
  });

  it('give the same answer when asked again', () => {
    const call = defined(links.callsIn(fn('apply'))[0], 'call');
    expect(links.targetsOf(call)).toBe(links.targetsOf(call));
  });
});
