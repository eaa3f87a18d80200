/** The decoration types of marks: made once, cleared by empty ranges. */
import * as vscode from 'vscode';
import { colors } from '../contributions';
import type { Look } from '../../protocol/mark-words';

export const looks: readonly Look[] = ['right', 'wrong', 'unsure', 'plain'];
export const rulerKinds = ['wrong', 'unsure'] as const;
export type RulerKind = (typeof rulerKinds)[number];

export interface MarkTypes {
  /** Beside rows, behind the header, and what keeps lines without text in line with those that have one. */
  readonly texts: Readonly<Record<Look | 'header' | 'blank', vscode.TextEditorDecorationType>>;
  readonly gutter: Readonly<Record<Look, vscode.TextEditorDecorationType>>;
  readonly rulers: Readonly<Record<RulerKind, vscode.TextEditorDecorationType>>;
}

export function makeMarkTypes(extension: vscode.Uri): MarkTypes {
  const gutter = (look: Look) => gutterType(extension, look);
  const { Left, Right } = vscode.OverviewRulerLane;
  return {
    texts: {
      right: textType(colors.right),
      wrong: textType(colors.wrong),
      unsure: textType(colors.unsure),
      plain: textType(colors.plain),
      header: textType(colors.header),
      blank: textType(colors.header),
    },
    gutter: {
      right: gutter('right'),
      wrong: gutter('wrong'),
      unsure: gutter('unsure'),
      plain: gutter('plain'),
    },
    // Lanes of their own: nobody needs to tell the colours apart.
    rulers: { wrong: rulerType(colors.rulerWrong, Right), unsure: rulerType(colors.rulerUnsure, Left) },
  };
}

export function everyType({ texts, gutter, rulers }: MarkTypes): vscode.TextEditorDecorationType[] {
  return [...Object.values(texts), ...Object.values(gutter), ...Object.values(rulers)];
}

function textType(color: string): vscode.TextEditorDecorationType {
  const attached = { color: new vscode.ThemeColor(color), fontStyle: 'normal' };
  return vscode.window.createTextEditorDecorationType({
    after: { ...attached, margin: '0 0 0 2ch' },
    before: { ...attached, margin: '0 2ch 0 0' },
    // Grows with what is typed at the line's end, so that the text stays behind it.
    rangeBehavior: vscode.DecorationRangeBehavior.OpenOpen,
  });
}

/** Signs of different shapes; VS Code takes the light one also for light high contrast, the dark one for dark. */
function gutterType(extension: vscode.Uri, look: Look): vscode.TextEditorDecorationType {
  const sign = (theme: string) => vscode.Uri.joinPath(extension, 'media', 'marks', `${look}-${theme}.svg`);
  return vscode.window.createTextEditorDecorationType({
    gutterIconSize: 'contain',
    light: { gutterIconPath: sign('light') },
    dark: { gutterIconPath: sign('dark') },
  });
}

function rulerType(color: string, lane: vscode.OverviewRulerLane): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    overviewRulerColor: new vscode.ThemeColor(color),
    overviewRulerLane: lane,
  });
}
