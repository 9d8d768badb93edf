import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { filesUnder } from './source-files.ts';

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
  readonly icon?: string;
  readonly enablement?: string;
}
interface MenuEntry {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}
interface View {
  readonly id: string;
  readonly name: string;
  readonly icon: string;
  readonly when?: string;
}
interface Step {
  readonly title: string;
  readonly description: string;
  readonly media: { readonly image: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}
interface Keybinding {
  readonly command: string;
  readonly key: string;
  readonly mac: string;
  readonly when?: string;
}
interface Setting {
  readonly default?: unknown;
  readonly scope?: string;
  readonly markdownDescription?: string;
}
interface Colour {
  readonly id: string;
  readonly description: string;
  readonly defaults: Readonly<Record<'dark' | 'light' | 'highContrast' | 'highContrastLight', string>>;
}
interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly engines: { readonly vscode: string };
  readonly activationEvents: readonly string[];
  readonly dependencies?: unknown;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: unknown; readonly restrictedConfigurations: readonly string[] };
    readonly virtualWorkspaces: { readonly supported: unknown; readonly description: string };
  };
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly keybindings: readonly Keybinding[];
    readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string; readonly title: string }[] };
    readonly views: Readonly<Record<string, readonly View[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when: string }[];
    readonly walkthroughs: readonly {
      readonly title: string;
      readonly description: string;
      readonly steps: readonly Step[];
    }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly colors: readonly Colour[];
    readonly grammars: readonly { readonly path: string; readonly scopeName: string }[];
  };
}

const text = readFileSync('package.json', 'utf8');
const manifest: Manifest = JSON.parse(text);
const { commands, keybindings, menus, views, configuration, colors, grammars } = manifest.contributes;
const palette = menus['commandPalette'] ?? [];
const sources = filesUnder('src/extension', '.ts').map((file) => readFileSync(file, 'utf8'));
const strings = (file: string): Readonly<Record<string, string>> => JSON.parse(readFileSync(file, 'utf8'));
const isKey = (value: string | undefined): boolean => value !== undefined && /^%[\w.]+%$/.test(value);

/** Commands that move through a replay. */
const STEPPING = /\.(step|next|previous|play|who|what|toggleFollow|findStage|bookmark|copyLink)/;

/** Contrast ratio of two colours `#rrggbb` (WCAG 2.2, "contrast ratio"). */
function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

describe('the manifest', () => {
  it('has every sentence in English and Chinese, and no sentence too many', () => {
    const used = [...new Set(text.match(/%[\w.]+%/g) ?? [])].map((key) => key.slice(1, -1)).sort();
    expect(Object.keys(strings('package.nls.json')).sort()).toEqual(used);
    expect(Object.keys(strings('package.nls.zh-cn.json')).sort()).toEqual(used);
    expect(Object.values(strings('package.nls.zh-cn.json')).filter((it) => it.trim() === '')).toEqual([]);
  });

  it('gives every command a title, the category and a palette entry, and hides stepping where nothing is replayed', () => {
    for (const { command, title, category } of commands) {
      expect(command).toMatch(/^virtioTrace\.[a-z][A-Za-z]*$/);
      expect([isKey(title), category]).toEqual([true, '%category%']);
    }
    const all = commands.map((it) => it.command).sort();
    expect(palette.map((it) => it.command).sort()).toEqual(all);
    const stepping = palette.filter((it) => STEPPING.test(it.command));
    expect(stepping.length).toBeGreaterThan(15);
    expect(new Set(stepping.map((it) => it.when))).toEqual(new Set(['virtioTrace.replaying']));
  });

  it('offers in the palette what makes sense there: the run that is shown, the file in front, git where it is trusted', () => {
    const whenOf = (name: string): string | undefined =>
      palette.find((it) => it.command === `virtioTrace.${name}`)?.when;
    for (const name of ['openAsText', 'copyPath', 'export']) {
      expect([name, whenOf(name)]).toEqual([name, 'virtioTrace.replaying']);
      expect(commands.find((it) => it.command === `virtioTrace.${name}`)?.enablement).toBe('virtioTrace.replaying');
    }
    expect(whenOf('getSources')).toBe('isWorkspaceTrusted');
    expect(whenOf('traceFromHere')).toBe('editorLangId == c && virtioTrace.inTree');
    const rowsOnly = palette.filter((it) => it.when === 'false').map((it) => it.command);
    const inMenus = Object.entries(menus).flatMap(([menu, items]) =>
      menu === 'commandPalette' ? [] : items.map((it) => it.command),
    );
    expect(rowsOnly.filter((command) => !inMenus.includes(command))).toEqual([]);
    const always = palette.filter((it) => it.when === undefined).map((it) => it.command.replace('virtioTrace.', ''));
    expect(always.sort()).toEqual([
      'checkNotes',
      'chooseTrees',
      'compareRuns',
      'compareTrees',
      'duplicateScenario',
      'explore',
      'indexWholeTree',
      'mapReport',
      'openLink',
      'showLog',
      'switchTrees',
      'trace',
    ]);
  });

  it('has menu entries of known commands, with a group and a condition whose every word is known', () => {
    const all = new Set(commands.map((it) => it.command));
    const viewIds = Object.values(views).flatMap((list) => list.map((it) => it.id));
    const known = new Set(['editorLangId', 'isWorkspaceTrusted', 'view', 'viewItem', 'resourceFilename', 'c', 'false']);
    const conditions = [
      ...Object.values(menus).flatMap((items) => items.map((it) => it.when)),
      ...commands.map((it) => it.enablement),
      ...keybindings.map((it) => it.when),
      ...Object.values(views).flatMap((list) => list.map((it) => it.when)),
    ].filter((when) => when !== undefined);
    for (const [menu, items] of Object.entries(menus)) {
      for (const { command, when, group } of items) {
        expect([command, all.has(command)]).toEqual([command, true]);
        expect(menu === 'commandPalette' || (when !== undefined && group !== undefined)).toBe(true);
      }
    }
    for (const when of conditions) {
      const bare = when.replace(/=~ \/[^ ]*\//g, '');
      for (const view of bare.matchAll(/\bview == ([\w.]+)/g)) {
        expect(viewIds).toContain(view[1]);
      }
      const rows = [...bare.matchAll(/viewItem == (\w+)/g)].map((row) => row[1] ?? '');
      const rowPatterns = [...when.matchAll(/viewItem =~ \/\^\(([\w|]+)\)\$\//g)].flatMap((row) =>
        (row[1] ?? '').split('|'),
      );
      for (const row of [...rows, ...rowPatterns]) {
        expect([row, sources.some((source) => source.includes(`'${row}'`))]).toEqual([row, true]);
      }
      const words = bare.replace(/viewItem == \w+/g, 'viewItem').match(/[A-Za-z][\w.]*/g) ?? [];
      const unknown = words.filter((word) => !known.has(word) && !viewIds.includes(word));
      for (const word of unknown) {
        expect([word, sources.some((source) => source.includes(`'${word}'`))]).toEqual([word, true]);
      }
    }
  });

  it('gives every command that stands in a row or a title an icon, and every icon is one of the editor', () => {
    const shown = Object.entries(menus).flatMap(([menu, items]) =>
      items.filter(({ group = '' }) => /^view|^editor.title/.test(menu) && /^(inline|navigation)/.test(group)),
    );
    expect(shown.length).toBeGreaterThan(10);
    for (const { command } of shown) {
      expect([command, commands.find((it) => it.command === command)?.icon]).toEqual([
        command,
        expect.stringMatching(/^\$\([a-z-]+\)$/),
      ]);
    }
  });

  it('has one container with three views, named in both languages, with words where one is empty', () => {
    expect(views['virtioTrace']?.map((it) => it.id)).toEqual([
      'virtioTrace.routes',
      'virtioTrace.runs',
      'virtioTrace.scenarios',
    ]);
    for (const { name, icon } of views['virtioTrace'] ?? []) {
      expect([isKey(name), existsSync(icon)]).toEqual([true, true]);
    }
    const { viewsContainers, viewsWelcome } = manifest.contributes;
    expect(viewsContainers.activitybar.map((it) => [isKey(it.title), existsSync(it.icon)])).toEqual([[true, true]]);
    expect(viewsWelcome.map((it) => it.when).sort()).toEqual(['!isWorkspaceTrusted', 'isWorkspaceTrusted']);
    const linked = viewsWelcome.flatMap(({ contents }) => {
      const words = strings('package.nls.json')[contents.slice(1, -1)] ?? '';
      return [...words.matchAll(/command:(virtioTrace\.\w+)/g)].map((link) => link[1]);
    });
    expect(linked.length).toBeGreaterThan(2);
    expect(linked.filter((id) => !commands.some((it) => it.command === id))).toEqual([]);
  });

  it('has one walkthrough of five steps: a picture with words for it, and something to do in each', () => {
    const [walkthrough, ...more] = manifest.contributes.walkthroughs;
    expect([more.length, walkthrough?.steps.length]).toEqual([0, 5]);
    for (const { title, description, media, completionEvents } of walkthrough?.steps ?? []) {
      expect([isKey(title), isKey(description), isKey(media.altText)]).toEqual([true, true, true]);
      expect([media.image, existsSync(media.image)]).toEqual([media.image, true]);
      expect(completionEvents).toHaveLength(1);
      for (const language of ['package.nls.json', 'package.nls.zh-cn.json']) {
        expect(strings(language)[description.slice(1, -1)]).toMatch(/\]\(command:[\w.]+\)/);
      }
    }
  });

  it('gives stepping keys that need a replay, each key once, on every platform', () => {
    const stepping = commands.map((it) => it.command).filter((it) => STEPPING.test(it));
    const own = keybindings.filter((it) => STEPPING.test(it.command));
    expect(own.map((it) => it.command).sort()).toEqual(stepping.sort());
    expect(new Set(own.map((it) => it.when))).toEqual(new Set(['virtioTrace.replaying']));
    expect(new Set(keybindings.map((it) => it.key)).size).toBe(keybindings.length);
    expect(new Set(keybindings.map((it) => it.mac)).size).toBe(keybindings.length);
  });

  it('gives every setting a default, a description and a scope, and restricts the folders in an untrusted workspace', () => {
    const settings = Object.entries(configuration.properties);
    const folders = settings.filter(([name]) => name.endsWith('Path'));
    for (const [, { default: byDefault, scope }] of folders) {
      expect([byDefault, scope]).toEqual(['', 'machine-overridable']);
    }
    for (const [, setting] of settings) {
      expect(setting.default).toBeDefined();
      expect(['window', 'machine', 'machine-overridable']).toContain(setting.scope);
      expect(isKey(setting.markdownDescription)).toBe(true);
    }
    // A workspace may not say from where git fetches, nor what it runs.
    const fetched = settings.filter(([name]) => name.startsWith('virtioTrace.sources.'));
    expect(fetched.map(([, { scope }]) => scope)).toEqual(Array(4).fill('machine'));
    expect(configuration.properties['virtioTrace.index.wholeTree']?.default).toBe(false);
    const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
    expect(untrustedWorkspaces.supported).toBe('limited');
    expect(untrustedWorkspaces.restrictedConfigurations).toEqual(folders.map(([name]) => name));
    expect([virtualWorkspaces.supported, isKey(virtualWorkspaces.description)]).toEqual([false, true]);
  });

  it('wakes for nothing that is not asked for, and for a restored panel exactly where the panel can be restored', () => {
    const restores = filesUnder('src/extension', '.ts').some((file) =>
      readFileSync(file, 'utf8').includes('registerWebviewPanelSerializer'),
    );
    expect(manifest.activationEvents).toEqual(
      restores ? ['onLanguage:c', 'onWebviewPanel:virtioTrace.replay', 'onUri'] : [],
    );
  });

  it('has a readable colour for each program on every kind of theme', () => {
    const backgrounds = {
      dark: '#1f1f1f',
      light: '#ffffff',
      highContrast: '#000000',
      highContrastLight: '#ffffff',
    } as const;
    const names = colors.map((it) => it.id.replace('virtioTrace.', ''));
    expect(names).toEqual(['guestUser', 'guest', 'hypervisor', 'serviceVm', 'deviceModel']);
    for (const { defaults, description } of colors) {
      expect(isKey(description)).toBe(true);
      expect(contrast(defaults.dark, backgrounds.dark)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(defaults.light, backgrounds.light)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(defaults.highContrast, backgrounds.highContrast)).toBeGreaterThanOrEqual(7);
      expect(contrast(defaults.highContrastLight, backgrounds.highContrastLight)).toBeGreaterThanOrEqual(7);
    }
  });

  it('bundles everything: no run-time dependency, types of the oldest editor that it runs in, exact versions', () => {
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.engines.vscode).toBe(`^${manifest.devDependencies['@types/vscode']}`);
    expect(Object.values(manifest.devDependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('names files that are there: a 128 x 128 icon, grammars that parse', () => {
    const icon = readFileSync(manifest.icon);
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([128, 128]);
    for (const { path, scopeName } of grammars) {
      expect(existsSync(path)).toBe(true);
      expect(JSON.parse(readFileSync(path, 'utf8')).scopeName).toBe(scopeName);
    }
  });
});
