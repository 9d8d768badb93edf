import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CancelSignal, neverCancelled } from '../../src/base/cancel.ts';
import { type CloneWish, cloneSparsely, stepOf } from '../../src/host-node/git-clone.ts';
import { FETCHED } from '../../src/sourcemap/dialects/fetched.ts';

let home: string;
let daemon: ChildProcess;
let port = 0;

/** Files of a repository that stands in for Linux: those that are wanted, and others. */
const WANTED = ['Makefile', 'drivers/virt/acrn/hsm.c', 'drivers/virtio/virtio_ring.c', 'fs/eventfd.c', 'include/a/b.h'];
const OTHERS = ['Documentation/long.rst', 'fs/ext4/inode.c', 'drivers/net/big.c', 'lib/zlib/inflate.c'];

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

const answers = (): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'git-clone-'));
  const work = path.join(home, 'served', 'linux');
  for (const file of [...WANTED, ...OTHERS]) {
    mkdirSync(path.join(work, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(work, file), `${file}\n`);
  }
  const git = (...words: string[]): Buffer =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-C', work, ...words], { stdio: 'pipe' });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'first');
  git('tag', 'v1');
  writeFileSync(path.join(work, 'Makefile'), 'second\n');
  git('commit', '-qam', 'second');
  git('config', 'uploadpack.allowFilter', 'true');
  port = await freePort();
  const words = ['daemon', '--listen=127.0.0.1', `--port=${port}`, '--export-all', `--base-path=${path.dirname(work)}`];
  daemon = spawn('git', words, { stdio: 'ignore', detached: true });
  for (let tries = 0; !(await answers()) && tries < 100; tries++) {
    await new Promise((resume) => setTimeout(resume, 50));
  }
});

afterAll(() => {
  if (daemon.pid !== undefined) {
    process.kill(-daemon.pid);
  }
  rmSync(home, { recursive: true, force: true });
});

const wishFor = (folder: string, more: Partial<CloneWish> = {}): CloneWish => ({
  git: 'git',
  url: `git://127.0.0.1:${port}/linux`,
  revision: '',
  folder: path.join(home, folder),
  patterns: FETCHED.linux,
  ...more,
});

const filesIn = (folder: string): string[] =>
  readdirSync(path.join(home, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.git'))
    .map((entry) => path.relative(path.join(home, folder), path.join(entry.parentPath, entry.name)))
    .toSorted();

const cancelled: CancelSignal = { cancelled: true };

describe('sources from a git server on loopback', () => {
  it('come as one commit, with the wanted folders alone, and progress is told', async () => {
    const told: string[] = [];
    await cloneSparsely(wishFor('new/linux'), neverCancelled, (doing, percent) => told.push(`${doing} ${percent}`));
    expect(filesIn('new/linux')).toEqual(WANTED.toSorted());
    expect(readFileSync(path.join(home, 'new/linux/Makefile'), 'utf8')).toBe('second\n');
    const commits = execFileSync('git', ['-C', path.join(home, 'new/linux'), 'rev-list', '--count', 'HEAD'], {
      encoding: 'utf8',
    });
    expect(commits.trim()).toBe('1');
    expect(told.length).toBeGreaterThan(0);
  });

  it('come at a tag', async () => {
    await cloneSparsely(wishFor('tagged', { revision: 'v1' }), neverCancelled, () => undefined);
    expect(readFileSync(path.join(home, 'tagged/Makefile'), 'utf8')).toBe('Makefile\n');
  });

  it('leave nothing behind where it is cancelled or fails', async () => {
    const stopped = cloneSparsely(wishFor('stopped'), cancelled, () => undefined);
    await expect(stopped).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    const lost = cloneSparsely(wishFor('lost', { revision: 'no-such-tag' }), neverCancelled, () => undefined);
    await expect(lost).rejects.toMatchObject({ problem: { code: 'git-failed' } });
    mkdirSync(path.join(home, 'mine'));
    const nowhere = wishFor('mine', { url: `git://127.0.0.1:${port}/nothing` });
    await expect(cloneSparsely(nowhere, neverCancelled, () => undefined)).rejects.toMatchObject({
      problem: { code: 'git-failed', args: { reason: expect.stringMatching(/^fatal: /) } },
    });
    expect(['stopped', 'lost', 'mine'].map((name) => existsSync(path.join(home, name)))).toEqual([false, false, true]);
    expect(readdirSync(path.join(home, 'mine'))).toEqual([]);
  });

  it('never touch a folder that holds something, and run no program that an address names', async () => {
    mkdirSync(path.join(home, 'full'));
    writeFileSync(path.join(home, 'full', 'x'), 'mine');
    await expect(cloneSparsely(wishFor('full'), neverCancelled, () => undefined)).rejects.toMatchObject({
      problem: { code: 'folder-not-empty' },
    });
    expect(readFileSync(path.join(home, 'full', 'x'), 'utf8')).toBe('mine');
    const mark = path.join(home, 'pwned');
    for (const url of [`ext::touch ${mark}`, `--upload-pack=touch ${mark}`]) {
      await expect(cloneSparsely(wishFor('ext', { url }), neverCancelled, () => undefined)).rejects.toMatchObject({
        problem: { code: 'git-failed' },
      });
    }
    expect(existsSync(mark)).toBe(false);
  });

  it('need a git', async () => {
    await expect(
      cloneSparsely(wishFor('none', { git: path.join(home, 'no-git') }), neverCancelled, () => undefined),
    ).rejects.toMatchObject({ problem: { code: 'git-failed' } });
  });
});

describe('what git says of its progress', () => {
  it.each([
    [
      'Cloning into x\nremote: Counting objects:  10% (1/9)\rReceiving objects:  45% (4/9), 1 MiB',
      'Receiving objects',
      45,
    ],
    ['remote: Compressing objects: 100% (9/9), done.\n', 'Compressing objects', 100],
    ['Updating files:   7% (1/9)\r', 'Updating files', 7],
  ])('%j', (said, doing, percent) => {
    expect(stepOf(said)).toEqual({ doing, percent });
  });

  it('is nothing at first', () => {
    expect(stepOf("Cloning into 'x'...\n")).toBeUndefined();
  });
});
