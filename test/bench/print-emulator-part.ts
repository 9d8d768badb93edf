import { EMULATOR_PARTS } from './emulator.ts';

/* Prints the rows of one part of the emulator's bench as JSON: `emulator.ts` runs it as a process for each part. */
console.log(JSON.stringify(EMULATOR_PARTS[process.argv[2] ?? '']?.() ?? []));
