import { contrast, css, mixed, parseColour, type Rgba } from './colours.ts';

/** The colours of one program. */
export interface ProgramColours {
  /** Where it runs, and text on it. */
  readonly strong: string;
  readonly onStrong: string;
  /** Where it runs, but less deep in calls. */
  readonly middle: string;
  /** A call, by whether its depth is even or odd. */
  readonly calls: readonly [string, string];
  readonly faint: string;
  readonly line: string;
}

/** Everything that the picture's colours and fonts are, read from the theme. */
export interface Palette {
  readonly background: string;
  /** The background, half through. */
  readonly veil: string;
  readonly foreground: string;
  readonly quiet: string;
  readonly line: string;
  readonly warning: string;
  readonly output: string;
  readonly cursor: string;
  readonly cursorFill: string;
  readonly hatch: string;
  readonly waitFill: string;
  readonly programs: readonly ProgramColours[];
  /** High contrast: edges instead of tints. */
  readonly highContrast: boolean;
  readonly font: string;
  readonly smallFont: string;
  readonly mono: string;
}

/** Variables of the programs' colours, by number of the colour. */
const PROGRAMS = [
  '--vscode-virtioTrace-guest',
  '--vscode-virtioTrace-hypervisor',
  '--vscode-virtioTrace-serviceVm',
  '--vscode-virtioTrace-deviceModel',
  '--vscode-virtioTrace-guestUser',
] as const;

const BLACK: Rgba = { r: 0, g: 0, b: 0, a: 1 };
const WHITE: Rgba = { r: 255, g: 255, b: 255, a: 1 };
const GREY: Rgba = { r: 128, g: 128, b: 128, a: 1 };

/** Reads the theme. `context` is any canvas's: it understands every way to write a colour. */
export function paletteOf(element: HTMLElement, context: CanvasRenderingContext2D): Palette {
  const style = getComputedStyle(element);
  const read = (fallback: Rgba, ...names: readonly string[]): Rgba => {
    const text = names.map((name) => style.getPropertyValue(name).trim()).find((one) => one !== '');
    return text === undefined ? fallback : normalised(context, text, fallback);
  };
  const background = read(WHITE, '--vscode-editor-background');
  const foreground = read(BLACK, '--vscode-foreground', '--vscode-editor-foreground');
  const highContrast = document.body.className.includes('high-contrast');
  const focus = read(foreground, '--vscode-focusBorder');
  const quiet = read(GREY, '--vscode-descriptionForeground');
  const size = Math.max(10, Math.min(13, Number.parseFloat(style.fontSize) - 1 || 12));
  const monoFamily = style.getPropertyValue('--vscode-editor-font-family').trim() || 'monospace';
  return {
    background: css(background),
    veil: css({ ...background, a: highContrast ? 0.35 : 0.55 }),
    foreground: css(foreground),
    quiet: css(quiet),
    line: css(mixed(foreground, background, highContrast ? 0.6 : 0.14)),
    warning: css(read(GREY, '--vscode-editorWarning-foreground', '--vscode-charts-yellow')),
    output: css(read(foreground, '--vscode-charts-green', '--vscode-testing-iconPassed')),
    cursor: css(highContrast ? foreground : focus),
    cursorFill: css({ ...focus, a: highContrast ? 0.3 : 0.16 }),
    hatch: css(mixed(foreground, background, highContrast ? 0.75 : 0.3)),
    waitFill: css(mixed(foreground, background, highContrast ? 0 : 0.05)),
    programs: PROGRAMS.map((name) => programColours(read(foreground, name), background, foreground, highContrast)),
    highContrast,
    font: `${size}px ${style.fontFamily}`,
    smallFont: `${Math.max(9, size - 1)}px ${style.fontFamily}`,
    mono: `${Math.max(9, size - 1)}px ${monoFamily}`,
  };
}

function programColours(own: Rgba, background: Rgba, foreground: Rgba, high: boolean): ProgramColours {
  const tint = (share: number): string => css(mixed(own, background, share));
  const better = contrast(own, background) > contrast(own, foreground) ? background : foreground;
  return {
    strong: css(own),
    onStrong: css(better),
    middle: tint(0.7),
    calls: high ? [tint(0.28), tint(0.14)] : [tint(0.34), tint(0.24)],
    faint: tint(high ? 0.3 : 0.16),
    line: css(own),
  };
}

function normalised(context: CanvasRenderingContext2D, text: string, fallback: Rgba): Rgba {
  context.fillStyle = '#010203';
  context.fillStyle = text;
  return parseColour(String(context.fillStyle)) ?? fallback;
}

/**
 * Calls `changed` when the theme becomes another one: VS Code then gives body and root other classes and styles. It stops
 * once `changed` answers false.
 */
export function watchTheme(changed: () => boolean): void {
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'].map((query) => matchMedia(query));
  const tell = (): void => {
    if (!changed()) {
      observer.disconnect();
      for (const query of queries) {
        query.removeEventListener('change', tell);
      }
    }
  };
  const observer = new MutationObserver(tell);
  for (const target of [document.documentElement, document.body]) {
    observer.observe(target, { attributes: true, attributeFilter: ['class', 'style', 'data-vscode-theme-id'] });
  }
  for (const query of queries) {
    query.addEventListener('change', tell);
  }
}

/** Whether the user asked for less movement: of the system, or of VS Code. */
export const wantsLessMotion = (): boolean =>
  matchMedia('(prefers-reduced-motion: reduce)').matches || document.body.classList.contains('vscode-reduce-motion');
