import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, type SourceFile, sourceFiles } from './source-files.ts';

/** A docstring, and one-line constants that share it. */
const LIST_OF_CONSTANTS = /\/\*\*(?:(?!\*\/).)*\*\/\n(?:export const \w+ = [^\n]*;\n)*$/s;

/** Exported items without a docstring right above them, as `file: first line`. A re-export needs none. */
function undocumented({ path: file, text, parsed }: SourceFile): string[] {
  const inList = (start: number): boolean =>
    /^export const \w+ = .*;\n/.test(text.slice(start)) && LIST_OF_CONSTANTS.test(text.slice(0, start));
  const documented = (start: number): boolean =>
    inList(start) ||
    parsed.comments.some(
      (it) =>
        it.type === 'Block' && it.value.startsWith('*') && it.end <= start && text.slice(it.end, start).trim() === '',
    );
  return parsed.program.body
    .filter((node) => node.type === 'ExportNamedDeclaration' && node.declaration !== null && !documented(node.start))
    .map((node) => `${file}: ${text.slice(node.start, node.end).split('\n')[0]}`);
}

describe('what is written down', () => {
  it('every public item of src/ has a docstring', () => {
    expect(sourceFiles().flatMap(undocumented)).toEqual([]);
  });

  it('the search for docstrings sees a missing one', () => {
    const text =
      '/** Says. */\nexport const a = 1;\nexport const z = 1;\n\nexport const b = 2;\n// why\nexport type C = 1;\n';
    expect(undocumented(parse('x.ts', text))).toEqual(['x.ts: export const b = 2;', 'x.ts: export type C = 1;']);
  });

  it('every test that docs/architecture.md names exists', () => {
    const named = readFileSync('docs/architecture.md', 'utf8').match(/test\/[\w./-]+\.ts/g) ?? [];
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((file) => !existsSync(file))).toEqual([]);
  });

  it('README.md gives each package that package.json asks for its line of reason', () => {
    const asked = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).devDependencies);
    const readme = readFileSync('README.md', 'utf8');
    expect(asked.filter((name) => !new RegExp(`^\\| \`${name}\` +\\| \\w`, 'm').test(readme))).toEqual([]);
  });
});
