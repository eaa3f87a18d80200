/** VS Code's manifest names the files that a grid shows; the descriptions of the kinds say which these are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { gridTypes } from '../../../src/extension/contributions';
import { kinds, kindsOfShape } from '../../../src/protocol/kinds';

interface Editor {
  readonly viewType: string;
  readonly selector: readonly { readonly filenamePattern: string }[];
  readonly priority: string;
}

const manifest = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'package.json'), 'utf8'),
) as {
  contributes: {
    customEditors: readonly Editor[];
    menus: Readonly<Record<string, readonly { command: string; when?: string }[]>>;
  };
};

const editor = (type: string) =>
  manifest.contributes.customEditors.find(({ viewType }) => viewType === type) ?? {
    selector: [],
    priority: 'none',
  };
const patternsOf = (type: string) => editor(type).selector.map(({ filenamePattern }) => filenamePattern);

it('package.json opens files that are no text as a grid, as their descriptions say', () => {
  const extensions = kinds.all
    .filter(({ isText }) => isText === false)
    .flatMap(({ extensions: names }) => names);
  expect(patternsOf(gridTypes.files)).toEqual(extensions.map((name) => `*${name}`));
  expect(editor(gridTypes.files).priority).toBe('default');
});

it('package.json offers a grid for tables in text, and leaves them to the text editor', () => {
  const extensions = kindsOfShape('table')
    .filter(({ isText }) => isText !== false)
    .flatMap(({ extensions: names }) => names);
  expect(patternsOf(gridTypes.tables)).toEqual(extensions.map((name) => `*${name}`));
  expect(editor(gridTypes.tables).priority).toBe('option');
});

it('package.json offers what can be done with rows on every kind of file that holds rows', () => {
  const names = kindsOfShape('table').flatMap(({ extensions }) => extensions.map((name) => name.slice(1)));
  const offers = Object.entries(manifest.contributes.menus).flatMap(([menu, entries]) =>
    entries.flatMap(({ command, when = '' }) => {
      const listed = /resourceExtname =~ \/\^\\\.\(([^)]*)\)\$\/i/.exec(when)?.[1]?.split('|') ?? [];
      return listed.includes('csv') ? [{ menu, command, listed }] : [];
    }),
  );
  expect(offers.length).toBeGreaterThan(3);
  for (const { menu, command, listed } of offers)
    expect([menu, command, listed]).toEqual([menu, command, names]);
});
