import * as vscode from 'vscode';
import { problem } from '../base/problem.ts';
import { NAMED, withWrite } from '../scenarios/named.ts';
import { MAX_WRITE_BYTES } from '../scenarios/run.ts';
import { BACKENDS, type Backend, ROUTES, type Scenario } from '../scenarios/scenario.ts';
import { ASKING_TEXTS, type BackendText } from '../texts/asking.ts';
import { MOMENT_TEXTS } from '../texts/moment.ts';
import { problemText } from '../texts/problems.ts';
import type { App } from './app.ts';
import { bytesOfEscaped, escapedOf } from './escapes.ts';
import { type Answer, askText, BACK, pickOne } from './quick-input.ts';
import { type ScenarioFile, scenarioFiles } from './scenario-files.ts';
import { backendOf, needsInput, type ScenarioText, textOf } from './scenario-texts.ts';

/** What the user wants to trace. */
export interface Wish {
  readonly scenario: Scenario;
  /** The real file that the user chose for this run, in place of the emulated one. */
  readonly realFile?: string;
  /** The standard output and input of acrn-dm are shown as a terminal. */
  readonly terminal?: true;
}

const STEPS = 3;

/** Asks for a scenario, its text and its backend; Enter, Enter, Enter is the stock write. Undefined where the user turned away. */
export async function askWish(app: App): Promise<Wish | undefined> {
  const files = await scenarioFiles();
  for (let chosen: Scenario | undefined; ; ) {
    const scenario = await askScenario(app, files, chosen);
    if (scenario === undefined || scenario === BACK) {
      return undefined;
    }
    const wish = await askDetails(app, scenario, true);
    if (wish !== BACK) {
      return wish;
    }
    chosen = scenario;
  }
}

/** Asks for the text and the backend of a scenario. */
export async function askDetails(app: App, scenario: Scenario, canGoBack: boolean): Promise<Answer<Wish>> {
  const text = textOf(scenario);
  for (let bytes = text?.bytes; ; ) {
    const answer = text === undefined ? undefined : await askBytes(app, text, bytes ?? text.bytes, canGoBack);
    if (text !== undefined && (answer === undefined || answer === BACK)) {
      return answer;
    }
    bytes = answer instanceof Uint8Array ? answer : undefined;
    const backend = await askBackend(app, scenario);
    if (backend !== BACK) {
      return backend === undefined ? undefined : wishOf(scenario, bytes, backend);
    }
    if (text === undefined) {
      return BACK;
    }
  }
}

interface ScenarioItem extends vscode.QuickPickItem {
  readonly scenario: Scenario;
}

type AnyItem = ScenarioItem | vscode.QuickPickItem;

const isScenario = (item: AnyItem): item is ScenarioItem => 'scenario' in item;

/** Asks for a scenario: the built-in ones by route, then the workspace's files. */
export function askScenario(
  app: App,
  files: readonly ScenarioFile[],
  chosen: Scenario | undefined,
  totalSteps = STEPS,
  title = ASKING_TEXTS[app.language].askScenario,
): Promise<Answer<Scenario>> {
  const texts = ASKING_TEXTS[app.language];
  const items = scenarioItems(app, files);
  const active = items.find((item): item is ScenarioItem => isScenario(item) && item.scenario === chosen);
  const standing = { title, placeholder: texts.askScenarioPlaceholder, step: 1, totalSteps, active };
  return pickOne(items, isScenario, standing).then((item) =>
    item === undefined || item === BACK ? item : item.scenario,
  );
}

function scenarioItems(app: App, files: readonly ScenarioFile[]): AnyItem[] {
  const texts = ASKING_TEXTS[app.language];
  const kind = vscode.QuickPickItemKind.Separator;
  const itemOf = (scenario: Scenario): ScenarioItem => ({
    label: scenario.title[app.language],
    description: scenario.name,
    detail: scenario.summary[app.language],
    scenario,
  });
  const groups = ROUTES.flatMap((route): AnyItem[] => {
    const own = [...NAMED.values()].filter((scenario) => scenario.route === route);
    return [{ label: texts.routeGroup(route), kind }, ...own.map(itemOf)];
  });
  const fromFiles = files.map(({ uri, scenario }): AnyItem => {
    const name = vscode.workspace.asRelativePath(uri);
    return scenario.ok
      ? { ...itemOf(scenario.value), description: name, iconPath: new vscode.ThemeIcon('file-code') }
      : { label: name, iconPath: new vscode.ThemeIcon('warning'), detail: wrongOf(app, scenario.error) };
  });
  return fromFiles.length === 0 ? groups : [...groups, { label: texts.yourScenarios, kind }, ...fromFiles];
}

const wrongOf = ({ language }: App, theProblem: Parameters<typeof problemText>[0]): string =>
  ASKING_TEXTS[language].wrongScenario(problemText(theProblem, language).text);

async function askBytes(
  app: App,
  text: ScenarioText,
  bytes: Uint8Array,
  canGoBack: boolean,
): Promise<Answer<Uint8Array>> {
  const texts = ASKING_TEXTS[app.language];
  const answer = await askText({
    title: text.kind === 'write' ? texts.askText(text.at) : texts.askInput,
    prompt: texts.askTextPrompt,
    value: escapedOf(bytes),
    complaint: (value) => complaint(app, value),
    ...(canGoBack ? { step: 2, totalSteps: STEPS } : { step: 1, totalSteps: STEPS - 1 }),
  });
  const parsed = typeof answer === 'string' ? bytesOfEscaped(answer) : undefined;
  return parsed?.ok === true ? parsed.value : answer === BACK ? BACK : undefined;
}

/** What is wrong with a text, undefined where nothing is. */
function complaint({ texts, language }: App, value: string): string | undefined {
  const bytes = bytesOfEscaped(value);
  if (!bytes.ok) {
    return texts.badEscape(bytes.error);
  }
  const count = bytes.value.length;
  if (count > MAX_WRITE_BYTES) {
    const tooLong = problem('write-text-too-long', { bytes: count, limit: MAX_WRITE_BYTES });
    const { text, next } = problemText(tooLong, language);
    return `${text} ${next}`;
  }
  return count === 0 ? texts.emptyText : undefined;
}

/** A backend in place of the scenario's own; `real` where it is a file of this machine. */
interface BackendChoice {
  readonly backend?: Backend;
  readonly real?: true;
  readonly terminal?: true;
}

interface BackendItem extends vscode.QuickPickItem {
  readonly choice: BackendChoice;
}

const isBackend = (item: vscode.QuickPickItem): item is BackendItem => 'choice' in item;

async function askBackend(
  app: App,
  scenario: Scenario,
): Promise<Answer<BackendChoice & { readonly realFile?: string }>> {
  const texts = ASKING_TEXTS[app.language];
  const own = backendOf(scenario);
  const items = BACKENDS.filter((backend) => backend !== own && (backend !== 'file' || !needsInput(scenario)));
  const itemOf = ({ label, detail }: BackendText, choice: BackendChoice): BackendItem => ({ label, detail, choice });
  const first: BackendText =
    own === undefined
      ? { label: texts.asScenario(scenario.machine.console), detail: texts.asScenarioDetail }
      : texts.backends[own];
  const real = vscode.workspace.isTrusted && !needsInput(scenario);
  const picked = await pickOne<BackendItem>(
    [
      { ...itemOf(first, {}), description: own === undefined ? '' : texts.asScenario(own) },
      itemOf(terminalText(app), { ...(own === 'stdio' ? {} : { backend: 'stdio' }), terminal: true }),
      ...items.map((backend) => itemOf(texts.backends[backend], { backend })),
      ...(real ? [itemOf(texts.realFile, { backend: 'file', real: true })] : []),
    ],
    isBackend,
    { title: texts.askBackend, step: STEPS, totalSteps: STEPS, ...restricted(texts.restrictedBackend) },
  );
  if (picked === undefined || picked === BACK) {
    return picked;
  }
  return picked.choice.real === true ? askFile(app, picked.choice) : picked.choice;
}

/** The terminal as a choice; VS Code itself asks for trust before it shows one. */
function terminalText({ language }: App): BackendText {
  const { terminal, terminalRestricted } = MOMENT_TEXTS[language];
  const { label, detail } = terminal;
  return vscode.workspace.isTrusted ? terminal : { label, detail: `${detail} ${terminalRestricted}` };
}

const restricted = (placeholder: string): { readonly placeholder?: string } =>
  vscode.workspace.isTrusted ? {} : { placeholder };

async function askFile(
  { texts }: App,
  choice: BackendChoice,
): Promise<(BackendChoice & { readonly realFile: string }) | undefined> {
  const uri = await vscode.window.showSaveDialog({ title: texts.saveTitle, saveLabel: texts.saveButton });
  return uri === undefined ? undefined : { ...choice, realFile: uri.fsPath };
}

/** The scenario as it is where nothing was changed: then it is still the one of its name. */
function wishOf(
  scenario: Scenario,
  bytes: Uint8Array | undefined,
  { backend, terminal, realFile }: BackendChoice & { readonly realFile?: string },
): Wish {
  const own = textOf(scenario)?.bytes;
  const changed = bytes !== undefined && own !== undefined && escapedOf(bytes) !== escapedOf(own);
  const wished =
    changed || backend !== undefined ? withWrite(scenario, changed ? bytes : undefined, backend) : scenario;
  return {
    scenario: wished,
    ...(realFile === undefined ? {} : { realFile }),
    ...(terminal === undefined ? {} : { terminal }),
  };
}
