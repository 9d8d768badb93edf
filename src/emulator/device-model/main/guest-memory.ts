import { acrnFile, stage } from '../../stage.ts';
import type { DmCx } from '../process.ts';
import { vm_map_gpa } from '../vmmapi.ts';

const file = acrnFile('device-model', 'devicemodel/core/main.c');

/** core/main.c: a guest-physical range as a pointer, NULL where it is not wholly RAM. */
export const paddr_guest2host = stage(file, 'paddr_guest2host', (cx: DmCx, gaddr: number, len: number): number =>
  vm_map_gpa(cx, gaddr, len),
);
