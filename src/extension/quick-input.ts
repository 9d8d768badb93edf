import * as vscode from 'vscode';

/** The user wants the question before this one. */
export const BACK = Symbol('back');

/** What the user answered; undefined where they turned away. */
export type Answer<T> = T | typeof BACK | undefined;

/** Where a question stands among others: `step` of `totalSteps`, from 1. */
export interface Standing {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** Asks for one of several things; Enter takes the first. */
export function pickOne<T extends vscode.QuickPickItem>(
  items: readonly (T | vscode.QuickPickItem)[],
  isChoice: (item: T | vscode.QuickPickItem) => item is T,
  standing: Standing & { readonly placeholder?: string; readonly active?: T | undefined },
): Promise<Answer<T>> {
  const picker = vscode.window.createQuickPick<T | vscode.QuickPickItem>();
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.placeholder = standing.placeholder ?? standing.title;
  picker.items = items;
  if (standing.active !== undefined) {
    picker.activeItems = [standing.active];
  }
  return answered(picker, standing, () => picker.selectedItems.find(isChoice));
}

/** Asks for a text; what `complaint` says of it keeps it from being taken. */
export function askText(
  standing: Standing & {
    readonly prompt: string;
    readonly value: string;
    readonly complaint: (text: string) => string | undefined;
  },
): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  input.prompt = standing.prompt;
  input.value = standing.value;
  const check = (): string | undefined => {
    const wrong = standing.complaint(input.value);
    input.validationMessage = wrong;
    return wrong;
  };
  input.onDidChangeValue(check);
  return answered(input, standing, () => (check() === undefined ? input.value : undefined));
}

type Question = vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox;

/** Shows a question until it is answered, left or gone back from. An answer that `take` refuses keeps it open. */
function answered<T>(question: Question, standing: Standing, take: () => T | undefined): Promise<Answer<T>> {
  question.title = standing.title;
  question.step = standing.step;
  question.totalSteps = standing.totalSteps;
  question.ignoreFocusOut = true;
  question.buttons = standing.step > 1 ? [vscode.QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    const end = (answer: Answer<T>): void => {
      resolve(answer);
      question.dispose();
    };
    question.onDidAccept(() => {
      const taken = take();
      if (taken !== undefined) {
        end(taken);
      }
    });
    question.onDidTriggerButton(() => end(BACK));
    question.onDidHide(() => end(undefined));
    question.show();
  });
}
