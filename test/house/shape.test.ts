import { describe, expect, it } from 'vitest';
import { BOUNDS, houseSpread, shapeOf, spread } from './shape.ts';
import { parse, sourceFiles } from './source-files.ts';

const shapes = sourceFiles().map(shapeOf);

describe('the shape of src/', () => {
  it(`no file is longer than ${BOUNDS.file.max} lines`, () => {
    const long = shapes.filter((it) => it.lines > BOUNDS.file.max).map((it) => `${it.file}: ${it.lines}`);
    expect(shapes.length).toBeGreaterThan(0);
    expect(long).toEqual([]);
  });

  it(`no function is longer than ${BOUNDS.function.max} lines`, () => {
    const all = shapes.flatMap((it) => it.functions);
    const long = all.filter((it) => it.lines > BOUNDS.function.max);
    expect(long.map((it) => `${it.file}:${it.line} ${it.name}: ${it.lines}`)).toEqual([]);
  });

  it('medians and 90th percentiles stay inside the bounds', () => {
    const { file, function: functions } = houseSpread(shapes);
    expect(file.median).toBeLessThanOrEqual(BOUNDS.file.median);
    expect(file.p90).toBeLessThanOrEqual(BOUNDS.file.p90);
    expect(functions.median).toBeLessThanOrEqual(BOUNDS.function.median);
    expect(functions.p90).toBeLessThanOrEqual(BOUNDS.function.p90);
  });
});

describe('the measuring', () => {
  it('counts functions of every form, and code without comments and blanks', () => {
    const text = `/** Says
 * what. */
export function declared(): number {
  return [1].map((x) => x)[0] ?? 0; // why
}

const bound = (): string => \`a
b\`;
class C {
  method(): void {}
  field = (): void => {};
}
export const table = { entry: () => bound, C };
`;
    const shape = shapeOf(parse('x.ts', text));
    expect(shape.lines).toBe(13);
    expect(shape.codeLines).toBe(10);
    const listed = shape.functions.map((it) => `${it.name}@${it.line}+${it.lines}`).sort();
    expect(listed).toEqual(
      ['(anonymous)@4+1', 'bound@7+2', 'declared@3+3', 'entry@13+1', 'field@11+1', 'method@10+1'].sort(),
    );
  });

  it('takes ranks from the sorted list', () => {
    expect(spread([9, 1, 2, 3, 4, 5, 6, 7, 8, 10])).toEqual({ count: 10, median: 6, p90: 10, max: 10 });
    expect(spread([])).toEqual({ count: 0, median: 0, p90: 0, max: 0 });
  });
});
