import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documents } from '../../conformance/files.ts';
import { type Capture, CONFIGURATIONS, replay, ringsOf } from './recorded-rings.ts';

const FOLDER = join(import.meta.dirname, '../../recorded/rings');
const captures = documents(FOLDER).map(({ json }) => json as Capture);

describe.each(Object.keys(CONFIGURATIONS))('%s', (configuration) => {
  const mine = captures.filter((capture) => capture.capture.startsWith(`${configuration}.`));
  const seen = replay(configuration);

  it.each(mine.map((capture) => [capture.capture, capture] as const))('%s', (_name, capture) => {
    const rings = ringsOf(FOLDER, capture, seen);
    expect(rings.mine).toEqual(rings.real);
  });
});
