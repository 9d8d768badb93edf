import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScenario, parseScenarioText } from '../../src/scenarios/parse.ts';
import { problemText } from '../../src/texts/problems.ts';
import { SCHEMA_PATH, schemaText } from './schema-text.ts';

const write = { do: 'write', path: '/dev/hvc0', data: 'hi\n' };
const file = (changes: object = {}): object => ({ format: 1, name: 'mine', actions: [write], ...changes });

function wrong(value: unknown): { readonly path: string; readonly found: string; readonly allowed: string } {
  const parsed = parseScenario(value);
  if (parsed.ok || parsed.error.code !== 'bad-scenario') {
    throw new Error('the file was taken');
  }
  return parsed.error.args;
}

it('fills in what a file leaves out', () => {
  expect(parseScenario(file())).toEqual({
    ok: true,
    value: {
      format: 1,
      name: 'mine',
      route: 'stock',
      title: { en: 'mine', 'zh-cn': 'mine' },
      summary: { en: 'mine', 'zh-cn': 'mine' },
      machine: { vcpus: 1, console: '@stdio:stdio_port', seed: 0 },
      forced: [],
      actions: [{ ...write, vcpu: 0 }],
    },
  });
});

describe('a wrong file is answered with the place and what is allowed there', () => {
  it.each([
    ['no object', 7, { path: '/', found: '7', allowed: 'Object' }],
    ['another format', file({ format: 2 }), { path: '/format', found: '2', allowed: '1' }],
    ['no actions', { format: 1, name: 'x' }, { path: '/actions', found: '', allowed: '"actions"' }],
    ['too many vCPUs', file({ machine: { vcpus: 17 } }), { path: '/machine/vcpus', found: '17', allowed: '1..16' }],
    ['half a vCPU', file({ machine: { vcpus: 1.5 } }), { path: '/machine/vcpus', found: '1.5', allowed: '1..16' }],
    [
      'text for a number',
      file({ machine: { seed: 'x' } }),
      { path: '/machine/seed', found: '"x"', allowed: '0..4294967295' },
    ],
    [
      'an unknown key',
      file({ machine: { cpus: 1 } }),
      {
        path: '/machine/cpus',
        found: '"cpus"',
        allowed: 'vcpus | console | seed | rtvm | virtioPoll | virtioMsi | guestCommandLine | turns',
      },
    ],
    [
      'an unknown forcing',
      file({ forced: ['magic'] }),
      {
        path: '/forced/0',
        found: '"magic"',
        allowed: '("base.iothread" | "base.iothread-alone" | "modern-mmio" | "modern-pio" | "acrn-kernel")',
      },
    ],
    [
      'odd hex digits',
      file({ actions: [{ ...write, data: 'hex:123' }] }),
      { path: '/actions/0/data', found: '"hex:123"', allowed: 'text | hex:00ff...' },
    ],
    [
      'a vCPU that is not there',
      file({ actions: [{ ...write, vcpu: 1 }] }),
      { path: '/actions/0/vcpu', found: '1', allowed: '0..0' },
    ],
  ])('%s', (_what, value, expected) => {
    expect(wrong(value)).toEqual(expected);
  });

  it('more than anybody waits for', () => {
    const many = Array.from({ length: 3 }, () => ({ ...write, times: 10_000 }));
    expect(wrong(file({ actions: many }))).toEqual({ path: '/actions', found: '30000', allowed: '<=20000' });
  });

  it('an unknown action names all known ones', () => {
    const { path, allowed } = wrong(file({ actions: [write, { do: 'dance' }] }));
    expect(path).toBe('/actions/1/do');
    for (const known of ['write', 'read', 'splice', 'post', 'rest', 'input', 'connect', 'kill']) {
      expect(allowed).toContain(`"${known}"`);
    }
  });

  it('text that is no JSON', () => {
    const parsed = parseScenarioText('{"format": 1,');
    expect(parsed).toMatchObject({ ok: false, error: { code: 'bad-scenario', args: { path: '/', allowed: 'JSON' } } });
  });

  it('in a sentence of either language', () => {
    const parsed = parseScenario(file({ machine: { vcpus: 17 } }));
    const error = parsed.ok ? undefined : parsed.error;
    expect(error).toBeDefined();
    for (const language of ['en', 'zh-cn'] as const) {
      const { text } = problemText(error as NonNullable<typeof error>, language);
      expect(text).toContain('/machine/vcpus');
      expect(text).toContain('1..16');
    }
  });
});

it('the published JSON Schema is the validator', () => {
  expect(JSON.parse(readFileSync(SCHEMA_PATH, 'utf8'))).toEqual(JSON.parse(schemaText()));
});
