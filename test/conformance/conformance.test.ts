import { describe, expect, it } from 'vitest';
import { deviceRings } from './device-rings.ts';
import { RECORDED } from './files.ts';

describe('rings of a real driver in front of the emulated device', () => {
  const verdicts = deviceRings(RECORDED);

  it('are 43', () => {
    expect(verdicts.length).toBe(43);
  });

  it('are taken as by the real device, or otherwise for a stated reason', () => {
    expect(verdicts.filter(({ difference }) => difference !== undefined)).toEqual([]);
  });
});
