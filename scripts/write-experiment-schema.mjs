// @ts-check
/** Writes the JSON schema of `*.experiment.json`, made from the zod schema in src/protocol, for the editor. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { root } from './paths.mjs';

/** @param {string} file the schema's path */
export async function writeExperimentSchema(file) {
  const result = await build({
    stdin: {
      // The schema names what the catalogue lists.
      contents: "import './catalogue'; export { experimentJsonSchema } from './protocol/experiment';",
      resolveDir: join(root, 'src'),
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    logLevel: 'warning',
  });
  const source = result.outputFiles[0]?.text ?? '';
  const address = `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`;
  /** @type {unknown} */
  const loaded = await import(address);
  const { experimentJsonSchema } = /** @type {{ experimentJsonSchema: () => unknown }} */ (loaded);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(experimentJsonSchema(), null, 2)}\n`);
}
