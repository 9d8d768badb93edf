import * as vscode from 'vscode';
import { problem } from '../base/problem.ts';
import { MAX_WRITE_BYTES } from '../scenarios/run.ts';
import type { Backend } from '../scenarios/scenario.ts';
import type { ExtensionTexts } from '../texts/extension.ts';
import { problemText } from '../texts/problems.ts';
import type { App } from './app.ts';
import { bytesOfEscaped } from './escapes.ts';

/** What the user wants to trace. */
export interface Wish {
  readonly bytes: Uint8Array;
  readonly backend: Backend;
  /** The real file that the user chose for this run. */
  readonly realFile?: string;
}

const DEFAULT_TEXT = 'hello\\n';
const NEWLINE = 10;
/** Each line is two kicks of some 400 events each: more lines than this do not fit into the recorded window. */
const MOST_LINES = 1000;

/** Asks for text and backend; Enter, Enter is enough. Undefined where the user turned away. */
export async function askWish(app: App): Promise<Wish | undefined> {
  const text = await vscode.window.showInputBox({
    title: app.texts.askText,
    prompt: app.texts.askTextPrompt,
    value: DEFAULT_TEXT,
    ignoreFocusOut: true,
    validateInput: (value) => complaint(app, value),
  });
  const bytes = text === undefined ? undefined : bytesOfEscaped(text);
  if (bytes === undefined || !bytes.ok) {
    return undefined;
  }
  const backend = await askBackend(app);
  return backend === undefined ? undefined : { bytes: bytes.value, ...backend };
}

/** What is wrong with a text, undefined where nothing is. */
function complaint({ texts, language }: App, value: string): string | undefined {
  const bytes = bytesOfEscaped(value);
  if (!bytes.ok) {
    return texts.badEscape(bytes.error);
  }
  const count = bytes.value.length;
  if (count > MAX_WRITE_BYTES) {
    const { text, next } = problemText(
      problem('write-text-too-long', { bytes: count, limit: MAX_WRITE_BYTES }),
      language,
    );
    return `${text} ${next}`;
  }
  const lines = bytes.value.reduce((sum, byte) => sum + (byte === NEWLINE ? 1 : 0), 0);
  if (lines > MOST_LINES) {
    return texts.tooManyLines(lines, MOST_LINES);
  }
  return count === 0 ? texts.emptyText : undefined;
}

interface BackendItem extends vscode.QuickPickItem {
  readonly backend: Backend;
  readonly real: boolean;
}

async function askBackend(app: App): Promise<Omit<Wish, 'bytes'> | undefined> {
  const { texts } = app;
  const items: BackendItem[] = [
    { label: texts.stdio, detail: texts.stdioDetail, backend: 'stdio', real: false },
    { label: texts.file, detail: texts.fileDetail, backend: 'file', real: false },
  ];
  if (vscode.workspace.isTrusted) {
    items.push({ label: texts.realFile, detail: texts.realFileDetail, backend: 'file', real: true });
  }
  const picked = await vscode.window.showQuickPick(items, { title: texts.askBackend, ignoreFocusOut: true });
  if (picked === undefined) {
    return undefined;
  }
  return picked.real ? askFile(texts) : { backend: picked.backend };
}

async function askFile(texts: ExtensionTexts): Promise<Omit<Wish, 'bytes'> | undefined> {
  const uri = await vscode.window.showSaveDialog({ title: texts.saveTitle, saveLabel: texts.saveButton });
  return uri === undefined ? undefined : { backend: 'file', realFile: uri.fsPath };
}
