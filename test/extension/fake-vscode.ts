/** What the extension asked of the editor, in order, and what the user is made to answer. */
export interface Desk {
  readonly log: string[];
  readonly messages: string[];
  /** Answers to notifications, by a button's title. */
  press: string | undefined;
  cancelled: boolean;
  readonly settings: Map<string, string>;
  receive: ((message: unknown) => void) | undefined;
  dispose: (() => void) | undefined;
}

/** A new desk. */
export const newDesk = (): Desk => ({
  log: [],
  messages: [],
  press: undefined,
  cancelled: false,
  settings: new Map(),
  receive: undefined,
  dispose: undefined,
});

const nothing = { dispose: (): void => undefined };

class Uri {
  readonly fsPath: string;
  readonly scheme = 'file';

  constructor(fsPath: string) {
    this.fsPath = fsPath;
  }

  static file(path: string): Uri {
    return new Uri(path);
  }

  static joinPath(base: Uri, ...parts: readonly string[]): Uri {
    return new Uri([base.fsPath, ...parts].join('/'));
  }
}

class EventEmitter {
  readonly #listeners = new Set<(value: unknown) => void>();
  readonly event = (listener: (value: unknown) => void): typeof nothing => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  fire(value: unknown): void {
    for (const listener of this.#listeners) {
      listener(value);
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

/** As much of the `vscode` module as the replay needs, writing down on `desk()` what it is asked for. */
export function fakeVscode(desk: () => Desk): Record<string, unknown> {
  const message =
    (level: string) =>
    (text: string, ...titles: readonly string[]): Promise<string | undefined> => {
      desk().messages.push(`${level}: ${text}`);
      return Promise.resolve(titles.find((title) => title === desk().press));
    };
  const channel = {
    append: (text: string) => desk().log.push(`output ${JSON.stringify(text)}`),
    info: () => undefined,
    warn: () => undefined,
    error: (text: unknown) => desk().log.push(`error ${String(text)}`),
    dispose: () => undefined,
  };
  return {
    Uri,
    EventEmitter,
    ThemeColor: class {},
    Range: class {},
    TabInputWebview: class {},
    CancellationError: class extends Error {},
    ViewColumn: { One: 1, Beside: -2 },
    ProgressLocation: { Notification: 15 },
    ConfigurationTarget: { Global: 1 },
    OverviewRulerLane: { Full: 7 },
    TextEditorRevealType: { InCenterIfOutsideViewport: 2 },
    FileType: { Directory: 2 },
    env: { language: 'en' },
    commands: { executeCommand: (...words: readonly unknown[]) => Promise.resolve(desk().log.push(words.join(' '))) },
    workspace: {
      isTrusted: true,
      workspaceFolders: undefined,
      getConfiguration: () => ({ get: (name: string) => desk().settings.get(name) }),
      openTextDocument: (uri: Uri) =>
        Promise.resolve({ uri, lineCount: 500, lineAt: () => ({ text: '' }), path: uri.fsPath }),
    },
    window: {
      tabGroups: { all: [] },
      visibleTextEditors: [],
      showInformationMessage: message('information'),
      showWarningMessage: message('warning'),
      showErrorMessage: message('error'),
      createOutputChannel: () => channel,
      createTextEditorDecorationType: () => nothing,
      showTextDocument: (document: { readonly path: string }, options: { readonly viewColumn: number }) => {
        desk().log.push(`code ${document.path.split('/').at(-1)} in ${options.viewColumn}`);
        return Promise.resolve({ viewColumn: 1, revealRange: () => undefined, setDecorations: () => undefined });
      },
      createWebviewPanel: (type: string, title: string, where: { readonly viewColumn: number }) => {
        desk().log.push(`panel ${type} in ${where.viewColumn}`);
        return fakePanel(desk(), title);
      },
      withProgress: (_options: unknown, task: (progress: unknown, token: unknown) => Promise<unknown>) =>
        task(
          { report: () => undefined },
          {
            get isCancellationRequested() {
              return desk().cancelled;
            },
          },
        ),
    },
  };
}

/** A webview panel that writes down the tags of what is posted to it. */
export function fakePanel(desk: Desk, title: string): unknown {
  return {
    title,
    onDidDispose: (listener: () => void) => {
      desk.dispose = listener;
      return nothing;
    },
    reveal: () => desk.log.push('reveal'),
    dispose: () => undefined,
    webview: {
      cspSource: 'csp',
      asWebviewUri: (uri: Uri) => uri.fsPath,
      onDidReceiveMessage: (listener: (message: unknown) => void) => {
        desk.receive = listener;
        return nothing;
      },
      postMessage: (message: { readonly t: string }) => {
        desk.log.push(`post ${message.t}`);
        return Promise.resolve(true);
      },
    },
  };
}
