/** `local-model-lab predict FILE`: a table comes in, the same table with predictions beside its rows is written. */
import { parse, join, resolve } from 'node:path';
import type { Command } from 'commander';
import {
  type DatasetIssue,
  type EngineWish,
  FormulaPolicy,
  type Metrics,
  metricNames,
  metricTitle,
  PredictFile,
  recordReading,
  writeCount,
  writeCounted,
  writeMetric,
  writeNumber,
  writeReading,
  writeUnpredicted,
} from '../../protocol';
import { wishesForPrediction } from '../ask-reading';
import { choiceOption } from '../choice-options';
import type { Context, Work } from '../context';
import { defaultRunsFolder, findRun, tableModel } from '../find-run';
import { onInterrupt } from '../interrupt';
import { tellIssues } from '../issues';
import { showProgress } from '../progress';
import { writeSeconds } from '../summaries';
import { addTableOptions, type TableOptions } from '../reading-options';
import { engineOf, engineOption, jsonOption } from '../shared-options';
import { exitStatus, UsageError } from '../usage';

interface PredictOptions extends TableOptions {
  readonly model?: string;
  readonly runs: string;
  readonly out?: string;
  readonly formulas: FormulaPolicy;
  readonly engine?: EngineWish;
}

export function addPredict(program: Command, run: (work: Work) => Promise<void>): void {
  const command = program
    .command('predict')
    .description('Predicts every row of a table and writes them with prediction and confidence to a CSV.')
    .argument(
      '<file>',
      'CSV, TSV, JSON records, a workbook (.xlsx) or a database (.sqlite) with the columns that the model was trained on, or a folder of images or texts',
    )
    .argument('[run]', 'id (or its beginning), name or folder of the run whose model judges', 'latest')
    .option('--model <run>', 'the same as an option')
    .option('--runs <folder>', 'folder of the runs', defaultRunsFolder)
    .option('--out <file>', 'the CSV to write (default: FILE with the ending .predictions.csv)')
    .addOption(
      choiceOption(
        '--formulas',
        'policy',
        FormulaPolicy.options,
        'cells that a spreadsheet would compute (=, +, -, @ in front, numbers aside): escape them with an apostrophe, or keep them',
      ).default('escape' satisfies FormulaPolicy),
    );
  addTableOptions(command)
    .addOption(engineOption())
    .addOption(jsonOption())
    .action((file: string, name: string) =>
      run((context) => predict(file, name, command.opts<PredictOptions>(), context)),
    );
}

async function predict(
  file: string,
  name: string,
  options: PredictOptions,
  context: Context,
): Promise<number> {
  const { terminal } = context;
  const path = resolve(file);
  const output = options.out === undefined ? defaultOutput(path) : resolve(options.out);
  if (output === path) {
    throw new UsageError('The predictions would overwrite the file itself.', 'Name another file with --out.');
  }
  const engine = await context.engines.serving();
  const run = await findRun(engine, options.model ?? name, options.runs, tableModel);
  const wishes = await wishesForPrediction(engine, path, options);
  const progress = showProgress(terminal);
  const interrupt = onInterrupt(
    () => progress.tell('Stopping: nothing is written.'),
    () => {
      progress.end();
      context.engines.kill();
    },
  );
  try {
    const result = await engine.call(
      PredictFile,
      { runFolder: run.folder, path, output, formulas: options.formulas, ...engineOf(options), ...wishes },
      {
        signal: interrupt.signal,
        onProgress: ({ rows, total }) =>
          progress.update(rows, total, `${writeCount(rows)} of ${writeCounted(total, 'row')}`),
      },
    );
    progress.end();
    tellIssues(path, result.issues.map(withOption), terminal);
    if (result.reading.length > 0) terminal.tell(`How this file is read: ${writeReading(result.reading)}`);
    for (const { text, matters } of result.readOtherwise)
      terminal.tell(`${matters ? 'warning' : 'note'}: ${text}`);
    const { rows, predicted, unpredicted, rowsPerSecond } = result;
    const seconds = context.seconds();
    if (context.json) {
      const reading = recordReading(result.reading, wishes.columns);
      terminal.printJson({ rows, predicted, seconds, rowsPerSecond, output: result.output, reading });
    } else {
      terminal.print(
        `${countOf(predicted, rows)} predicted in ${writeSeconds(seconds)} (${writeNumber(rowsPerSecond)} rows/s) by ${run.name}`,
      );
      if (unpredicted) terminal.print(writeUnpredicted(unpredicted));
      if (result.metrics) terminal.print(`Against the labels: ${writeMetrics(result.metrics)}`);
      terminal.print(result.output);
    }
    return exitStatus.done;
  } finally {
    progress.end();
    interrupt.dispose();
  }
}

/** `penguins.csv` gives `penguins.predictions.csv`, beside it. */
export function defaultOutput(path: string): string {
  const { dir, name } = parse(path);
  return join(dir, `${name}.predictions.csv`);
}

/** The engine says what it did; which option does otherwise is known here. */
function withOption(issue: DatasetIssue): DatasetIssue {
  if (issue.code !== 'formulas-escaped') return issue;
  return { ...issue, advice: `${issue.advice} "--formulas keep" writes them as they are.` };
}

/** `1,210 rows`, `1,203 of 1,210 rows`. */
function countOf(predicted: number, rows: number): string {
  const all = writeCounted(rows, 'row');
  return predicted === rows ? all : `${writeCount(predicted)} of ${all}`;
}

function writeMetrics(metrics: Metrics): string {
  return metricNames(metrics)
    .flatMap((name) => {
      const value = metrics[name];
      return value === undefined ? [] : [`${metricTitle(name)} ${writeMetric(name, value)}`];
    })
    .join(', ');
}
