/** Tells the controls which kind of theme is on, as VS Code does, and keeps telling when the user changes it. */
export function followColourScheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const contrast = matchMedia('(prefers-contrast: more)');
  const apply = (): void => {
    const kind = contrast.matches
      ? dark.matches
        ? 'vscode-high-contrast'
        : 'vscode-high-contrast-light'
      : dark.matches
        ? 'vscode-dark'
        : 'vscode-light';
    document.body.className = kind;
    document.body.dataset['vscodeThemeKind'] = kind;
  };
  dark.addEventListener('change', apply);
  contrast.addEventListener('change', apply);
  apply();
}
