import { BOUNDS, type FileShape, houseSpread, type Spread, shapeOf, spread } from './shape.ts';
import { sourceFiles } from './source-files.ts';

const shapes = sourceFiles().map(shapeOf);

/** `src/emulator/guest/x.ts` -> `emulator/guest`: one row for each emulated program, one for any other folder of src/. */
function rowName(file: string): string {
  const [, layer = '', program] = file.split('/');
  return layer === 'emulator' && program !== undefined && !program.endsWith('.ts') ? `${layer}/${program}` : layer;
}

const triple = (it: Spread): string => `${it.median} / ${it.p90} / ${it.max}`;

function row(name: string, files: readonly FileShape[]): string {
  const whole = houseSpread(files);
  const code = spread(files.map((it) => it.codeLines));
  const sum = files.reduce((total, it) => total + it.codeLines, 0);
  const cells = [
    String(code.count),
    String(sum),
    triple(whole.file),
    String(whole.function.count),
    triple(whole.function),
  ];
  return [name.padEnd(24), ...cells.map((cell) => cell.padStart(18))].join('');
}

const names = [...new Set(shapes.map((it) => rowName(it.file)))].sort();
const heads = ['files', 'code lines', 'file med/p90/max', 'functions', 'fn med/p90/max'];
console.log([''.padEnd(24), ...heads.map((head) => head.padStart(18))].join(''));
for (const name of names)
  console.log(
    row(
      name,
      shapes.filter((it) => rowName(it.file) === name),
    ),
  );
console.log(row('all of src/', shapes));

const { file, function: functions } = houseSpread(shapes);
const { file: fileBound, function: functionBound } = BOUNDS;
console.log(
  `bounds: file ${fileBound.median} / ${fileBound.p90} / ${fileBound.max} (median and p90 in code lines, maximum in all lines), ` +
    `function ${functionBound.median} / ${functionBound.p90} / ${functionBound.max}`,
);
const inside = (found: Spread, bound: { median: number; p90: number; max: number }): boolean =>
  found.median <= bound.median && found.p90 <= bound.p90 && found.max <= bound.max;
process.exitCode = inside(file, fileBound) && inside(functions, functionBound) ? 0 : 1;
