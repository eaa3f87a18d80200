/** The two places of the Lab, sidebar and editor tab: the same page, the same state. */
import * as vscode from 'vscode';
import { FromWebview, type LabState } from '../../protocol';
import { dashboardType } from '../contributions';
import { type Disposable, Scope } from '../disposal';
import { webviewOptions, webviewPage } from '../webview-page';
import type { Broadcast, StateView } from './broadcast';

export interface LabViewsOptions {
  readonly extension: vscode.Uri;
  readonly broadcast: Broadcast;
  readonly log: vscode.LogOutputChannel;
  readonly onMessage: (message: FromWebview) => void;
  /** A view was shown: what it needs may be looked up now. */
  readonly onShown: () => void;
}

/** What sidebar views and editor tabs have in common. */
interface Frame {
  readonly webview: vscode.Webview;
  readonly visible: boolean;
  readonly onDidDispose: vscode.Event<void>;
}

export class LabViews implements vscode.WebviewViewProvider, vscode.WebviewPanelSerializer, Disposable {
  readonly #options: LabViewsOptions;
  readonly #panels = new Map<vscode.WebviewPanel, Scope>();
  #sidebar: { readonly view: vscode.WebviewView; readonly scope: Scope } | undefined;

  constructor(options: LabViewsOptions) {
    this.#options = options;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const scope = this.#attach(view, 'sidebar', (shown) => view.onDidChangeVisibility(shown));
    this.#sidebar = { view, scope };
    view.onDidDispose(() => (this.#sidebar = undefined));
  }

  /** Shows the sidebar's Lab and leaves the focus where it is. False when VS Code has not made the view yet. */
  reveal(): boolean {
    this.#sidebar?.view.show(true);
    return this.#sidebar !== undefined;
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#adopt(panel);
    return Promise.resolve();
  }

  /** Opens the editor tab, or shows the one that is open. */
  openPanel(): void {
    const open = [...this.#panels.keys()][0];
    if (open) {
      open.reveal();
      return;
    }
    const column = vscode.window.activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    this.#adopt(
      vscode.window.createWebviewPanel(dashboardType, 'Model Lab', column, {
        retainContextWhenHidden: true,
      }),
    );
  }

  #adopt(panel: vscode.WebviewPanel): void {
    panel.iconPath = vscode.Uri.joinPath(this.#options.extension, 'media', 'lab-tab.svg');
    const scope = this.#attach(panel, 'editor', (shown) => panel.onDidChangeViewState(shown));
    this.#panels.set(panel, scope);
    panel.onDidDispose(() => this.#panels.delete(panel));
  }

  #attach(
    frame: Frame,
    where: LabState['where'],
    onVisibility: (listener: () => void) => vscode.Disposable,
  ): Scope {
    const { extension, broadcast, log, onMessage, onShown } = this.#options;
    const scope = new Scope();
    const view: StateView = {
      where,
      get visible() {
        return frame.visible;
      },
      post: (message) => void frame.webview.postMessage(message),
    };
    scope.add(broadcast.add(view));
    scope.add(
      onVisibility(() => {
        if (!frame.visible) return;
        broadcast.sendTo(view);
        onShown();
      }),
    );
    scope.add(
      frame.webview.onDidReceiveMessage((message: unknown) => {
        const checked = FromWebview.safeParse(message);
        if (!checked.success) {
          log.warn(`A message of the Lab's page was ignored: ${checked.error.message}`);
        } else if (checked.data.type === 'ready') {
          broadcast.sendTo(view);
          onShown();
        } else {
          onMessage(checked.data);
        }
      }),
    );
    frame.onDidDispose(() => scope.dispose());
    frame.webview.options = webviewOptions(extension);
    frame.webview.html = webviewPage('lab', frame.webview, extension);
    return scope;
  }

  dispose(): void {
    this.#sidebar?.scope.dispose();
    for (const panel of [...this.#panels.keys()]) panel.dispose();
  }
}
