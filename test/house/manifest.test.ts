import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { filesUnder } from './source-files.ts';

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
}
interface MenuEntry {
  readonly command: string;
  readonly when?: string;
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
    readonly menus: { readonly commandPalette: readonly MenuEntry[] };
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly colors: readonly Colour[];
    readonly grammars: readonly { readonly path: string; readonly scopeName: string }[];
  };
}

const text = readFileSync('package.json', 'utf8');
const manifest: Manifest = JSON.parse(text);
const { commands, keybindings, menus, configuration, colors, grammars } = manifest.contributes;
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
    expect(menus.commandPalette.map((it) => it.command).sort()).toEqual(commands.map((it) => it.command).sort());
    const always = menus.commandPalette.filter((it) => it.when === undefined).map((it) => it.command);
    expect(always).toEqual([
      'virtioTrace.trace',
      'virtioTrace.compareRuns',
      'virtioTrace.compareTrees',
      'virtioTrace.openLink',
    ]);
    const stepping = menus.commandPalette.filter((it) => STEPPING.test(it.command));
    expect(stepping.length).toBeGreaterThan(15);
    expect(new Set(stepping.map((it) => it.when))).toEqual(new Set(['virtioTrace.replaying']));
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
      expect(['window', 'machine-overridable']).toContain(setting.scope);
      expect(isKey(setting.markdownDescription)).toBe(true);
    }
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
