import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  checkSetting,
  colors,
  commands,
  contextKeys,
  dashboardType,
  gridTypes,
  runItemFlags,
  settings,
  settingsSection,
  views,
  walkthrough,
} from '../../src/extension/contributions';
import '../../src/catalogue/kinds';
import { type DatasetShape, kindsOfShape } from '../../src/protocol/kinds';
import { checks } from '../../src/protocol/quality-checks';
import { extension } from './lab';

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly extensionKind: readonly string[];
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string }[];
    readonly menus: Readonly<Record<string, readonly { command: string; when?: string }[]>>;
    readonly keybindings: readonly { command: string; key: string; when: string }[];
    readonly viewsContainers: { readonly activitybar: readonly { id: string; icon: string }[] };
    readonly views: Readonly<Record<string, readonly { id: string }[]>>;
    readonly viewsWelcome: readonly { view: string; contents: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly colors: readonly { id: string; defaults: Readonly<Record<string, string>> }[];
    readonly jsonValidation: readonly { url: string }[];
    readonly walkthroughs: readonly { id: string; steps: readonly Step[] }[];
  };
}
interface Setting {
  readonly description?: string;
  readonly markdownDescription?: string;
}
interface Step {
  readonly description: string;
  readonly media: { readonly svg: string };
  readonly completionEvents: readonly string[];
}

const manifest = () => extension().packageJSON as Manifest;
const ofShape = (shape: DatasetShape, what: 'extensions' | 'languages') =>
  kindsOfShape(shape).flatMap((kind) => kind[what]);
const sorted = (names: Iterable<string>) => [...names].sort();

describe('the manifest', () => {
  it('declares the commands that the code registers, each with a title and the category', async () => {
    const declared = manifest().contributes.commands;
    assert.deepEqual(sorted(declared.map(({ command }) => command)), sorted(Object.values(commands)));
    for (const { title, category } of declared)
      assert.ok(title.length > 3 && category === 'Model Lab', title);
    await extension().activate();
    const registered = await vscode.commands.getCommands(true);
    for (const command of Object.values(commands)) assert.ok(registered.includes(command), command);
  });

  it('declares the settings that the code reads, each with a description', () => {
    const { properties } = manifest().contributes.configuration;
    const read = [...Object.values(settings), ...checks.names.map(checkSetting)].map(
      (name) => `${settingsSection}.${name}`,
    );
    assert.deepEqual(sorted(Object.keys(properties)), sorted(read));
    for (const [name, setting] of Object.entries(properties)) {
      assert.ok((setting.description ?? setting.markdownDescription ?? '').length > 20, name);
    }
  });

  it('declares the views, the container and the colours of the code', () => {
    const { viewsContainers, colors: declaredColors } = manifest().contributes;
    assert.deepEqual(
      viewsContainers.activitybar.map(({ id }) => id),
      [views.container],
    );
    const declaredViews = manifest().contributes.views[views.container] ?? [];
    assert.deepEqual(sorted(declaredViews.map(({ id }) => id)), sorted([views.lab, views.runs]));
    assert.deepEqual(sorted(declaredColors.map(({ id }) => id)), sorted(Object.values(colors)));
    for (const { id, defaults } of declaredColors) {
      assert.deepEqual(
        sorted(Object.keys(defaults)),
        ['dark', 'highContrast', 'highContrastLight', 'light'],
        id,
      );
    }
  });

  it('names only commands and context keys that exist', () => {
    const text = JSON.stringify(manifest().contributes);
    const known = new Set<string>([
      ...Object.values(commands),
      ...Object.values(contextKeys),
      ...Object.values(views),
      ...Object.values(colors),
      ...Object.values(gridTypes),
      ...Object.values(settings).map((name) => `${settingsSection}.${name}`),
    ]);
    const whens = [...text.matchAll(/"when":"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? '');
    assert.ok(whens.length > 30, 'clauses are found');
    for (const when of whens) {
      for (const [name] of when.matchAll(/modelLab\.[\w.]+/g))
        assert.ok(known.has(name), `${name} in ${when}`);
      for (const [, flag] of when.matchAll(/viewItem =~ \/\\\\\.(\w+)\\\\\.\//g)) {
        assert.ok((runItemFlags as readonly string[]).includes(flag ?? ''), `${flag ?? ''} in ${when}`);
      }
    }
    for (const [, command] of text.matchAll(/command:(modelLab[\w.]*)/g))
      assert.ok(known.has(command ?? ''), command);
    for (const [, command] of text.matchAll(/onCommand:(modelLab[\w.]*)/g)) {
      assert.ok(known.has(command ?? ''), command);
    }
  });

  it('keeps commands that need a run or a state out of the palette', () => {
    const inPalette = manifest().contributes.menus['commandPalette'] ?? [];
    for (const command of Object.values(commands).filter((name) => name.startsWith('modelLab.runs.'))) {
      if (command === commands.refreshRuns) continue;
      assert.equal(inPalette.find((entry) => entry.command === command)?.when, 'false', command);
    }
  });

  it('activates with tables and the restored tab, never at startup', () => {
    const events = manifest().activationEvents;
    assert.deepEqual(
      sorted(events),
      sorted([
        ...ofShape('table', 'languages').map((language) => `onLanguage:${language}`),
        `onWebviewPanel:${dashboardType}`,
      ]),
    );
    assert.deepEqual(manifest().extensionKind, ['workspace']);
  });

  it('offers training on every kind of file that the code knows', () => {
    const offers = [
      [commands.train, 'table'],
      [commands.openAsGrid, 'table'],
      [commands.trainLanguageModel, 'text'],
    ] as const;
    for (const [command, shape] of offers) {
      const entries = manifest().contributes.menus['explorer/context'] ?? [];
      const when = entries.find((entry) => entry.command === command)?.when ?? '';
      const names = /\(([\w-]+(?:\|[\w-]+)*)\)\$\/i/.exec(when)?.[1]?.split('|') ?? [];
      assert.deepEqual(
        names.map((name) => `.${name}`),
        ofShape(shape, 'extensions'),
      );
    }
  });

  it('points at files that are there', () => {
    const root = extension().extensionPath;
    const { contributes, main, icon } = manifest();
    const steps = contributes.walkthroughs.flatMap(({ steps: all }) => all);
    assert.deepEqual(
      contributes.walkthroughs.map(({ id }) => id),
      [walkthrough],
    );
    assert.equal(steps.length, 4);
    const files = [
      main,
      icon,
      ...contributes.viewsContainers.activitybar.map((container) => container.icon),
      ...steps.map(({ media }) => media.svg),
      ...contributes.jsonValidation.map(({ url }) => url),
    ];
    for (const file of files) assert.ok(existsSync(path.join(root, file)), file);
  });

  it('publishes a schema for experiment files that explains the hyperparameters', () => {
    const [validation] = manifest().contributes.jsonValidation;
    const schema = readFileSync(path.join(extension().extensionPath, validation?.url ?? ''), 'utf8');
    assert.match(schema, /"title": "Local Model Lab experiment"/);
    assert.match(schema, /How far each step moves the weights/);
  });

  it('binds keys that are free in VS Code', async () => {
    await vscode.commands.executeCommand('workbench.action.openDefaultKeybindingsFile');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    assert.ok(text.length > 10_000, 'the default keybindings are listed');
    const others = text.split(/\n(?=\{)/).filter((entry) => !entry.includes('modelLab.'));
    for (const { key, when } of manifest().contributes.keybindings) {
      assert.match(when, /modelLab\./, 'only where it makes sense');
      // Within a view of its own, a key means what it means in every list.
      if (when.startsWith(`focusedView == ${views.runs}`)) continue;
      const clashes = others.filter((entry) => entry.includes(`"key": "${key}"`));
      assert.deepEqual(clashes, [], `${key} is free`);
    }
  });

  it('renames and deletes the focused run by the keys that every list has for it', () => {
    const inRuns = manifest()
      .contributes.keybindings.filter(({ when }) => when === `focusedView == ${views.runs} && !inputFocus`)
      .map(({ key, command }) => [key, command]);
    assert.deepEqual(inRuns, [
      ['f2', commands.renameRun],
      ['delete', commands.deleteRun],
    ]);
  });
});
