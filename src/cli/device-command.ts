import { readFileSync } from 'node:fs';
import { ProblemError, problem } from '../base/problem.ts';
import { parseRecording } from '../emulator/conformance/document.ts';
import { playRecording } from '../emulator/conformance/player.ts';
import { messageOf } from '../host-node/real-file.ts';
import { type Command, EXIT } from './command.ts';

/** `device FILE`: plays a recorded device-model scenario against the emulated device model; prints the document with its own `out`. */
export const deviceCommand: Command = {
  name: 'device',
  options: {},
  usage: 'device FILE',
  run(line) {
    const file = line.words[0];
    if (file === undefined || line.words.length !== 1) {
      return Promise.resolve({ problem: problem('usage', { reason: 'device takes one recording.' }) });
    }
    const recording = parseRecording(jsonOf(file));
    if (!recording.ok) {
      return Promise.resolve({ problem: recording.error });
    }
    line.print(`${JSON.stringify(playRecording(recording.value))}\n`);
    return Promise.resolve(EXIT.done);
  },
};

/** @throws ProblemError where the file cannot be read or is no JSON */
export function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ProblemError(problem('cannot-read', { path: file, reason: messageOf(error) }));
  }
}
