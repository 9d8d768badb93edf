import type { KeptState } from '../protocol/kept.ts';
import type { ToView } from '../protocol/messages.ts';
import { ReplayHost, type ReplayPort } from '../replay/host.ts';
import { type PackedSession, unpackSession } from '../replay/pack.ts';
import { Session } from '../replay/session.ts';
import { followColourScheme } from './theme.ts';
import './theme.css';

/*
 * The host of an exported replay, in the page itself: it gives the panel what VS Code gives it, and answers from the
 * session that the page carries. It runs before the panel's own script.
 */

const SESSION_ELEMENT = 'virtio-trace-session';

/** Messages of the panel that come before the session is unpacked. */
const early: unknown[] = [];
let host: ReplayHost | undefined;
let state: KeptState | undefined;

const post = (message: ToView): void => {
  window.dispatchEvent(new MessageEvent('message', { data: message }));
};

const port: ReplayPort = {
  post,
  arrived: () => undefined,
  open: () => undefined,
  chooseFolders: () => undefined,
  refused: (reason) => console.warn(`refused: ${reason}`),
  after: (milliseconds, action) => {
    const timer = setTimeout(action, milliseconds);
    return { dispose: () => clearTimeout(timer) };
  },
};

async function start(): Promise<void> {
  const text = document.getElementById(SESSION_ELEMENT)?.textContent ?? '';
  const session = new Session(await unpackSession(JSON.parse(text) as PackedSession));
  host = new ReplayHost(session, port, '');
  for (const message of early.splice(0)) {
    host.receive(message);
  }
}

Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage: (message: unknown) => {
      if (host === undefined) {
        early.push(message);
      } else {
        host.receive(message);
      }
    },
    getState: () => state,
    setState: (next: KeptState) => {
      state = next;
    },
  }),
});

followColourScheme();
start().catch((reason: unknown) => {
  post({ t: 'notice', level: 'error', text: reason instanceof Error ? reason.message : String(reason), next: '' });
});
