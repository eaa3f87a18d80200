/** One VS Code window with the extension in it, for tests and for the README's pictures. */
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { root } from '../../../scripts/paths.mjs';
import { quietSettings, workbenchAddress, writeSettings } from '../../../scripts/vscode-server.mjs';
import type { RunningProcess } from '../../../scripts/vscode-server.mjs';
import { sharedHost, type Host } from './server';
import * as workbench from './workbench';
import { makeWorkspace, type Files } from './workspace';

/** By their present names: VS Code writes them over old ones in the settings, and over a theme that was asked for meanwhile. */
const themes = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  'high contrast': 'Default High Contrast',
  'high contrast light': 'Default High Contrast Light',
} as const;

export type Theme = keyof typeof themes;
export const themeNames = Object.keys(themes) as Theme[];

/** How the page of a webview says which kind of theme it has. */
const kinds = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  'high contrast': 'vscode-high-contrast',
  'high contrast light': 'vscode-high-contrast-light',
} as const satisfies Record<Theme, string>;

/** How a window is opened. */
export interface LabOptions {
  /** What the workspace folder holds. */
  readonly files?: Files;
  /** A file of the folder that is opened alone, in a window without a folder. */
  readonly single?: string;
  /** User settings, added to those that keep VS Code quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly theme?: Theme;
  /** `ask`: workspace trust is on; VS Code opens in restricted mode and asks by its banner. Else folders are trusted. */
  readonly trust?: 'ask';
  /** What is installed instead of the project's folder: a package (`.vsix`), or another folder. */
  readonly extension?: string;
  /** Size of the window in CSS pixels, and device pixels to one of them. */
  readonly window?: { readonly width: number; readonly height: number; readonly scale?: number };
}

/** An open window. */
export interface Lab {
  /** The page; another one after `reopen`. */
  readonly page: Page;
  /** The workspace folder's absolute path. */
  readonly folder: string;
  /** Where VS Code keeps the settings and storage of its user. */
  readonly userFolder: string;
  /** The lab in the side bar. */
  readonly sidebar: FrameLocator;
  /** The lab in an editor tab. */
  readonly dashboard: FrameLocator;
  readonly notifications: Locator;
  readonly quickPickRows: Locator;
  runCommand(name: string): Promise<void>;
  openFile(name: string): Promise<void>;
  pick(label: string): Promise<void>;
  goTo(line: number, column?: number): Promise<void>;
  typeInEditor(text: string): Promise<void>;
  /** The visible lines of the active editor, each with the text that decorations put behind it. */
  visibleLines(): Promise<workbench.VisibleLine[]>;
  /** Turns the open window to another theme and waits for a page of the Lab to follow: that in the side bar, if not given. */
  useTheme(theme: Theme, panel?: FrameLocator): Promise<void>;
  /** Takes a picture into test-results/. @returns its path */
  screenshot(name: string): Promise<string>;
  /** Living processes of the server: its extension hosts and their engines among them. */
  processes(): Promise<RunningProcess[]>;
  /** Closes the window and opens it again on the same folder. */
  reopen(): Promise<void>;
  /** Reloads the window by VS Code's own command, which keeps what is open as it is at that moment. */
  reload(): Promise<void>;
  /** Closes the window and deletes the workspace folder. */
  close(): Promise<void>;
}

const openLabs = new Set<Lab>();

/** The windows that are open now. */
export function labsOpen(): readonly Lab[] {
  return [...openLabs];
}

/** Opens VS Code on a new folder and waits until it can be used. */
export async function openLab(options: LabOptions = {}): Promise<Lab> {
  const host = await sharedHost(options.extension ?? root);
  await writeSettings(host.dataFolder, settingsOf(options));
  const folder = await makeWorkspace(options.files ?? {});
  const { width, height, scale } = { width: 1280, height: 800, scale: 1, ...options.window };
  const context = await host.browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const lab = new Window(host, context, folder, options);
  openLabs.add(lab);
  await lab.open();
  return lab;
}

function settingsOf({ settings, theme = 'dark', trust }: LabOptions): Record<string, unknown> {
  return {
    ...quietSettings,
    'security.workspace.trust.enabled': trust === 'ask',
    'workbench.colorTheme': themes[theme],
    'editor.minimap.enabled': false,
    ...settings,
  };
}

class Window implements Lab {
  private current: Page | undefined;

  constructor(
    private readonly host: Host,
    private readonly context: BrowserContext,
    readonly folder: string,
    private readonly options: LabOptions,
  ) {}

  async open(): Promise<void> {
    const page = await this.context.newPage();
    this.current = page;
    page.setDefaultTimeout(60_000);
    // Its script alone is 20 MB: a busy machine takes long to read it.
    page.setDefaultNavigationTimeout(120_000);
    const { folder } = this;
    const { single } = this.options;
    const what = single === undefined ? { folder } : { file: join(folder, single) };
    await page.goto(workbenchAddress(this.host.server, what));
    await workbench.waitForWorkbench(page, single === undefined);
  }

  get page(): Page {
    if (this.current === undefined) throw new Error('The window is closed.');
    return this.current;
  }

  get userFolder(): string {
    return join(this.host.dataFolder, 'data', 'User');
  }

  get sidebar(): FrameLocator {
    return workbench.sidebarFrame(this.page);
  }

  get dashboard(): FrameLocator {
    return workbench.dashboardFrame(this.page);
  }

  get notifications(): Locator {
    return workbench.notifications(this.page);
  }

  get quickPickRows(): Locator {
    return workbench.quickPickRows(this.page);
  }

  runCommand(name: string): Promise<void> {
    return workbench.runCommand(this.page, name);
  }

  openFile(name: string): Promise<void> {
    return workbench.openFile(this.page, name);
  }

  pick(label: string): Promise<void> {
    return workbench.pick(this.page, label);
  }

  goTo(line: number, column?: number): Promise<void> {
    return workbench.goTo(this.page, line, column);
  }

  typeInEditor(text: string): Promise<void> {
    return workbench.typeInEditor(this.page, text);
  }

  visibleLines(): Promise<workbench.VisibleLine[]> {
    return workbench.visibleLines(this.page);
  }

  async useTheme(theme: Theme, panel = this.sidebar): Promise<void> {
    await writeSettings(this.host.dataFolder, settingsOf({ ...this.options, theme }));
    await panel.locator(`body[data-vscode-theme-kind="${kinds[theme]}"]`).waitFor();
  }

  async screenshot(name: string): Promise<string> {
    const path = join(root, 'test-results', `${name.replaceAll(/[^\w.-]+/g, '-')}.png`);
    await mkdir(dirname(path), { recursive: true });
    await this.page.screenshot({ path });
    return path;
  }

  processes(): Promise<RunningProcess[]> {
    return this.host.server.processes();
  }

  async reopen(): Promise<void> {
    await this.closePage();
    await this.open();
  }

  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('domcontentloaded', { timeout: 120_000 });
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await workbench.waitForWorkbench(this.page, this.options.single === undefined);
  }

  async close(): Promise<void> {
    openLabs.delete(this);
    await this.closePage();
    await this.context.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Closes the page as a person closes a tab: the workbench says goodbye to the server. */
  private async closePage(): Promise<void> {
    const page = this.current;
    this.current = undefined;
    if (page === undefined) return;
    await page.goto('about:blank');
    await page.close();
  }
}
