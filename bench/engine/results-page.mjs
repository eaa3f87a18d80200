// @ts-check
/** bench/RESULTS.md, from the lines of results.json. */
import { CASES } from './cases.mjs';
import { CONTESTANTS } from './contestants.mjs';
import { farthestApart, peaksReached } from './comparisons.mjs';

/** @typedef {import('./comparisons.mjs').Kept} Kept */

/** @param {readonly Kept[]} kept */
export function renderResults(kept) {
  const threads = [...new Set(kept.map((line) => line.threads))].sort((a, b) => a - b);
  return [
    '# Results of `npm run bench:engine`',
    '',
    'Written by `npm run bench:engine -- --write`; `engine/results.json` holds every figure. Medians of turns in which',
    "the contestants took their place one after the other; beside each the ratio to the lab's own: 2.0x means that the",
    'lab is twice as fast. How to measure and what the cases are: [README.md](README.md).',
    '',
    ...origins(kept),
    ...threads.flatMap((count) => section(kept, count)),
    ...losses(kept),
    '',
  ].join('\n');
}

/** @param {readonly Kept[]} kept */
function origins(kept) {
  const versions = new Set(
    kept.map(({ engine, version }) => `- ${titleOf(engine)}: ${version.replaceAll('|', '/')}`),
  );
  const machines = new Set(kept.map(({ machine, date }) => `- ${date}: ${machine}`));
  return ['## Machine and versions', '', ...machines, ...versions, ''];
}

/** @param {readonly Kept[]} kept @param {number} threads */
function section(kept, threads) {
  const lines = kept.filter((line) => line.threads === threads);
  const engines = CONTESTANTS.filter(({ name }) => lines.some(({ engine }) => engine === name));
  const rows = CASES.filter(({ name }) => lines.some((line) => line.case === name)).map(
    ({ name, title, unit }) => {
      const ours = lines.find((line) => line.case === name && line.engine === 'onnx');
      const cells = engines.map((kind) => {
        const line = lines.find((candidate) => candidate.case === name && candidate.engine === kind.name);
        return line ? cell(line, ours) : '';
      });
      return [title, unit, ...cells];
    },
  );
  const opening = CASES.filter(({ measures }) => measures === 'train').flatMap(({ name, title }) => {
    const cells = engines.map((kind) => {
      const line = lines.find((candidate) => candidate.case === name && candidate.engine === kind.name);
      return line ? figure(line.openMs) : '';
    });
    return cells.some((text) => text !== '') ? [[title, ...cells]] : [];
  });
  const titles = engines.map(({ title }) => title);
  return [
    `## ${String(threads)} ${threads === 1 ? 'thread' : 'threads'}`,
    '',
    ...table([['case', 'unit', ...titles], ...rows]),
    '',
    ...(opening.length > 0
      ? [
          'From nothing to the end of the first step, ms:',
          '',
          ...table([['case', ...titles], ...opening]),
          '',
        ]
      : []),
    ...peaksReached(lines).map(
      ({ engine, peak, reached }) =>
        `- ${titleOf(engine)}: the matrix products of (a) run at ${reached.toFixed(0)} GFLOP/s over the whole step, ` +
        `${((100 * reached) / peak).toFixed(0)} % of the measured peak (${peak.toFixed(0)} GFLOP/s).`,
    ),
    '',
  ];
}

/** @param {Kept} line @param {Kept | undefined} ours */
function cell(line, ours) {
  const text = figure(line.median);
  if (!ours || ours === line) return text;
  const ratio = line.unit.endsWith('/s') ? ours.median / line.median : line.median / ours.median;
  return `${text} (${ratio >= 100 ? ratio.toFixed(0) : ratio.toPrecision(3)}x)`;
}

/** Losses of the first steps from equal weights on equal batches. @param {readonly Kept[]} kept */
function losses(kept) {
  const rows = kept
    .filter((line) => line.losses.length > 0)
    .sort((a, b) => a.case.localeCompare(b.case) || a.threads - b.threads)
    .map((line) => {
      const ours = kept.find(
        (other) => other.engine === 'onnx' && other.case === line.case && other.threads === line.threads,
      );
      const apart = ours && ours !== line ? farthestApart(ours.losses, line.losses).toExponential(1) : '';
      const last = line.losses.length;
      const at = (/** @type {number} */ step) => line.losses[step - 1]?.toFixed(5) ?? '';
      return [line.case, String(line.threads), titleOf(line.engine), at(1), String(last), at(last), apart];
    });
  if (rows.length === 0) return [];
  return [
    '## Losses',
    '',
    'Everybody begins with the same weights and sees the same batches (nats; the last column is the greatest relative',
    "distance from the lab's losses over the steps that both took).",
    '',
    ...table([['case', 'threads', 'engine', 'first', 'steps', 'last', 'apart'], ...rows]),
  ];
}

/** @param {string} engine */
function titleOf(engine) {
  return CONTESTANTS.find(({ name }) => name === engine)?.title ?? engine;
}

/** @param {number} value */
function figure(value) {
  return value >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);
}

/** @param {readonly (readonly string[])[]} rows the first one is the head */
function table([head = [], ...rows]) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
