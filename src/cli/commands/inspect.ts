/** `local-model-lab inspect FILE`: tells what the engine sees in a file, without training on it. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  CheckQuality,
  type DatasetIssue,
  type DatasetSummary,
  isCovered,
  issueOfFinding,
  type QualityReport,
  ReadOverview,
  type Severity,
  type TableSummary,
} from '../../protocol';
import { inspectAsAsked } from '../ask-reading';
import type { Context, Work } from '../context';
import { tellIssues } from '../issues';
import { overviewLines } from '../overview-table';
import { summarizeDataset } from '../dataset-summary';
import { addPreparationOptions } from '../preparation-options';
import { addTableOptions, type TableOptions } from '../reading-options';
import { jsonOption } from '../shared-options';
import { exitStatus, UsageError } from '../usage';

interface InspectOptions extends TableOptions {
  readonly target?: string;
  readonly columns?: boolean;
  readonly quality?: boolean;
  readonly strict?: boolean;
}

export function addInspect(program: Command, run: (work: Work) => Promise<void>): void {
  const command = program
    .command('inspect')
    .description('Tells what is in a file: columns, kinds, what could be predicted, what is wrong with it.')
    .argument(
      '<file>',
      'CSV, TSV, JSON records, a workbook (.xlsx), a database (.sqlite), plain text, or a folder of images or texts',
    )
    .option(
      '--target <column>',
      'what is to be predicted, which decides what some columns hold (default: the likeliest)',
    )
    .option('--quality', 'look for what is wrong with the data: copies, slips, leaks, outliers and more')
    .option('--strict', 'with --quality: exit with status 1 also where there are warnings');
  command.option(
    '--columns',
    'counts every column over all rows: how its values spread, and how much it tells of the target',
  );
  addPreparationOptions(addTableOptions(command))
    .addOption(jsonOption())
    .action((file: string) => run((context) => inspect(file, command.opts<InspectOptions>(), context)));
}

async function inspect(file: string, options: InspectOptions, context: Context): Promise<number> {
  const { terminal, json, engines } = context;
  if (options.strict === true && options.quality !== true)
    throw new UsageError('--strict is about --quality.', 'Ask for both.');
  const path = resolve(file);
  const engine = await engines.serving();
  const { summary, asked } = await inspectAsAsked(engine, { path, target: options.target }, options);
  const quality =
    options.quality === true && summary.kind === 'table'
      ? await engine.call(CheckQuality, { path, kind: summary.source, target: summary.target, ...asked })
      : undefined;
  const issues =
    quality === undefined
      ? summary.issues
      : [...summary.issues.filter(({ code }) => !isCovered(code)), ...quality.findings.map(issueOfFinding)];
  tellIssues(path, issues, terminal, quality === undefined ? undefined : Infinity);
  if (options.columns === true) {
    const target = summary.kind === 'table' ? summary.target : undefined;
    const overview = await engine.call(ReadOverview, { path, target, kind: summary.source, ...asked });
    if (json) terminal.printJson(quality === undefined ? overview : { ...overview, issues, quality });
    else for (const line of overviewLines(overview)) terminal.print(line);
  } else printSummary(summary, issues, quality, context);
  if (quality?.findings.length === 0 && !json) terminal.tell('The quality checks found nothing.');
  const isFailure = (severity: Severity) =>
    severity === 'error' || (options.strict === true && severity === 'warning');
  return issues.some(({ severity }) => isFailure(severity)) ? exitStatus.failed : exitStatus.done;
}

function printSummary(
  summary: DatasetSummary,
  issues: readonly DatasetIssue[],
  quality: QualityReport | undefined,
  { terminal, json }: Context,
): void {
  const shown = quality === undefined || summary.kind === 'text' ? summary : withoutSaid(summary, quality);
  if (json) terminal.printJson(quality === undefined ? summary : { ...summary, issues, quality });
  else for (const line of summarizeDataset(shown)) terminal.print(line);
}

/** What the checks say of a column is not said again beside its values. */
function withoutSaid(summary: TableSummary, { findings }: QualityReport): TableSummary {
  const said = new Set(findings.flatMap(({ columns }) => columns));
  return {
    ...summary,
    columns: summary.columns.map((column) =>
      said.has(column.name) ? { ...column, note: undefined } : column,
    ),
  };
}
