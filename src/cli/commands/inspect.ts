/** `local-model-lab inspect FILE`: tells what the engine sees in a file, without training on it. */
import { resolve } from 'node:path';

import type { Command } from 'commander';
import { inspectAsAsked } from '../ask-reading';
import type { Context, Work } from '../context';
import { tellIssues } from '../issues';
import { overviewLines } from '../overview-table';
import { ReadOverview } from '../../protocol';
import { summarizeDataset } from '../dataset-summary';
import { addTableOptions, type TableOptions } from '../reading-options';
import { jsonOption } from '../shared-options';
import { exitStatus } from '../usage';

interface InspectOptions extends TableOptions {
  readonly target?: string;
  readonly columns?: boolean;
}

export function addInspect(program: Command, run: (work: Work) => Promise<void>): void {
  const command = program
    .command('inspect')
    .description('Tells what is in a file: columns, kinds, what could be predicted, what is wrong with it.')
    .argument('<file>', 'CSV, TSV, JSON records, a workbook (.xlsx) or plain text')
    .option(
      '--target <column>',
      'what is to be predicted, which decides what some columns hold (default: the likeliest)',
    );
  command.option(
    '--columns',
    'counts every column over all rows: how its values spread, and how much it tells of the target',
  );
  addTableOptions(command)
    .addOption(jsonOption())
    .action((file: string) => run((context) => inspect(file, command.opts<InspectOptions>(), context)));
}

async function inspect(file: string, options: InspectOptions, context: Context): Promise<number> {
  const { terminal, json, engines } = context;
  const path = resolve(file);
  const engine = await engines.serving();
  const { summary, asked } = await inspectAsAsked(engine, { path, target: options.target }, options);
  tellIssues(path, summary.issues, terminal);
  if (options.columns === true) {
    const target = summary.kind === 'table' ? summary.target : undefined;
    const overview = await engine.call(ReadOverview, { path, target, kind: summary.source, ...asked });
    if (json) terminal.printJson(overview);
    else for (const line of overviewLines(overview)) terminal.print(line);
  } else if (json) terminal.printJson(summary);
  else for (const line of summarizeDataset(summary)) terminal.print(line);
  return summary.issues.some(({ severity }) => severity === 'error') ? exitStatus.failed : exitStatus.done;
}
