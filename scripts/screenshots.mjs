// @ts-check
/**
 * `npm run screenshots`: takes the README's pictures from the real VS Code with the real extension, in light and
 * dark, into docs/pictures/. `npm run screenshots -- --only marks --theme dark` takes one of them (training,
 * marks, wide, reading, leak, generation).
 */
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBrowser } from './browser.mjs';
import { ensureBuild } from './ensure-build.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { root } from './paths.mjs';
import { bakeryTable, loanTable } from './samples/read-and-leak.mjs';
import { wideTable } from './samples/wide-table.mjs';

/**
 * @typedef {import('../test/e2e/harness/lab').Lab} Lab
 * @typedef {import('../test/e2e/harness/lab').LabOptions} LabOptions
 *
 * @typedef {object} Harness
 * @property {(options: LabOptions) => Promise<Lab>} openLab
 * @property {() => Promise<void>} stopSharedHosts
 */

const pictures = join(root, 'docs', 'pictures');
/** The longest that a training on a sample may take, ms. */
const patience = 600_000;

/**
 * What each picture shows, as keys and clicks. The file that it is about, a sample or a `text` of its own, is open when
 * it begins.
 * @type {Readonly<Record<string, { sample: string, text?: string | Buffer, settings?: Readonly<Record<string, unknown>>, show: (lab: Lab) => Promise<void> }>>}
 */
const scenes = {
  training: {
    sample: 'lighthouse.txt',
    show: async (lab) => {
      await lab.runCommand('Model Lab: Train Language Model on This File');
      await lab.sidebar.getByRole('button', { name: 'Stop' }).waitFor();
      await untilItHasLearnt(lab);
    },
  },
  marks: {
    sample: 'moths.csv',
    show: async (lab) => {
      await lab.runCommand('Model Lab: Train Model on This File');
      await lab.quickPickRows.first().waitFor();
      await lab.page.keyboard.press('Enter');
      await untilMarked(lab);
    },
  },
  wide: {
    sample: 'deliveries.csv',
    text: wideTable(600),
    show: async (lab) => {
      await lab.runCommand('Model Lab: Train Model on This File');
      await lab.pick('outcome');
      await untilMarked(lab);
    },
  },
  reading: {
    sample: 'kasse.csv',
    text: bakeryTable(200),
    settings: { 'files.encoding': 'windows1252' },
    show: async (lab) => {
      await lab.runCommand('Model Lab: Show the Lab');
      const line = lab.sidebar.getByRole('button', { name: /How this file is read/ });
      await line.waitFor({ timeout: patience });
      await line.click();
      await lab.page.waitForTimeout(500);
    },
  },
  leak: {
    sample: 'loans.csv',
    text: loanTable(500),
    show: async (lab) => {
      await lab.runCommand('Model Lab: Train Model on This File');
      await lab.pick('defaulted');
      await untilMarked(lab);
      const question = lab.sidebar.getByText(/known beforehand/).first();
      await question.waitFor({ timeout: patience });
      await question.scrollIntoViewIfNeeded();
    },
  },
  generation: {
    sample: 'lighthouse.txt',
    show: async (lab) => {
      await lab.runCommand('Model Lab: Train Language Model on This File');
      const stop = lab.sidebar.getByRole('button', { name: 'Stop' });
      await stop.waitFor();
      await untilItHasLearnt(lab);
      await stop.click();
      await stop.waitFor({ state: 'hidden', timeout: patience });
      await lab.sidebar.getByRole('tab', { name: /Generate/ }).click();
      await lab.sidebar.getByRole('textbox', { name: 'Prompt' }).fill('The lamp ');
      await lab.sidebar.getByRole('button', { name: 'Generate' }).click();
      await lab.sidebar
        .getByText(/tokens per second|tokens\/s/)
        .first()
        .waitFor({ timeout: patience });
    },
  },
};

/**
 * Waits until the charts have a line worth seeing: the progress bar says how far the training is.
 * @param {Lab} lab
 */
async function untilItHasLearnt(lab) {
  const bar = lab.sidebar.getByRole('progressbar').first();
  await bar.waitFor();
  for (const deadline = Date.now() + patience; Date.now() < deadline;) {
    if (Number(await bar.getAttribute('aria-valuenow')) >= 40) return;
    await lab.page.waitForTimeout(250);
  }
  throw new Error('The training did not come to 40 % in time.');
}

/** @param {Lab} lab */
async function untilMarked(lab) {
  for (const deadline = Date.now() + patience; Date.now() < deadline;) {
    const marked = (await lab.visibleLines()).filter(({ mark }) => /[✓✗?]/.test(mark));
    if (marked.length > 10) return;
    await lab.page.waitForTimeout(250);
  }
  throw new Error('The rows were not marked in time.');
}

/**
 * The end-to-end harness is TypeScript; it is bundled to be imported here.
 * @returns {Promise<Harness>}
 */
async function loadHarness() {
  const esbuild = await import('esbuild');
  const outfile = join(root, 'dist', 'test', 'harness.mjs');
  await esbuild.build({
    stdin: {
      contents: "export { openLab } from './lab'; export { stopSharedHosts } from './server';",
      resolveDir: join(root, 'test', 'e2e', 'harness'),
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    // Scripts find the project from where they lie, so they stay where they are.
    plugins: [
      {
        name: 'scripts stay outside',
        setup: (build) => {
          build.onResolve({ filter: /\/scripts\/[\w-]+\.mjs$/ }, ({ path }) => ({
            path: pathToFileURL(join(root, 'scripts', path.slice(path.lastIndexOf('/') + 1))).href,
            external: true,
          }));
        },
      },
    ],
  });
  /** @type {unknown} */
  const harness = await import(pathToFileURL(outfile).href);
  return /** @type {Harness} */ (harness);
}

/**
 * @param {Harness} harness
 * @param {string} name
 * @param {'light' | 'dark'} theme
 */
async function takePicture(harness, name, theme) {
  const scene = scenes[name];
  if (scene === undefined)
    throw new Error(`There is no picture named ${name}: ${Object.keys(scenes).join(', ')}.`);
  const lab = await harness.openLab({
    files: { [scene.sample]: scene.text ?? (await readFile(join(root, 'samples', scene.sample))) },
    theme,
    window: { width: 1400, height: 820, scale: 1.5 },
    settings: {
      'breadcrumbs.enabled': false,
      'editor.fontSize': 12,
      'editor.scrollbar.horizontal': 'hidden',
      ...scene.settings,
    },
  });
  try {
    await lab.openFile(scene.sample);
    await lab.runCommand('Notifications: Toggle Do Not Disturb Mode');
    await scene.show(lab);
    // Lenses, the ruler and the status bar follow a moment later.
    await lab.page.waitForTimeout(1500);
    await mkdir(pictures, { recursive: true });
    const file = join(pictures, `${name}-${theme}.png`);
    await rename(await lab.screenshot(`${name}-${theme}`), file);
    console.log(file);
  } catch (error) {
    console.error(`what was on the screen: ${await lab.screenshot(`failed-picture-${name}-${theme}`)}`);
    throw error;
  } finally {
    await lab.close();
  }
}

const { values } = parseArgs({ options: { only: { type: 'string' }, theme: { type: 'string' } } });
await ensureInstall();
await ensureBuild();
if ((await ensureBrowser()) === undefined)
  throw new Error('There is no Chromium; name one in the variable CHROMIUM.');
const harness = await loadHarness();
try {
  for (const name of values.only === undefined ? Object.keys(scenes) : [values.only]) {
    for (const theme of /** @type {const} */ (['light', 'dark'])) {
      if (values.theme === undefined || values.theme === theme) await takePicture(harness, name, theme);
    }
  }
} finally {
  await harness.stopSharedHosts();
}
