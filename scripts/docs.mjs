// @ts-check
/** Writes docs/GLOSSARY.md from src/protocol/glossary.ts: `npm run docs`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { glossaryPage } from './glossary-page.mjs';
import { root } from './paths.mjs';

const { outputFiles } = await build({
  entryPoints: [join(root, 'src', 'protocol', 'glossary.ts')],
  format: 'esm',
  write: false,
});
const source = outputFiles[0]?.text ?? '';
/** @type {unknown} */
const module = await import(`data:text/javascript,${encodeURIComponent(source)}`);
const { glossary } = /** @type {{ glossary: Record<string, string> }} */ (module);
await writeFile(join(root, 'docs', 'GLOSSARY.md'), glossaryPage(glossary));
