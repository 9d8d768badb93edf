import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** A function definition as Universal Ctags lists it. */
export interface CtagsFunction {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** Whether Universal Ctags is installed (Debian package `universal-ctags`). */
export function hasCtags(): boolean {
  return spawnSync('ctags', ['--version'], { encoding: 'utf8' }).stdout?.startsWith('Universal Ctags') === true;
}

/** Every C function that Universal Ctags lists below some folders of a tree. */
export function ctagsFunctions(root: string, folders: readonly string[]): readonly CtagsFunction[] {
  const options = ['--languages=C', '--langmap=C:.c.h', '--kinds-C=f', '--fields=n', '-R', '--links=no', '-o', '-'];
  const run = spawnSync('ctags', [...options, ...folders], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  return run.stdout
    .split('\n')
    .filter((row) => row !== '' && !row.startsWith('!'))
    .map((row) => {
      const [name = '', file = ''] = row.split('\t');
      return { name, file: file.split(path.sep).join('/'), line: Number(/\tline:(\d+)/.exec(row)?.[1]) };
    });
}
