import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'rolldown/utils';

/** A TypeScript file of the product, read and parsed. */
export interface SourceFile {
  /** Path from the project's folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly parsed: ReturnType<typeof parseSync>;
}

/** One import or re-export: what is asked for, and whether it leaves no trace in the program (`import type`). */
export interface Import {
  readonly from: string;
  readonly wanted: string;
  readonly typeOnly: boolean;
}

/** Every file below a folder whose name ends so, as paths from the project's folder; none where the folder is missing. */
export function filesUnder(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => path.join(entry.parentPath, entry.name).split(path.sep).join('/'))
    .sort();
}

/** Parses one TypeScript text; a syntax error is thrown, with the file's name. */
export function parse(file: string, text: string): SourceFile {
  const parsed = parseSync(file, text, { lang: 'ts' });
  const [error] = parsed.errors;
  if (error !== undefined) throw new Error(`${file}: ${error.message}`);
  return { path: file, text, parsed };
}

/** All TypeScript files under `src/`. */
export function sourceFiles(): SourceFile[] {
  return filesUnder('src', '.ts').map((file) => parse(file, readFileSync(file, 'utf8')));
}

/** Static imports, re-exports and dynamic imports of a file. A dynamic import of a computed name counts as its source text. */
export function importsOf(file: SourceFile): Import[] {
  const { staticImports, staticExports, dynamicImports } = file.parsed.module;
  const from = file.path;
  return [
    ...staticImports.map((it) => ({
      from,
      wanted: it.moduleRequest.value,
      typeOnly: it.entries.length > 0 && it.entries.every((entry) => entry.isType),
    })),
    ...staticExports.flatMap((it) => {
      const wanted = it.entries[0]?.moduleRequest?.value;
      return wanted === undefined ? [] : [{ from, wanted, typeOnly: it.entries.every((entry) => entry.isType) }];
    }),
    ...dynamicImports.map((it) => ({
      from,
      wanted: file.text.slice(it.moduleRequest.start, it.moduleRequest.end).replace(/^(['"])(.*)\1$/, '$2'),
      typeOnly: false,
    })),
  ];
}

/** The files that the project consists of: those git tracks or would track, without what it ignores. */
export function projectFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    encoding: 'utf8',
  });
  return [...new Set(listed.split('\0'))].filter((file) => file !== '' && existsSync(file));
}
