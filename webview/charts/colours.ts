/** The theme's colours and font as a canvas needs them: resolved. */

export interface ChartColours {
  readonly training: string;
  readonly validation: string;
  readonly text: string;
  readonly lines: string;
  readonly font: string;
}

/** Visible on any ground, quieter than the lines of data. */
const quietLines = 'rgba(128, 128, 128, 0.35)';

export function readColours(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise;
  const contrast = read('--vscode-contrastBorder', '');
  const family = read('--vscode-font-family', 'sans-serif');
  return {
    training: read('--vscode-charts-blue', '#3794ff'),
    validation: read('--vscode-charts-purple', '#b180d7'),
    text:
      contrast === ''
        ? read('--vscode-descriptionForeground', '#888888')
        : read('--vscode-foreground', '#888888'),
    lines: contrast === '' ? read('--vscode-widget-border', quietLines) : quietLines,
    font: `11px ${family}`,
  };
}

/** Calls back whenever VS Code changes its theme: it then rewrites the variables on the root and the body's class. */
export function watchTheme(changed: () => void): { stop(): void } {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-kind'] });
  return { stop: () => observer.disconnect() };
}
