import type { OutsideFile } from '../emulator/boundaries.ts';
import { readOnlyPipe } from '../emulator/outside/files.ts';
import { EmulatedOutside } from '../emulator/outside/outside.ts';
import type { Scenario } from './scenario.ts';

/** Paths of the tty ports in acrn-dm's option text, in order. */
const ttyPaths = (console: string): string[] =>
  console.split(',').flatMap((option) => /^@?tty:[^=]*=(.+)$/i.exec(option)?.[1] ?? []);

/** Real ends that the user chose for this run. */
export interface RealEnds {
  readonly stdin?: OutsideFile;
  readonly files?: ReadonlyMap<string, OutsideFile>;
}

/**
 * What lies outside the machine of a scenario: all emulated, but for what `real` names. Terminals that tty ports name exist,
 * with the endpoints `tty`, `tty1`, ...
 */
export function outsideOf(scenario: Scenario, real: RealEnds = {}): EmulatedOutside {
  const { stdin, unread } = scenario.surroundings ?? {};
  const zero = real.stdin ?? (stdin === 'pipe' ? readOnlyPipe('stdio') : undefined);
  const outside = new EmulatedOutside({
    ...(zero === undefined ? {} : { stdin: zero }),
    ...(unread === undefined ? {} : { unread }),
  });
  for (const [index, path] of ttyPaths(scenario.machine.console).entries()) {
    outside.addTerminal(path, index === 0 ? 'tty' : `tty${index}`);
  }
  for (const [path, file] of real.files ?? []) {
    outside.fileSystem.add(path, () => file);
  }
  return outside;
}
