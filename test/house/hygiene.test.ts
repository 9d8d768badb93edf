import { readFileSync } from 'node:fs';
import { Visitor } from 'rolldown/utils';
import { describe, expect, it } from 'vitest';
import { parse, projectFiles } from './source-files.ts';

const files = projectFiles();
const texts = files
  .filter((file) => !/\.(png|wasm|bin)$/.test(file))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
const lockFiles = texts.filter(({ file }) => file.endsWith('package-lock.json'));

/** A folder at the root of somebody's machine, where no dot, letter or digit stands before the slash. */
const MACHINE_PATH = new RegExp(`(^|[^.\\w*/-])/(${['work', 'tmp', 'root', 'home', 'farm'].join('|')})/`, 'm');
/** Hosts that packages come from. */
const REGISTRY_HOST = new RegExp(['registry[.]npmjs', 'npm[m]irror', 'yarn[p]kg', 'deb[.]debian', '[p]ypi'].join('|'));

interface LockEntry {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
const entriesOf = (text: string): Readonly<Record<string, LockEntry>> => JSON.parse(text).packages;

/** Syntax in a script that a Node.js before 14 cannot read, so that it could not say that it is too old. */
function newSyntax(file: string, text: string): string[] {
  const found: string[] = [];
  new Visitor({
    ChainExpression: (node) => found.push(`?. at ${node.start}`),
    LogicalExpression: (node) => node.operator === '??' && found.push(`?? at ${node.start}`),
    AssignmentExpression: (node) => /[|&?]{2}=/.test(node.operator) && found.push(`${node.operator} at ${node.start}`),
    CatchClause: (node) => node.param === null && found.push(`catch without a name at ${node.start}`),
    PropertyDefinition: (node) => found.push(`class field at ${node.start}`),
    Literal: (node) => 'bigint' in node && found.push(`bigint at ${node.start}`),
  }).visit(parse(file, text).parsed.program);
  return found.map((what) => `${file}: ${what}`);
}

describe('what is committed', () => {
  it('holds no path of one machine and no registry host', () => {
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter(({ text }) => MACHINE_PATH.test(text)).map(({ file }) => file)).toEqual([]);
    expect(texts.filter(({ text }) => REGISTRY_HOST.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('is searched by patterns that find such things', () => {
    for (const folder of ['work', 'tmp', 'root']) expect(`see "/${folder}/x"`).toMatch(MACHINE_PATH);
    expect('out/work/x ../tmp/x').not.toMatch(MACHINE_PATH);
    expect(['https:/', '', `registry.${'npmjs'}.org`].join('/')).toMatch(REGISTRY_HOST);
  });

  it('has lock files without download addresses', () => {
    expect(lockFiles.map(({ file }) => file)).toContain('package-lock.json');
    const addressed = lockFiles.filter(({ text }) =>
      Object.values(entriesOf(text)).some((entry) => 'resolved' in entry),
    );
    expect(addressed.map(({ file }) => file)).toEqual([]);
  });

  it('has lock files that npm ci takes on every platform: each optional package has its entry (npm run lockfile)', () => {
    const missing = lockFiles.flatMap(({ file, text }) => {
      const entries = entriesOf(text);
      const wanted = Object.entries(entries).flatMap(([path, entry]) =>
        Object.keys(entry.optionalDependencies ?? {}).map((name) => [
          `node_modules/${name}`,
          `${path}/node_modules/${name}`,
        ]),
      );
      return wanted.filter((places) => !places.some((place) => place in entries)).map(([place]) => `${file}: ${place}`);
    });
    expect(missing).toEqual([]);
  });

  it('has start scripts that even a Node.js 8 can read, to say that it is too old', () => {
    const scripts = texts.filter(({ file }) => file.endsWith('.cjs') && file.startsWith('scripts/'));
    expect(scripts.length).toBeGreaterThan(2);
    expect(scripts.flatMap(({ file, text }) => newSyntax(file, text))).toEqual([]);
    expect(newSyntax('x.ts', 'a?.b; a ?? b; try { a } catch { b }')).toHaveLength(3);
    const early = texts.filter(({ file, text }) => file === 'scripts/setup.cjs' && /require\(['"]node:/.test(text));
    expect(early).toEqual([]);
  });

  it('skips, focuses and postpones nothing', () => {
    const words = ['skip', 'only', 'todo', 'skipIf', 'runIf'].join('|');
    const marked = new RegExp(`\\b(it|test|describe)[.](${words})\\b|\\b${'TO'}${'DO'}\\b|\\b${'FIX'}${'ME'}\\b`);
    const code = texts.filter(({ file }) => /^(src|test|scripts|sample)\//.test(file));
    expect(code.filter(({ text }) => marked.test(text)).map(({ file }) => file)).toEqual([]);
  });
});
