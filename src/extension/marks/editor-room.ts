/** How many columns of text the editors show, as far as VS Code tells. */
import * as vscode from 'vscode';
import { type Disposable, Scope } from '../disposal';
import { usualWidth, visibleColumns } from './placement';

/** What `vscode.getEditorLayout` answers with: sizes in pixels along the axis of the parent. */
interface LayoutGroup {
  readonly size?: number;
  readonly groups?: readonly LayoutGroup[];
}
interface Layout {
  /** 0: groups stand side by side, 1: one below the other. */
  readonly orientation: 0 | 1;
  readonly groups: readonly LayoutGroup[];
}

/** Shortest time between two looks at the layout, ms. */
const interval = 400;

export class EditorRoom implements Disposable {
  readonly #scope = new Scope();
  readonly #changed = this.#scope.add(new vscode.EventEmitter<void>());
  /** Groups have become wider or narrower. */
  readonly onDidChange = this.#changed.event;
  /** Pixels, in the order of view columns; undefined where a group's width is not told. */
  #widths: readonly (number | undefined)[] = [];
  /** Of all groups together, as far as it was told last; the window may have been resized since. */
  #whole = usualWidth;
  #timer: NodeJS.Timeout | undefined;
  #lookedAt = -Infinity;

  /** Looks at the layout soon: VS Code tells nobody that a window or a group was resized. */
  look(): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#lookedAt + interval - performance.now());
    this.#timer = setTimeout(() => void this.#look(), wait);
  }

  /**
   * Of a group whose width is not told it is taken for that of all groups: one that was never split is told by its height
   * alone, as are groups one below the other.
   */
  columnsOf(editor: vscode.TextEditor): number {
    const width = editor.viewColumn === undefined ? undefined : this.#widths[editor.viewColumn - 1];
    const settings = vscode.workspace.getConfiguration('editor', editor.document);
    const number = (name: string, usual: number) => {
      const value = settings.get<unknown>(name);
      return typeof value === 'number' && Number.isFinite(value) ? value : usual;
    };
    const look = {
      fontSize: number('fontSize', 14),
      letterSpacing: number('letterSpacing', 0),
      minimap: settings.get('minimap.enabled') !== false,
      lineNumbers: settings.get('lineNumbers') !== 'off',
      glyphMargin: settings.get('glyphMargin') !== false,
      folding: settings.get('folding') !== false,
    };
    return visibleColumns(width ?? this.#whole, look, editor.document.lineCount);
  }

  async #look(): Promise<void> {
    try {
      const layout = await vscode.commands.executeCommand<Layout | undefined>('vscode.getEditorLayout');
      const widths = layout === undefined ? [] : widthsOf(layout);
      this.#whole = (layout && wholeWidth(layout)) ?? this.#whole;
      const isSame = widths.length === this.#widths.length && widths.every((w, at) => w === this.#widths[at]);
      this.#widths = widths;
      if (!isSame) this.#changed.fire();
    } catch {
      // An editor that is no VS Code may not have the command: then nothing is known of widths.
      this.#widths = [];
    } finally {
      this.#lookedAt = performance.now();
      this.#timer = undefined;
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#scope.dispose();
  }
}

/** Widths of the groups from left to right and from above, as view columns are counted. */
function widthsOf({ orientation, groups }: Layout): (number | undefined)[] {
  return groups.flatMap((group) => leaves(group, orientation === 0, undefined));
}

/** Undefined where groups stand one below the other: then the sizes are heights. */
function wholeWidth({ orientation, groups }: Layout): number | undefined {
  if (orientation !== 0) return undefined;
  return groups.reduce<number | undefined>(
    (sum, { size }) => (sum === undefined || size === undefined ? undefined : sum + size),
    0,
  );
}

function leaves(group: LayoutGroup, sideBySide: boolean, around: number | undefined): (number | undefined)[] {
  const width = sideBySide ? group.size : around;
  return group.groups === undefined
    ? [width]
    : group.groups.flatMap((inner) => leaves(inner, !sideBySide, width));
}
