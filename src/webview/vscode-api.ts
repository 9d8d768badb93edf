import type { KeptState } from '../protocol/kept.ts';
import type { FromView } from '../protocol/messages.ts';

/** What the host gives to the page: VS Code's webview, or the in-page host of an exported file. */
interface HostApi {
  postMessage(message: FromView): void;
  getState(): unknown;
  setState(state: KeptState): void;
}

declare function acquireVsCodeApi(): HostApi;

/** The host of this page. It may be acquired only once, so it stays in this module. */
const api = acquireVsCodeApi();

/** Sends a message to the host. */
export const send = (message: FromView): void => api.postMessage(message);

/** Keeps what is needed to come back after a reload of the window. */
export const keep = (state: KeptState): void => api.setState(state);
