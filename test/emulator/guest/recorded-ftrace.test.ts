import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordedFtrace } from './recorded-ftrace.ts';

describe('function_graph logs of a real guest', () => {
  const verdicts = recordedFtrace(join(import.meta.dirname, '../../recorded/ftrace'));

  it('are all compared', () => {
    expect(verdicts.length).toBe(24);
  });

  it.each(verdicts.map((verdict) => [verdict.name, verdict] as const))('%s', (_name, { difference }) => {
    expect(difference).toBe(undefined);
  });
});
