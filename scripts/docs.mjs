// @ts-check
/** Writes docs/GLOSSARY.md, docs/QUALITY.md and the checks' settings of package.json from src/protocol: `npm run docs`. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { glossaryPage } from './glossary-page.mjs';
import { root } from './paths.mjs';
import { checkSettings, qualityPage } from './quality-page.mjs';

/** @param {string} name a file of src/protocol */
async function load(name) {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src', 'protocol', name)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
  });
  const source = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  /** @type {unknown} */
  const loaded = await import(`data:text/javascript;base64,${source}`);
  return loaded;
}

const { glossary } = /** @type {{ glossary: Record<string, string> }} */ (await load('glossary.ts'));
await writeFile(join(root, 'docs', 'GLOSSARY.md'), glossaryPage(glossary));

/** @typedef {import('./quality-page.mjs').CheckDescription} CheckDescription */
const { checks, checkLevels } =
  /** @type {{ checks: { all: readonly CheckDescription[] }, checkLevels: readonly string[] }} */ (
    await load('quality-checks.ts')
  );
await writeFile(join(root, 'docs', 'QUALITY.md'), qualityPage(checks.all));

/** @typedef {{ contributes: { configuration: { properties: Record<string, unknown> } } }} Manifest */
const manifest = join(root, 'package.json');
/** @type {unknown} */
const parsed = JSON.parse(await readFile(manifest, 'utf8'));
const content = /** @type {Manifest} */ (parsed);
const { configuration } = content.contributes;
const others = Object.entries(configuration.properties).filter(
  ([name]) => !name.startsWith('modelLab.quality.'),
);
configuration.properties = { ...Object.fromEntries(others), ...checkSettings(checks.all, checkLevels) };
await writeFile(manifest, `${JSON.stringify(content, null, 2)}\n`);
