import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ProblemError, problem } from '../base/problem.ts';
import { parseCapture } from '../emulator/conformance/capture.ts';
import { playRing } from '../emulator/conformance/ring-player.ts';
import { messageOf } from '../host-node/real-file.ts';
import { type Command, EXIT } from './command.ts';
import { jsonOf } from './device-command.ts';

/** `ring FILE`: feeds a ring that a real driver laid out to the emulated device model; prints what the device makes of it. */
export const ringCommand: Command = {
  name: 'ring',
  options: {},
  usage: 'ring FILE',
  run(line) {
    const file = line.words[0];
    if (file === undefined || line.words.length !== 1) {
      return Promise.resolve({ problem: problem('usage', { reason: 'ring takes one captured ring.' }) });
    }
    const capture = parseCapture(jsonOf(file), (name) => besides(file, name));
    if (!capture.ok) {
      return Promise.resolve({ problem: capture.error });
    }
    line.print(`${JSON.stringify(playRing(capture.value))}\n`);
    return Promise.resolve(EXIT.done);
  },
};

/**
 * A file that a capture names: only a name, in the capture's own folder.
 *
 * @throws ProblemError where it is a path or cannot be read
 */
function besides(file: string, name: string): Uint8Array {
  if (name !== path.basename(name) || name === '..' || name === '') {
    throw new ProblemError(problem('bad-recording', { path: name, reason: 'a file beside the capture is expected' }));
  }
  try {
    return readFileSync(path.join(path.dirname(file), name));
  } catch (error) {
    throw new ProblemError(problem('cannot-read', { path: name, reason: messageOf(error) }));
  }
}
