import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const CODE_SERVER = path.join(import.meta.dirname, 'node_modules/code-server/out/node/entry.js');

/** Quiet, and readable by a program: no chat side bar, no welcome tab, no telemetry, a terminal made of text. */
const SETTINGS = {
  'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'terminal.integrated.gpuAcceleration': 'off',
  'workbench.reduceMotion': 'on',
  // a tab tells the whole path of its file
  'workbench.editor.labelFormat': 'long',
};

/** What a server is started with. */
export interface ServerOptions {
  /** The packaged extension, installed before anything opens. */
  readonly vsix: string;
  /** User settings beside the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** False: folders open in Restricted Mode. */
  readonly trusted?: boolean;
  /** Other extensions to install beside ours: folders of `fixtures/`. */
  readonly fixtures?: readonly string[];
  /** Language of the window. Only our own words are translated: no language pack is installed. */
  readonly locale?: 'zh-cn';
  /** Variables of the extension host, beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A real VS Code in a server of its own: own port, settings, extensions and logs. */
export interface Server {
  readonly url: string;
  /** Errors in the extension hosts' logs whose text or stack names our extension's folder. */
  readonly ourErrors: () => string[];
  /** Stops the server, keeps its logs in a folder and removes the rest. */
  readonly stop: (logs: string) => Promise<void>;
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (child.exitCode !== null) throw new Error(`code-server ended with exit code ${child.exitCode}`);
    const reply = await fetch(`${url}/healthz`).catch(() => undefined);
    if (reply?.ok) return;
    await pause(200);
  }
  throw new Error('code-server did not answer within 30 s');
}

/** The entries of a log: a line with a time stamp, and what follows it up to the next one. */
function entries(log: string): string[] {
  return log.split(/\n(?=\d{4}-\d\d-\d\d )/);
}

/** All extension host logs under a user data folder: one for each page load. */
function hostLogs(data: string): string[] {
  const all = readdirSync(path.join(data, 'logs'), { recursive: true, encoding: 'utf8' });
  return all.filter((name) => name.endsWith('remoteexthost.log')).map((name) => path.join(data, 'logs', name));
}

/** `PUBLISHER.NAME`, as the folder of our installed extension begins. */
function extensionId(): string {
  const manifest = readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8');
  const { publisher, name }: { publisher: string; name: string } = JSON.parse(manifest);
  return `${publisher}.${name}`;
}

const VSCE = path.join(import.meta.dirname, '../../scripts/vsce/node_modules/@vscode/vsce/vsce');

/** Packages an extension of `fixtures/` into a folder; the path of its .vsix. */
function packFixture(name: string, folder: string): string {
  const out = path.join(folder, `${name}.vsix`);
  const args = [VSCE, 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '-o', out];
  execFileSync(process.execPath, args, { cwd: path.join(import.meta.dirname, 'fixtures', name), stdio: 'pipe' });
  return out;
}

/** Makes the editor take extensions' own translations: it asks for a language pack, an empty one will do. */
function writeLanguagePack(data: string, locale: string): string {
  const main = path.join(data, 'main.i18n.json');
  writeFileSync(main, JSON.stringify({ version: '1.0.0', contents: {} }));
  const extensions = [{ extensionIdentifier: { id: 'test.pack' }, version: '0.0.1' }];
  const pack = { hash: 'any', extensions, translations: { vscode: main }, label: locale };
  writeFileSync(path.join(data, 'languagepacks.json'), JSON.stringify({ [locale]: pack }));
  return locale;
}

/** Starts a server and installs the extension into it. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { vsix, settings = {}, trusted = true, fixtures = [], env = {}, locale } = options;
  const home = mkdtempSync(path.join(tmpdir(), 'virtio-trace-e2e-'));
  const data = path.join(home, 'data');
  mkdirSync(path.join(data, 'User'), { recursive: true });
  writeFileSync(path.join(data, 'User/settings.json'), JSON.stringify({ ...SETTINGS, ...settings }));
  writeFileSync(path.join(home, 'config.yaml'), '');
  const folders = [
    '--config',
    path.join(home, 'config.yaml'),
    '--user-data-dir',
    data,
    '--extensions-dir',
    path.join(home, 'extensions'),
  ];
  const installed = [path.resolve(vsix), ...fixtures.map((name) => packFixture(name, home))];
  const install = installed.flatMap((one) => ['--install-extension', one]);
  execFileSync(process.execPath, [CODE_SERVER, ...folders, ...install], { stdio: 'pipe' });

  const port = await freePort();
  const quiet = ['--disable-telemetry', '--disable-update-check', '--reconnection-grace-time', '3'];
  const open = [
    '--auth',
    'none',
    '--bind-addr',
    `127.0.0.1:${port}`,
    ...(trusted ? ['--disable-workspace-trust'] : []),
    ...(locale === undefined ? [] : ['--locale', writeLanguagePack(data, locale)]),
  ];
  const child = spawn(process.execPath, [CODE_SERVER, ...folders, ...quiet, ...open], {
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
  const url = `http://127.0.0.1:${port}`;
  await answers(url, child);

  const id = extensionId();
  return {
    url,
    ourErrors: () =>
      hostLogs(data)
        .flatMap((log) => entries(readFileSync(log, 'utf8')))
        .filter((entry) => entry.includes('[error]') && entry.includes(id)),
    stop: async (logs) => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      cpSync(path.join(data, 'logs'), logs, { recursive: true });
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
