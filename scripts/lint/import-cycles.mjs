// @ts-check
/**
 * Import cycles, counted through types and `import()` as well: `import-x/no-cycle` passes over imports of types by
 * design and has no option for them. Here they count, since two files that need each other's types are one subject
 * in two places.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { preProcessFile } from 'typescript';

/** @typedef {{ changed: number, targets: Map<string, string> }} Imports */

/** What files import, kept as long as they do not change: the same files are asked for again and again. */
const known = /** @type {Map<string, Imports>} */ (new Map());

/**
 * The files of the project that a file imports, by the words it names them with.
 * @param {string} path absolute
 * @param {string} [text] when it is not what is on disk
 * @returns {Map<string, string>} `./name` → absolute path
 */
export function importsOf(path, text) {
  const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const before = known.get(path);
  if (text === undefined && before?.changed === changed) return before.targets;
  const { importedFiles } = preProcessFile(text ?? readFileSync(path, 'utf8'), true, true);
  const targets = new Map(
    importedFiles.flatMap(({ fileName }) => {
      const target = resolved(path, fileName);
      return target === undefined ? [] : [/** @type {[string, string]} */ ([fileName, target])];
    }),
  );
  if (text === undefined) known.set(path, { changed, targets });
  return targets;
}

/**
 * The shortest way from one file to another along imports.
 * @param {string} from absolute
 * @param {string} to absolute
 * @returns {string[] | undefined} both ends with it
 */
export function wayBetween(from, to) {
  const cameFrom = new Map([[from, '']]);
  const waiting = [from];
  for (const path of waiting) {
    if (path === to) {
      const way = [path];
      for (let step = cameFrom.get(path); step; step = cameFrom.get(step)) way.unshift(step);
      return way;
    }
    for (const target of importsOf(path).values()) {
      if (cameFrom.has(target)) continue;
      cameFrom.set(target, path);
      waiting.push(target);
    }
  }
  return undefined;
}

/**
 * As the bundler resolves it; nothing for packages and for what is no source.
 * @param {string} importer
 * @param {string} name
 */
function resolved(importer, name) {
  if (!name.startsWith('.')) return undefined;
  const path = join(dirname(importer), name);
  return [path, `${path}.ts`, join(path, 'index.ts')].find(
    (each) => /\.(ts|mjs)$/.test(each) && existsSync(each),
  );
}

/** @type {import('eslint').Rule.RuleModule} */
export const noCycle = {
  meta: {
    type: 'problem',
    docs: { description: 'Forbid imports that lead back to the file, also through types.' },
    schema: [],
    messages: { cycle: 'Import cycle: {{way}}' },
  },
  create(context) {
    const path = context.physicalFilename;
    const targets = importsOf(path, context.sourceCode.text);
    /** @param {import('eslint').Rule.Node & { source?: unknown }} node */
    const check = (node) => {
      const { value } = /** @type {{ value?: unknown }} */ (node.source ?? {});
      const target = typeof value === 'string' ? targets.get(value) : undefined;
      const way = target === undefined ? undefined : wayBetween(target, path);
      if (way === undefined) return;
      context.report({ node, messageId: 'cycle', data: { way: [path, ...way].map(shown).join(' → ') } });
    };
    /** @param {string} each */
    const shown = (each) => each.slice(context.cwd.length + 1);
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    };
  },
};
