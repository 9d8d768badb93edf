import { emulatorRows } from './emulator.ts';
import { panelRows } from './panel.ts';
import { programRows } from './programs.ts';
import { line, missed } from './rows.ts';

/*
 * `npm run bench [-- --json] [-- --long]`: figures against the design's budgets. ACRN_SRC and LINUX_SRC name the trees.
 * Ends with exit code 1 where a budget is missed.
 */
const rows = [...emulatorRows(process.argv.includes('--long')), ...(await programRows()), ...panelRows()];

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ format: 1, rows }));
} else {
  console.log(rows.map(line).join('\n'));
}
process.exitCode = missed(rows).length === 0 ? 0 : 1;
