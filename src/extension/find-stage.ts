import * as vscode from 'vscode';
import { TARGET_KINDS, type Target, type TargetKind } from '../protocol/navigate.ts';
import type { ReplayHost } from '../replay/host.ts';
import { allTargets } from '../replay/navigate/targets.ts';
import { MOMENT_TEXTS } from '../texts/moment.ts';
import { navigateTexts } from '../texts/navigate.ts';
import type { App } from './app.ts';

const ICONS: Readonly<Record<TargetKind, string>> = {
  stage: 'symbol-method',
  hop: 'arrow-swap',
  hazard: 'flame',
  field: 'symbol-field',
};

type TargetItem = vscode.QuickPickItem & { readonly target?: Target };

/** Lets the user pick a stage, hop, hazard or field of the replay, and goes to its next occurrence. */
export async function findStage(app: App, host: ReplayHost): Promise<void> {
  const texts = MOMENT_TEXTS[app.language];
  const names = navigateTexts[app.language];
  const items = TARGET_KINDS.flatMap((what): TargetItem[] => {
    const found = allTargets(host.session, what);
    const heading = { label: names[`find-${what}`], kind: vscode.QuickPickItemKind.Separator };
    const rows = found.map(({ id, name, detail, count }) => ({
      label: `$(${ICONS[what]}) ${name}`,
      description: `${texts.occurrences(count)}  ${detail}`,
      target: { what, id },
    }));
    return rows.length === 0 ? [] : [heading, ...rows];
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: texts.findTitle,
    placeHolder: texts.findPlaceholder,
    matchOnDescription: true,
  });
  if (picked?.target !== undefined) {
    host.play(false);
    host.seek(picked.target, 1);
  }
}
