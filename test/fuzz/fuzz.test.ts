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
