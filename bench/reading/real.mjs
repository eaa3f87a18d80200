// @ts-check
/**
 * Real files: those of the npm package vega-datasets (BSD-3-Clause), fetched into the cache when they are first needed,
 * and those in the folder of real data where there is one. What is right of them was written down by reading them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { npm } from '../../scripts/command.mjs';
import { root } from '../../scripts/paths.mjs';
import { peersFolder } from '../python.mjs';

/** @typedef {import('./write.mjs').BenchFile} BenchFile */

const version = '3.2.1';

/**
 * Kinds in the order of the columns: n number, c category, b boolean, d date, t text, i identifier, k constant; several
 * letters where each is right. The codes in flights-airport.csv may be text: flights are predicted better by their letters
 * (R² 0.25 to 0.29) than by categories (0.18 to 0.21).
 * @type {Readonly<Record<string, { rows: number, kinds: string, separator?: string, header?: boolean }>>}
 */
const known = {
  'airports.csv': { rows: 3376, kinds: 'i tci tc c c n n' },
  'birdstrikes.csv': { rows: 10000, kinds: 'ct ct c d ct c c c c c n n n n' },
  'co2-concentration.csv': { rows: 741, kinds: 'd n n' },
  'disasters.csv': { rows: 803, kinds: 'ct nd n' },
  'flights-airport.csv': { rows: 5366, kinds: 'ct ct n' },
  'gapminder-health-income.csv': { rows: 187, kinds: 'tci n n n c' },
  'github.csv': { rows: 955, kinds: 'd n' },
  'global-temp.csv': { rows: 144, kinds: 'nid n' },
  'iowa-electricity.csv': { rows: 51, kinds: 'd c n' },
  'la-riots.csv': { rows: 63, kinds: 'tci tci n c c d ti tc c n n' },
  'population_engineers_hurricanes.csv': { rows: 52, kinds: 'tci i n n n' },
  'seattle-weather-hourly-normals.csv': { rows: 8759, kinds: 'd n n n' },
  'seattle-weather.csv': { rows: 1461, kinds: 'd n n n n c' },
  'sp500.csv': { rows: 123, kinds: 'd n' },
  'stocks.csv': { rows: 560, kinds: 'c d n' },
  'unemployment.tsv': { rows: 3218, kinds: 'ni n', separator: '\t' },
  'weather.csv': { rows: 2922, kinds: 'cb d n n n n c' },
  'windvectors.csv': { rows: 4800, kinds: 'n n n n n' },
  'penguins.csv': { rows: 344, kinds: 'c c n n n n cb' },
  'diamonds.csv': { rows: 53940, kinds: 'n c c c n n n n n n' },
  'sms-spam.tsv': { rows: 5574, kinds: 'c t', separator: '\t', header: false },
};

const letters = /** @type {Readonly<Record<string, string>>} */ ({
  n: 'number',
  c: 'category',
  b: 'boolean',
  d: 'date',
  t: 'text',
  i: 'identifier',
  k: 'constant',
});

/** @param {(line: string) => void} say @returns {Promise<BenchFile[]>} those that can be had */
export async function realFiles(say) {
  const package_ = await fetchPackage().catch((/** @type {unknown} */ error) => {
    say(
      `vega-datasets cannot be had (${error instanceof Error ? error.message : String(error)}): its files are left out.`,
    );
    return '';
  });
  const folders = [package_, process.env['MODEL_LAB_DATA'] || join(root, '..', 'shared', 'data')];
  return Object.entries(known).flatMap(([name, { rows, kinds, separator = ',', header = true }]) => {
    const path = folders.map((folder) => join(folder, name)).find((candidate) => existsSync(candidate));
    if (path === undefined) {
      say(`${name} is not there and is left out.`);
      return [];
    }
    const columns = kinds.split(' ').map((own) => ({
      name: undefined,
      kind: own
        .split('')
        .map((letter) => letters[letter])
        .join('|'),
    }));
    return {
      name,
      like: 'a real file',
      ending: extname(name),
      bytes: readFileSync(path),
      expected: { encoding: 'utf-8', separator, header, firstLine: 1, rows, columns },
    };
  });
}

async function fetchPackage() {
  const place = join(peersFolder(), `vega-datasets-${version}`);
  const data = join(place, 'node_modules', 'vega-datasets', 'data');
  if (existsSync(data)) return data;
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'package.json'), '{ "private": true }\n');
  await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', `vega-datasets@${version}`], {
    cwd: place,
    quiet: true,
  });
  return data;
}
