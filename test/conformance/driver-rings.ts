import { join } from 'node:path';
import { type Capture, CONFIGURATIONS, type Ring, replay, ringsOf } from '../emulator/guest/recorded-rings.ts';
import { compared, documents, type Verdict } from './files.ts';

/** Rings that the emulated driver lays out, against those of the real one; configurations it does not know are left out. */
export function driverRings(folder: string): Verdict[] {
  const rings = join(folder, 'rings');
  const played = new Map<string, ReadonlyMap<string, readonly Ring[]>>();
  return documents(rings).flatMap(({ name, json }) => {
    const configuration = name.split('.')[0] ?? '';
    if (CONFIGURATIONS[configuration] === undefined) {
      return [];
    }
    const seen = played.get(configuration) ?? replay(configuration);
    played.set(configuration, seen);
    const { real, mine } = ringsOf(rings, json as Capture, seen);
    return [compared(name, real, mine ?? 'no such ring')];
  });
}
