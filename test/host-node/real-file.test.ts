import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { utf8 } from '../../src/base/bytes.ts';
import { emulatedOutside } from '../../src/emulator/outside/outside.ts';
import { RealFile, RealTerminal, withRealFiles } from '../../src/host-node/real-file.ts';
import { FILE_BACKEND_PATH, stock, withWrite } from '../../src/scenarios/named.ts';
import { runScenario } from '../../src/scenarios/run.ts';

describe('real backends', () => {
  it('appends to the file that the user chose, byte for byte', () => {
    const chosen = path.join(mkdtempSync(path.join(tmpdir(), 'virtio-trace-')), 'console.log');
    for (const text of ['hello\n', 'again']) {
      const file = RealFile.open(chosen);
      if (!file.ok) {
        throw new Error(file.error.code);
      }
      const outside = withRealFiles(emulatedOutside(), { path: FILE_BACKEND_PATH, file: file.value });
      expect(runScenario(withWrite(stock, utf8(text), 'file'), outside)).toMatchObject({ ok: true });
    }
    expect(readFileSync(chosen, 'latin1')).toBe('hello\r\nagain');
  });

  it('says why a file cannot be written', () => {
    const missing = path.join(tmpdir(), 'no', 'such', 'folder', 'x');
    expect(RealFile.open(missing)).toMatchObject({
      ok: false,
      error: { code: 'cannot-write', args: { path: missing } },
    });
  });

  it('drives the console on a real terminal: everything that the guest writes is offered to it', () => {
    const terminal = new RealTerminal();
    const shown: Uint8Array[] = [];
    vi.spyOn(terminal, 'write').mockImplementation((bytes) => {
      shown.push(bytes.slice());
      return bytes.length;
    });
    const run = runScenario(
      withWrite(stock, utf8('hi\n'), 'stdio'),
      withRealFiles(emulatedOutside(), { stdin: terminal }),
    );
    expect(run).toMatchObject({ ok: true });
    expect(Buffer.concat(shown).toString()).toBe('hi\r\n');
  });
});
