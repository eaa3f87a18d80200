// @ts-check
/**
 * How smoothly a grid scrolls in a browser, and how soon it shows rows and answers a filter.
 *
 *   node bench/grid/index.mjs                10,000,000 made-up rows, and a generated CSV of 1,000,000 rows and 20 columns
 *   node bench/grid/index.mjs --rows 100000  another size of the CSV
 *   node bench/grid/index.mjs --file FILE    a file of your own in its place
 *
 * `node esbuild.mjs` first: the page and the engine are those in dist/.
 */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { fakeGridHost, gridProbe, openGridPage } from '../../scripts/grid-page.mjs';
import { root } from '../../scripts/paths.mjs';
import { bundle } from '../engine/bundle.mjs';

const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '1000000' }, file: { type: 'string' } },
});
const size = { width: 1280, height: 800 };
const secondsOfScrolling = 4;

/** Stands for VS Code's API in the page: what it sends goes out to this process. */
const realHost = `window.acquireVsCodeApi = () => ({
  postMessage: (message) => window.toExtension(message),
  getState: () => undefined,
  setState: () => undefined,
});`;

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ frames: number, perSecond: number, longest: number, late: number, loading: number }} Frames webview/preview/grid-probe.ts */

await measureFake(10_000_000);
const folder = mkdtempSync(join(tmpdir(), 'model-lab-grid-'));
try {
  const file = options.file ?? (await writeTable(join(folder, 'table.csv'), Number(options.rows)));
  await measureReal(file);
} finally {
  rmSync(folder, { recursive: true });
}

/** @param {number} rows */
async function measureFake(rows) {
  const { page, origin, close } = await openGridPage((await fakeGridHost()) + (await gridProbe()), size);
  await page.goto(`${origin}/?rows=${rows}&delay=5`);
  await report(`${rows.toLocaleString('en-US')} made-up rows, answered in 5 ms`, page);
  await close();
}

/** @param {string} file */
async function measureReal(file) {
  const module = /** @type {unknown} */ (
    await import(pathToFileURL(await bundle('grid/engine.ts', 'bench-grid')).href)
  );
  const { startAnswering } = /** @type {typeof import('./engine')} */ (module);
  const engine = await startAnswering(root, file);
  // The first look reads the file: it is timed by itself, then the tab is opened again, as beside an open form.
  for (const state of ['file not read yet', 'file read before']) {
    const { page, origin, close } = await openGridPage(realHost + (await gridProbe()), size);
    /** Messages wait for each other in VS Code, too. */
    const post = (/** @type {unknown} */ message) =>
      void page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`).catch(() => undefined);
    await page.exposeFunction('toExtension', (/** @type {unknown} */ message) =>
      engine.receive(message, post),
    );
    await page.goto(origin);
    await report(`${file.endsWith('table.csv') ? 'generated CSV' : file}, ${state}`, page);
    await close();
  }
  await engine.end();
}

/** @param {string} name @param {Page} page */
async function report(name, page) {
  /** @type {(question: string) => Promise<unknown>} */
  const ask = (question) => page.evaluate(`gridProbe.${question}`);
  const shown = /** @type {{ all: number, asked: number }} */ (await ask('firstRows()'));
  console.log(`\n${name}`);
  console.log(
    `  first rows            ${shown.all.toFixed(0)} ms after the page began to load, ${shown.asked.toFixed(0)} ms after the table was open`,
  );
  await page.locator('.plot').first().waitFor({ timeout: 300_000 });
  await page.waitForTimeout(1000);
  const scroll = secondsOfScrolling * 1000;
  const work = await workOf(page);
  await ask('start()');
  await page.mouse.move(600, 500);
  for (const end = Date.now() + scroll; Date.now() < end;) await page.mouse.wheel(0, 160);
  line('wheel', await framesOf(page), await work());
  await ask('start()');
  await ask(`drag(${scroll})`);
  line('scroll bar, end to end', await framesOf(page), await work());
  const filtered = Number(await ask('filter()'));
  console.log(`  filter by a bar       ${filtered.toFixed(0)} ms until the rows that are left are drawn`);
}

/** @param {Page} page */
async function framesOf(page) {
  return /** @type {Frames} */ (await page.evaluate('gridProbe.stop()'));
}

/**
 * What the page works, as the browser counts it: ms of scripts, styles and layouts since the last time.
 * @param {Page} page
 */
async function workOf(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const named = ['ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'];
    return metrics
      .filter(({ name }) => named.includes(name))
      .reduce((sum, { value }) => sum + value * 1000, 0);
  };
  let before = await read();
  return async () => {
    const now = await read();
    const work = now - before;
    before = now;
    return work;
  };
}

/** @param {string} name @param {Frames} frames @param {number} work ms */
function line(name, { frames, perSecond, longest, late, loading }, work) {
  console.log(
    `  ${name.padEnd(24)}${perSecond.toFixed(1)} frames/s, longest ${longest.toFixed(0)} ms, ${(late * 100).toFixed(1)} % over 25 ms,` +
      ` ${(work / frames).toFixed(1)} ms of work a frame, ${(loading * 100).toFixed(1)} % with rows on their way`,
  );
}

/** @param {string} path @param {number} rows */
async function writeTable(path, rows) {
  const stream = createWriteStream(path);
  const columns = 20;
  const names = Array.from({ length: columns }, (_, at) => (at % 5 === 0 ? `group${at}` : `x${at}`));
  stream.write(`${names.join(',')}\n`);
  let seed = 1;
  const next = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (let row = 0; row < rows; row += 1000) {
    const lines = Array.from({ length: Math.min(1000, rows - row) }, () =>
      names
        .map((_, at) => (at % 5 === 0 ? 'abcdefgh'[Math.floor(next() ** 2 * 8)] : (next() * 100).toFixed(3)))
        .join(','),
    );
    if (!stream.write(`${lines.join('\n')}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
  return path;
}
