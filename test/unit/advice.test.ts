/** What each surface says to its user: the command line nothing of the editor, the editor nothing of the command line. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** Texts of several words that stand in the sources of a folder, holes of templates as `…`. */
function sentencesIn(folder: string, except: readonly string[] = []): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (!name.endsWith('.ts') || except.some((part) => path.includes(part))) continue;
    const source = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest);
    const visit = (node: ts.Node): void => {
      const text = textOf(node);
      if (text !== undefined && /\p{L} +\S/u.test(text)) found.set(text, path);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
}

/** Titles of the extension's commands, as the palette shows them. */
function commandTitles(): string[] {
  const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    contributes: { commands: { title: string }[] };
  };
  return contributes.commands
    .map(({ title }) => title.replace(/…$/, ''))
    .filter((title) => title.includes(' '));
}

const ofEditor =
  /\bclick|\bsidebar\b|\bstatus bar\b|\bhover|\bbuttons?\b|\bpalette\b|\bRefresh\b|\bin the Lab\b|\bthe extension\b|modelLab\.|VS Code|\bthe (form|editor|window|tab|view)\b/i;
const ofCommandLine =
  /(^|[\s"(])--[a-z]|local-model-lab [a-z]|\bterminal\b|\bcommand line\b|\bCtrl-C\b|\bstandard error\b/i;

function having(sentences: ReadonlyMap<string, string>, pattern: RegExp): string[] {
  return [...sentences].filter(([text]) => pattern.test(text)).map(([text, path]) => `${path}: ${text}`);
}

describe('what people are told', () => {
  it('on the command line sends nobody to the editor', () => {
    const sentences = sentencesIn('src/cli');
    expect(sentences.size).toBeGreaterThan(100);
    expect(having(sentences, ofEditor)).toEqual([]);
    const titles = commandTitles();
    expect(titles.length).toBeGreaterThan(10);
    expect([...sentences.keys()].filter((text) => titles.some((title) => text.includes(title)))).toEqual([]);
  });

  it.each(['src/extension', 'webview'])('in the editor sends nobody to the command line (%s)', (folder) => {
    const sentences = sentencesIn(folder, ['webview/preview']);
    expect(sentences.size).toBeGreaterThan(50);
    expect(having(sentences, ofCommandLine)).toEqual([]);
  });

  it('by the engine and the protocol serves both: it names neither options nor what only one of them shows', () => {
    // Questions that the editor alone asks; what no user sees; names of columns.
    const except = ['marked-documents', 'src/engine/main.ts', 'target-rank'];
    const sentences = sentencesIn('src/engine', except);
    for (const [text, path] of sentencesIn('src/protocol', ['webview.ts', 'glossary.ts'])) {
      sentences.set(text, path);
    }
    expect(sentences.size).toBeGreaterThan(200);
    expect(having(sentences, ofCommandLine)).toEqual([]);
    expect(having(sentences, ofEditor)).toEqual([]);
  });
});
