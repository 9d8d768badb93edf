import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeLink,
  vsCodeOption,
  vsCodePanels,
  vsCodePanelTab,
  vsCodePanelView,
  vsCodeProgressRing,
  vsCodeRadio,
  vsCodeRadioGroup,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { dress, type ElementParts } from './dom.ts';
import { type IconName, icon } from './icons.ts';

/*
 * The only module that knows where the controls come from. The toolkit is no longer developed, so nothing else may come to
 * depend on it: whoever replaces it changes this file.
 */

/** Makes the controls known to the page. Call it once, before any control is made. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeLink(),
    vsCodeOption(),
    vsCodePanels(),
    vsCodePanelTab(),
    vsCodePanelView(),
    vsCodeProgressRing(),
    vsCodeRadio(),
    vsCodeRadioGroup(),
    vsCodeTextField(),
  );
}

function control(name: string, parts: ElementParts, children: readonly Node[]): HTMLElement {
  const made = document.createElement(name);
  dress(made, parts);
  made.append(...children);
  return made;
}

/** A button that shows an icon only; `label` is its accessible name and its tooltip. */
export function iconButton(name: IconName, label: string, press: () => void): HTMLElement {
  const attributes = { appearance: 'icon', 'aria-label': label, title: label };
  return control('vscode-button', { class: 'icon-button', attributes, on: { click: press } }, [icon(name)]);
}

/** Gives an icon button another icon and another name. */
export function relabel(button: HTMLElement, name: IconName, label: string): void {
  button.setAttribute('aria-label', label);
  button.title = label;
  button.replaceChildren(icon(name));
}

/** A button with a text. */
export const textButton = (text: string, press: () => void): HTMLElement =>
  control('vscode-button', { text, attributes: { appearance: 'secondary' }, on: { click: press } }, []);

/** A link that does something in this editor instead of leaving it. */
export function actionLink(text: string, label: string, press: () => void): HTMLElement {
  const follow = (event: Event): void => {
    event.preventDefault();
    press();
  };
  return control(
    'vscode-link',
    { text, attributes: { href: '#', 'aria-label': label, title: label }, on: { click: follow } },
    [],
  );
}

/** A choice of one out of few. `values` are the values and their texts; `choose` hears of every change by the user. */
export function choice(
  label: string,
  values: readonly (readonly [string, string])[],
  choose: (value: string) => void,
): { readonly element: HTMLElement; select(value: string): void } {
  const radios = values.map(([value, text]) => control('vscode-radio', { text, attributes: { value } }, []));
  const group = control('vscode-radio-group', { class: 'choice', attributes: { 'aria-label': label } }, radios);
  let selected = '';
  group.addEventListener('change', () => {
    const value = (group as HTMLElement & { value?: unknown }).value;
    if (typeof value === 'string' && value !== selected) {
      selected = value;
      choose(value);
    }
  });
  const select = (value: string): void => {
    selected = value;
    (group as HTMLElement & { value?: unknown }).value = value;
  };
  return { element: group, select };
}

/** A choice of one out of several that opens on demand. `choose` hears of every change by the user. */
export function dropdown(
  label: string,
  values: readonly (readonly [string, string])[],
  choose: (value: string) => void,
): { readonly element: HTMLElement; select(value: string): void } {
  const options = values.map(([value, text]) => control('vscode-option', { text, attributes: { value } }, []));
  const box = control('vscode-dropdown', { attributes: { 'aria-label': label, title: label } }, options);
  let selected = '';
  box.addEventListener('change', () => {
    const { value } = box as HTMLElement & { value?: unknown };
    if (typeof value === 'string' && value !== selected) {
      selected = value;
      choose(value);
    }
  });
  const select = (value: string): void => {
    if (value !== selected) {
      selected = value;
      (box as HTMLElement & { value?: unknown }).value = value;
    }
  };
  return { element: box, select };
}

/** A line of text that the user types; `typed` hears of every change. */
export function textField(
  label: string,
  placeholder: string,
  typed: (text: string) => void,
): { readonly element: HTMLElement; value(): string; fill(text: string): void } {
  const attributes = { 'aria-label': label, placeholder, spellcheck: 'false', maxlength: '200' };
  const field = control('vscode-text-field', { class: 'text-field', attributes }, []) as HTMLElement & {
    value?: unknown;
  };
  const value = (): string => (typeof field.value === 'string' ? field.value : '');
  field.addEventListener('input', () => typed(value()));
  return {
    element: field,
    value,
    fill: (text) => {
      field.value = text;
    },
  };
}

/** One tab: `id` is unique in the page, `content` is shown while the tab is chosen. */
export interface TabParts {
  readonly id: string;
  readonly text: string;
  readonly content: HTMLElement;
}

/**
 * Tabs with their contents, the first one chosen. Arrow keys, Home and End choose while a tab has the focus, and go nowhere
 * else; `choose` hears of every change.
 */
export function tabStrip(
  label: string,
  tabs: readonly TabParts[],
  choose: (id: string) => void,
): { readonly element: HTMLElement; select(id: string): void } {
  const heads = tabs.map(({ id, text }) => control('vscode-panel-tab', { text, attributes: { id: `tab-${id}` } }, []));
  const views = tabs.map(({ id, content }) =>
    control('vscode-panel-view', { attributes: { id: `view-${id}` } }, [content]),
  );
  const strip = control('vscode-panels', { class: 'tabs', attributes: { 'aria-label': label } }, [...heads, ...views]);
  let chosen = tabs[0]?.id ?? '';
  strip.addEventListener('change', (event) => {
    const { activeid } = strip as HTMLElement & { activeid?: unknown };
    const now = tabs.find(({ id }) => `tab-${id}` === activeid);
    // Controls inside a view send `change` as well.
    if (event.target === strip && now !== undefined && now.id !== chosen) {
      chosen = now.id;
      choose(now.id);
    }
  });
  for (const head of heads) {
    head.addEventListener('keydown', (event) => {
      if (/^(Arrow|Home$|End$)/.test(event.key)) {
        event.stopPropagation();
      }
    });
  }
  return { element: strip, select: (id) => strip.setAttribute('activeid', `tab-${id}`) };
}

/** Says that something is under way. */
export const progressRing = (label: string): HTMLElement =>
  control('vscode-progress-ring', { attributes: { 'aria-label': label } }, []);

/** A box to tick; `change` hears of every change by the user. */
export function checkbox(label: string, on: boolean, change: (on: boolean) => void): HTMLElement {
  const box = control('vscode-checkbox', { text: label }, []) as HTMLElement & { checked?: unknown };
  box.checked = on;
  box.addEventListener('change', () => change(box.checked === true));
  return box;
}
