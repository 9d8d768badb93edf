import { assertNever } from '../base/assert.ts';
import type { KeptMoves } from '../protocol/kept.ts';
import { PROTOCOL_VERSION, type ToView } from '../protocol/messages.ts';
import type { NavigationState } from '../protocol/navigate.ts';
import { element } from './dom.ts';
import { ViewModel } from './model.ts';
import { Panel } from './panel.ts';
import { progressRing, registerControls } from './toolkit.ts';
import { keep, send } from './vscode-api.ts';
import './style/base.css';
import './style/header.css';
import './style/moves.css';
import './style/timeline.css';
import './style/list.css';
import './style/side.css';
import './style/state.css';
import './style/why.css';
import './style/details.css';
import './style/code.css';

const app = element('div', { class: 'app' });
let panel: Panel | undefined;
let kept = '';
let requests = 0;

function receive(message: ToView): void {
  switch (message.t) {
    case 'session':
      open(message);
      break;
    case 'steps':
      panel?.model.take(message.from, message.columns);
      panel?.stepsArrived();
      break;
    case 'timeline':
      panel?.timelineArrived(message.window, message.request);
      break;
    case 'moment':
      panel?.arrive(message.moment);
      keepMoment();
      break;
    case 'navigation':
    case 'found':
    case 'summary':
    case 'said':
      panel?.moved(message);
      keepMoment();
      break;
    case 'state':
    case 'why':
      panel?.inspected(message);
      break;
    case 'code':
      panel?.showCode(message.code);
      break;
    case 'playing':
      panel?.playing(message.on);
      break;
    case 'notice':
      notice(message);
      break;
    default:
      assertNever(message);
  }
}

/** Keeps where the view stands, for a reload of the window. */
function keepMoment(): void {
  const { moment, navigation } = panel?.model ?? {};
  if (moment !== undefined) {
    const { step, shown, at } = moment;
    keep({ format: 1, keep: kept, step, shown, event: at, moves: movesOf(navigation) });
  }
}

function movesOf(navigation: NavigationState | undefined): KeptMoves {
  if (navigation === undefined) {
    return {};
  }
  const { unit, speed, following, bookmarks } = navigation;
  return { unit, speed, following, bookmarks: bookmarks.map(({ event, name }) => ({ event, name })) };
}

function open(message: Extract<ToView, { t: 'session' }>): void {
  kept = message.keep;
  document.documentElement.lang = message.language;
  const ask = (from: number, count: number): void => send({ t: 'want-steps', request: requests++, from, count });
  panel = new Panel(new ViewModel(message.head, message.texts, message.language, ask), send);
  app.replaceChildren(panel.element);
  panel.start();
}

/** Something is under way, or went wrong, in place of the replay. */
function notice(message: Extract<ToView, { t: 'notice' }>): void {
  panel = undefined;
  const body = element('div', { class: `notice is-${message.level}`, attributes: { role: 'status' } }, [
    ...(message.level === 'busy' ? [progressRing(message.text)] : []),
    element('p', { text: message.text }),
    ...(message.next === '' ? [] : [element('p', { class: 'next', text: message.next })]),
  ]);
  app.replaceChildren(body);
}

registerControls();
document.addEventListener('keydown', (event) => panel?.key(event));
document.body.append(app);
window.addEventListener('message', (event: MessageEvent<ToView>) => receive(event.data));
send({ t: 'ready', version: PROTOCOL_VERSION });
