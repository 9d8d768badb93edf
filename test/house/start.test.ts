import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const scratch = mkdtempSync(path.join(tmpdir(), 'virtio-trace-start-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const setup = path.resolve('scripts/setup.cjs');
const needed: string = JSON.parse(readFileSync('package.json', 'utf8')).engines.node.replace('>=', '');

/** Asks for Node.js as a program would that runs on another version of it. */
function onVersion(version: string) {
  const claim = `Object.defineProperty(process.versions, 'node', { value: '${version}' });`;
  const ask = `require(${JSON.stringify(setup)}).requireNode()`;
  return spawnSync(process.execPath, ['-e', claim + ask], { encoding: 'utf8' });
}

/** A folder with the locked packages of `lock` wanted and those of `installed` there; what the start script makes of it. */
function reasonToInstall(lock: object, installed?: object): string {
  const folder = mkdtempSync(path.join(scratch, 'clone-'));
  mkdirSync(path.join(folder, 'scripts'));
  cpSync(setup, path.join(folder, 'scripts/setup.cjs'));
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ packages: lock }));
  if (installed !== undefined) {
    mkdirSync(path.join(folder, 'node_modules'));
    writeFileSync(path.join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
  }
  const ask = `console.log(require(${JSON.stringify(path.join(folder, 'scripts/setup.cjs'))}).reasonToInstall('.'))`;
  return execFileSync(process.execPath, ['-e', ask], { encoding: 'utf8' }).trim();
}

describe('npm start and npm test', () => {
  it('answer a Node.js that is too old with one line that names both versions', () => {
    for (const version of ['8.17.0', '18.20.8', '20.18.3']) {
      const { status, stderr, stdout } = onVersion(version);
      expect([status, stdout, stderr.trim().split('\n').length]).toEqual([1, '', 1]);
      expect(stderr).toContain(version);
      expect(stderr).toContain(needed);
    }
    for (const version of [needed, '20.20.0', '22.0.0', '24.1.0']) expect(onVersion(version).status).toBe(0);
  });

  it('install where packages are missing or not the locked ones, and only then', () => {
    const lock = {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.0', optional: true },
    };
    const a = { 'node_modules/a': { version: '1.0.0' } };
    expect(reasonToInstall(lock)).toBe('node_modules is missing');
    expect(reasonToInstall(lock, {})).toBe('node_modules/a is not the locked version');
    expect(reasonToInstall(lock, { 'node_modules/a': { version: '1.0.1' } })).toBe(
      'node_modules/a is not the locked version',
    );
    expect(reasonToInstall(lock, a)).toBe('undefined');
    const oldB = { ...a, 'node_modules/b': { version: '1.9.9' } };
    expect(reasonToInstall(lock, oldB)).toBe('node_modules/b is not the locked version');
  });

  it('have a shell script in front that answers a missing Node.js or npm with one line', () => {
    const bare = path.join(scratch, 'bin');
    mkdirSync(bare);
    for (const tool of ['sed', 'dirname']) {
      symlinkSync(execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim(), path.join(bare, tool));
    }
    const run = () => spawnSync('/bin/sh', ['scripts/need-node.sh'], { encoding: 'utf8', env: { PATH: bare } });
    const without = run();
    expect([without.status, without.stderr.trim().split('\n').length]).toEqual([1, 1]);
    expect(without.stderr).toContain(`Node.js ${needed} or newer is needed`);
    symlinkSync(process.execPath, path.join(bare, 'node'));
    expect([run().status, run().stderr]).toEqual([1, expect.stringContaining('npm is needed')]);
  });
});
