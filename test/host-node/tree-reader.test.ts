import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileTreeReader } from '../../src/host-node/tree-reader.ts';

let folder = '';
const file = (name: string): string => path.join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tree-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a folder as a tree', () => {
  it('gives the text of a file, through a symbolic link too', async () => {
    mkdirSync(file('include'));
    writeFileSync(file('include/a.h'), 'int a;\n');
    symlinkSync('include/a.h', file('b.h'));
    const reader = new FileTreeReader(folder);
    expect(await reader.readText('include/a.h')).toEqual({ ok: true, value: { text: 'int a;\n' } });
    expect(await reader.readText('b.h')).toEqual({ ok: true, value: { text: 'int a;\n' } });
    expect(await reader.exists('include')).toBe(true);
    expect(await reader.exists('.')).toBe(true);
  });

  it('says what is not there', async () => {
    writeFileSync(file('a.c'), '');
    const reader = new FileTreeReader(folder);
    const missing = await reader.readText('no/such.c');
    expect(!missing.ok && missing.error.code).toBe('file-missing-in-tree');
    const below = await reader.readText('a.c/b.c');
    expect(!below.ok && below.error.code).toBe('file-missing-in-tree');
    expect(await reader.exists('no/such.c')).toBe(false);
    expect(await new FileTreeReader(file('none')).exists('.')).toBe(false);
  });

  it('replaces invalid bytes, keeps the lines and warns', async () => {
    writeFileSync(file('latin.c'), Buffer.from([0x61, 0x0a, 0xe9, 0x0a, 0x62, 0x0a]));
    writeFileSync(file('replaced.c'), 'a \ufffd b\n');
    const reader = new FileTreeReader(folder);
    const latin = await reader.readText('latin.c');
    expect(latin.ok && latin.value.text.split('\n')).toEqual(['a', '\ufffd', 'b', '']);
    expect(latin.ok && latin.value.warning?.code).toBe('file-not-utf8');
    const replaced = await reader.readText('replaced.c');
    expect(replaced.ok && replaced.value.warning).toBeUndefined();
  });

  it('says what cannot be read', async () => {
    mkdirSync(file('folder.c'));
    symlinkSync('loop.c', file('loop.c'));
    const reader = new FileTreeReader(folder);
    for (const name of ['folder.c', 'loop.c']) {
      const result = await reader.readText(name);
      expect(!result.ok && result.error.code, name).toBe('file-unreadable');
    }
  });

  it('reads a file again that changed while it was read, and says where it never holds still', async () => {
    writeFileSync(file('x.c'), 'int a;\n');
    let changes = 1;
    const read = async (place: string): Promise<Uint8Array> => {
      const bytes = readFileSync(place);
      if (changes-- > 0) {
        appendFileSync(place, 'int b;\n');
      }
      return bytes;
    };
    const reader = new FileTreeReader(folder, read);
    expect(await reader.readText('x.c')).toEqual({ ok: true, value: { text: 'int a;\nint b;\n' } });
    changes = 9;
    expect(await reader.readText('x.c')).toMatchObject({ ok: false, error: { code: 'file-changing' } });
  });

  it('does not wait on a pipe and does not read what no one can have written by hand', async () => {
    execFileSync('mkfifo', [file('pipe.c')]);
    writeFileSync(file('huge.h'), '');
    truncateSync(file('huge.h'), 100 << 20);
    const reader = new FileTreeReader(folder);
    expect(await reader.readText('pipe.c')).toMatchObject({ ok: false, error: { code: 'file-unreadable' } });
    expect(await reader.readText('huge.h')).toMatchObject({ ok: false, error: { code: 'file-too-large' } });
  });
});
