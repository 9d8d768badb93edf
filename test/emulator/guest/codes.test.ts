import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { GUEST_FAULTS, GUEST_LOGS } from '../../../src/emulator/guest/codes.ts';

const folder = fileURLToPath(new URL('../../../src/emulator/guest/', import.meta.url));
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && name !== 'codes.ts')
  .map((name) => readFileSync(folder + name, 'utf8'))
  .join('\n');

it('the list of codes is what the guest uses', () => {
  const used = new Set([...sources.matchAll(/'(guest-[a-z0-9-]+)'/g)].map((match) => match[1]));
  for (const program of ['guest-kernel', 'guest-user']) {
    used.delete(program);
  }
  expect([...used].sort()).toEqual([...GUEST_LOGS, ...GUEST_FAULTS].sort());
});
