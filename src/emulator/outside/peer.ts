import type { Recorder } from '../../trace/recorder.ts';
import { Cx } from '../cx.ts';
import { noTree, stage } from '../stage.ts';

/** What somebody at the other end of a backend calls: where a byte for the guest starts. */
const writePeer = stage(
  noTree('device-model'),
  'write(2) on the backend peer',
  (_cx: Cx, write: () => number): number => write(),
);

/** The process at the other end of a backend: a terminal program, a socket's client. */
export class BackendPeer {
  readonly #cx: Cx;

  constructor(recorder: Recorder) {
    const context = recorder.context('device-model', 'any process writing to the pty slave / socket peer');
    this.#cx = new Cx(undefined, recorder, recorder.strand('backend peer'), context);
  }

  /** Calls `write`, which hands bytes over; bytes taken, or a negative errno. */
  write(write: () => number): number {
    return writePeer(this.#cx, write);
  }
}
