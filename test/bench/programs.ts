import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { editorRows } from './editor.ts';
import { indexingRows } from './indexing.ts';
import type { Row } from './rows.ts';

function packageRow(): Row {
  const row: Row = { name: 'extension.vsix', unit: 'bytes', budget: 5 * 1024 * 1024 };
  const file = existsSync('out') ? readdirSync('out').find((name) => name.endsWith('.vsix')) : undefined;
  return file === undefined
    ? { ...row, reason: 'npm run package comes first' }
    : { ...row, value: statSync(join('out', file)).size };
}

/** Rows of whole programs: ours as child processes, peers where they are installed. */
export async function programRows(): Promise<Row[]> {
  const named = (variable: string): string | undefined => {
    const root = process.env[variable];
    return root !== undefined && root !== '' && existsSync(root) ? root : undefined;
  };
  const [acrn, linux] = [named('ACRN_SRC'), named('LINUX_SRC')];
  return [...(await indexingRows(acrn, linux)), ...(await editorRows(acrn, linux)), packageRow()];
}
