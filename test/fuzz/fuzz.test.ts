import fc from 'fast-check';
import { describe, it } from 'vitest';
import { hostileCases, playHostile } from './hostile-device.ts';
import { hostileGuests, playHostileGuest } from './hostile-guest.ts';

/* A slice of `npm run fuzz`, the same cases each time. */
describe('hostile guests', () => {
  it('a driver that writes anything anywhere never fails the device model nor breaks its properties', () => {
    fc.assert(fc.property(hostileCases, playHostile), { seed: 20260101, numRuns: 400 });
  });

  it('a guest kernel that does anything on the whole machine ends as events, request slots keep their order', () => {
    fc.assert(fc.property(hostileGuests, playHostileGuest), { seed: 20260101, numRuns: 20 });
  });
});

/* Each was found by the long run, shrunk by fast-check, and is kept as it was found. */
describe('what npm run fuzz found', () => {
  it('bytes of the first event of a chunk lay in the chunk before it: a slot seemed to go from state 28 to 29', () => {
    playHostileGuest({
      machine: { console: 'stdio:stdio_port', seed: 0, vcpus: 2 },
      forced: ['modern-pio'],
      actions: [
        { do: 'input', to: 'stdio', data: 'x' },
        { do: 'input', to: 'pty0', data: 'x' },
        { do: 'input', to: 'stdio', data: 'x' },
        { do: 'shrink', vcpu: 0, queue: 0, length: 0 },
      ],
    });
  });
});
