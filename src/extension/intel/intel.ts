import * as vscode from 'vscode';
import { DisposableStore } from '../../base/disposable.ts';
import type { App } from '../app.ts';
import type { KnownTrees } from '../known-trees.ts';
import { guarded } from '../problems.ts';
import type { MapSource } from '../route-map.ts';
import { Actions } from './actions.ts';
import { CDocuments } from './c-documents.ts';
import { CallersView } from './callers-view.ts';
import { PointerDefinitions } from './definitions.ts';
import { Diagnostics } from './diagnostics.ts';
import { Hierarchy } from './hierarchy.ts';
import { Hovers } from './hovers.ts';
import { IntelHost } from './intel-host.ts';
import { Lenses } from './lenses.ts';
import { liveCodeOf } from './live-code.ts';

/** Code intelligence of a window, loaded with the first C file of a tree. */
export interface Intel {
  /** Shows who reaches what the cursor stands on, or whom it reaches. Does not throw: a failure is shown. */
  show(which: 'callers' | 'callees'): Promise<void>;
  /** Stages and hops of every route in some folders, found by the worker. Rejects with a `ProblemError`. */
  map: MapSource;
}

/** Registers lenses, hovers and what else speaks of C files. */
export function createIntel(app: App, trees: KnownTrees): Intel {
  const store = new DisposableStore();
  const host = store.add(new IntelHost(app, trees));
  const documents = store.add(new CDocuments(host));
  const view = store.add(new CallersView(host, documents));
  store.add(new Lenses(host, documents));
  store.add(new Diagnostics(host, documents));
  for (const feature of [Actions, Hovers, PointerDefinitions, Hierarchy]) {
    store.add(new feature(host, documents).register());
  }
  app.context.subscriptions.push(store);
  setInTree(app);
  app.live = liveCodeOf(documents);
  return {
    show: (which) => guarded(app, () => view.show(which)),
    map: (folders, token) => host.ask('map', { folders }, token),
  };
}

/** Commands of C files are offered from here on. */
function setInTree(app: App): void {
  vscode.commands.executeCommand('setContext', 'virtioTrace.inTree', true).then(undefined, (reason: unknown) => {
    app.log.warn(String(reason));
  });
}
