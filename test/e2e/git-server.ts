import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A git server on loopback that serves the sample trees as if they were the real repositories. */
export interface GitServer {
  readonly acrn: string;
  readonly linux: string;
  readonly stop: () => void;
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** Makes a repository of a folder, with a file that no sparse checkout wants. */
function repository(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  mkdirSync(path.join(to, 'Documentation'), { recursive: true });
  writeFileSync(path.join(to, 'Documentation', 'unwanted.rst'), 'not fetched\n');
  const git = (...words: string[]): Buffer =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-C', to, ...words], { stdio: 'pipe' });
  git('init', '-q', '-b', 'main');
  git('add', '-f', '.');
  git('commit', '-qm', 'first');
  git('config', 'uploadpack.allowFilter', 'true');
}

/** Starts the server. */
export async function startGitServer(): Promise<GitServer> {
  const home = mkdtempSync(path.join(tmpdir(), 'virtio-trace-git-'));
  const sample = path.join(import.meta.dirname, '../../sample');
  repository(path.join(sample, 'acrn'), path.join(home, 'acrn-hypervisor'));
  repository(path.join(sample, 'linux'), path.join(home, 'linux'));
  const port = await freePort();
  const words = ['daemon', '--listen=127.0.0.1', `--port=${port}`, '--export-all', `--base-path=${home}`];
  const daemon = spawn('git', words, { stdio: 'ignore', detached: true });
  await pause(500);
  return {
    acrn: `git://127.0.0.1:${port}/acrn-hypervisor`,
    linux: `git://127.0.0.1:${port}/linux`,
    stop: () => {
      if (daemon.pid !== undefined) process.kill(-daemon.pid);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
