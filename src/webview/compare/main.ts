import { assertNever } from '../../base/assert.ts';
import type { FromCompareView, ToCompareView } from '../../protocol/compare.ts';
import { element } from '../dom.ts';
import { registerControls } from '../toolkit.ts';
import { MapsView } from './maps-view.ts';
import { RunsView } from './runs-view.ts';
import '../style/base.css';
import './compare.css';

interface HostApi {
  postMessage(message: FromCompareView): void;
}

declare function acquireVsCodeApi(): HostApi;

const api = acquireVsCodeApi();
const send = (message: FromCompareView): void => api.postMessage(message);
const app = element('div', { class: 'app' });

function receive(message: ToCompareView): void {
  document.documentElement.lang = message.language;
  switch (message.t) {
    case 'compared-runs': {
      const view = new RunsView(message.runs, message.texts, send);
      app.replaceChildren(view.element);
      view.start();
      break;
    }
    case 'compared-maps':
      app.replaceChildren(new MapsView(message.maps, message.texts, send).element);
      break;
    default:
      assertNever(message);
  }
}

registerControls();
document.body.append(app);
window.addEventListener('message', (event: MessageEvent<ToCompareView>) => receive(event.data));
send({ t: 'compare-ready' });
