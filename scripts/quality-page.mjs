// @ts-check
/** What is drawn from the list of quality checks (src/protocol/quality-checks.ts): settings of the manifest, and a page. */

/** @typedef {{ name: string, title: string, why: string, severity: string }} CheckDescription */

/** Place of the first of these settings among those of the extension. */
const FIRST_ORDER = 20;

/**
 * The settings of the manifest, by their names.
 * @param {readonly CheckDescription[]} checks
 * @param {readonly string[]} levels
 */
export function checkSettings(checks, levels) {
  return Object.fromEntries(
    checks.map(({ name, title, why, severity }, at) => [
      `modelLab.quality.${name}`,
      {
        type: 'string',
        enum: [...levels],
        default: severity,
        scope: 'resource',
        order: FIRST_ORDER + at,
        description: `${title}: how they are shown in Problems and in the Lab. ${why}`,
      },
    ]),
  );
}

/**
 * docs/QUALITY.md
 * @param {readonly CheckDescription[]} checks
 */
export function qualityPage(checks) {
  return [
    '# Quality checks',
    '',
    'What the Lab looks for in a table while its view is open, and `local-model-lab inspect FILE --quality` in a terminal.',
    'Findings stand in Problems on the very cells, and in the form; Quick Fixes change nothing unasked and can be undone.',
    'The setting `modelLab.quality.<check>` says how findings of a check are shown: `error`, `warning`, `information` or `off`.',
    'Of tables with more than 2,500,000 cells evenly spaced rows are looked at, which each finding says.',
    '',
    'This page is written by `npm run docs` from `src/protocol/quality-checks.ts`.',
    '',
    ...checks.flatMap(({ name, title, why, severity }) => [
      `## ${title}`,
      '',
      `\`${name}\`, shown as ${severity}. ${why}`,
      '',
    ]),
  ].join('\n');
}
