/** `local-model-lab train FILE`: a table or a text comes in, a run with a model is left behind. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import {
  type DatasetSummary,
  Experiment,
  type ExperimentInput,
  families,
  targetTasks,
  Folds,
  LabError,
  longestName,
  type ModelChoice,
  type ReadingWishes,
  ReadRun,
  recordReading,
  SuggestModels,
  type TableSummary,
  writeCounted,
} from '../../protocol';
import { splitWays } from '../../protocol/splits';
import { inspectAsAsked, inspectForExperiment } from '../ask-reading';
import { choiceOption } from '../choice-options';
import type { Context, Work } from '../context';
import { questionLines, readingLine } from '../dataset-summary';
import { defaultRunsFolder, findRun, resumableRun } from '../find-run';
import {
  type GivenHyperparameters,
  givenHyperparameters,
  hyperparameterOptions,
} from '../hyperparameter-options';
import { tellIssues } from '../issues';
import { numberOption, outOfRange } from '../number-options';
import {
  chooseTarget,
  excludedColumns,
  experimentFromFile,
  kindWish,
  planExperiment,
  type PlanOptions,
} from '../plan-experiment';
import { runTraining, type TrainingRequest } from '../run-training';
import { summarizeTraining } from '../summaries';
import { addPreparationOptions } from '../preparation-options';
import { addTableOptions } from '../reading-options';
import { engineOption, jsonOption, providerOption, requireFolder } from '../shared-options';
import type { Terminal } from '../terminal';
import { exitStatus, UsageError } from '../usage';

interface TrainOptions extends PlanOptions {
  readonly experiment?: string;
  /** True stands for the latest run. */
  readonly resume?: string | true;
  readonly out: string;
  readonly profile?: string;
}

export function addTrain(program: Command, run: (work: Work) => Promise<void>): void {
  const { seed } = Experiment.shape;
  const split = Experiment.shape.split.unwrap().shape;
  const command = program
    .command('train')
    .description(
      'Trains a model. With --target it learns to predict that column of a table; a plain text gives a language model.',
    )
    .argument(
      '[file]',
      'CSV, TSV, JSON records, a workbook (.xlsx), a database (.sqlite), plain text, or a folder of images or texts',
    )
    .option('--target <column>', 'the column to predict, by its name or its number from 1 on')
    .addOption(
      choiceOption('--task', 'task', targetTasks(), 'what to predict of the target (default: found out)'),
    )
    .addOption(
      choiceOption('--model', 'family', families.names, 'family of models (default: what suits the file)'),
    )
    .option('--exclude <columns...>', 'columns that the model must not see')
    .addOption(
      numberOption('--validation', split.validation, 'share of rows kept for validation (default: 0.2)'),
    )
    .addOption(
      choiceOption(
        '--split',
        'way',
        splitWays,
        'how rows are parted: classes in equal shares, by chance, by groups that stay whole, or by time (default: stratified)',
      ),
    )
    .option(
      '--split-column <column>',
      'the column of the groups or of the times, by its name or its number from 1 on',
    )
    .addOption(
      numberOption(
        '--folds',
        Folds,
        'folds of a cross-validation; 0 for a single split (default: 0)',
        (folds) => (folds === 1 ? 'One fold leaves no rows to train on.' : undefined),
      ),
    )
    .addOption(numberOption('--seed', seed, 'equal seeds and data give equal results (default: 1337)'));
  addPreparationOptions(addTableOptions(command))
    .addOption(engineOption())
    .addOption(providerOption())
    .option('--name <name>', 'how the run is called in lists (default: after the file)', parseName)
    .option('--out <folder>', 'folder that keeps the runs', defaultRunsFolder)
    .option('--experiment <file>', 'train what an *.experiment.json describes; other options overrule it')
    .option('--profile <file>', 'write what the engine did when, for a trace viewer such as Perfetto')
    .option('--resume [run]', 'go on with an interrupted run (default: the latest)')
    .addOption(jsonOption());
  for (const option of hyperparameterOptions()) command.addOption(option);
  command
    .addHelpText('after', help)
    .action((file: string | undefined) =>
      run((context) => train(file, command.opts<TrainOptions>(), context)),
    );
}

function parseName(text: string): string {
  const name = text.trim();
  if (name.length > 0 && name.length <= longestName) return name;
  throw outOfRange(
    '--name',
    `${writeCounted(name.length, 'character')} long`,
    `1 to ${longestName} characters long`,
  );
}

const help = `
Hyperparameters that are not given are chosen after the file, starting from the defaults above.
Ctrl-C stops a training and keeps its best weights; pressed twice it quits at once.

Examples:
  local-model-lab train penguins.csv --target species
  local-model-lab train messages.tsv --no-header --target 1 --folds 5
  local-model-lab train shakespeare.txt --layers 4 --heads 4 --width 128 --context 64 --batch 12 --steps 2000 --lr 1e-3`;

async function train(file: string | undefined, options: TrainOptions, context: Context): Promise<number> {
  const given = givenHyperparameters({ ...options });
  if (options.profile !== undefined) await requireFolder(dirname(resolve(options.profile)), '--profile');
  context.engines.prepareLearning();
  const { request, dataset, columns } =
    options.resume === undefined
      ? await newTraining(file, options, given, context)
      : await resumedTraining(file, options, given, context);
  const { summary } = await runTraining(context, request, options.profile);
  const seconds = context.seconds();
  const told = dataset?.issues ?? [];
  const notes = summary.notes.filter((note) => !told.some(({ message }) => note.includes(message)));
  for (const note of notes) context.terminal.tell(`note: ${note}`);
  if (context.json) {
    const { training = {}, validation = {} } = summary.metrics;
    const reading = dataset?.kind === 'table' ? recordReading(dataset.reading, columns) : undefined;
    const metrics = { training, validation };
    context.terminal.printJson({ run: summary.folder, seconds, metrics, ...(reading && { reading }) });
  } else {
    for (const line of summarizeTraining(summary, seconds)) context.terminal.print(line);
  }
  if (summary.state === 'finished') return exitStatus.done;
  return summary.state === 'stopped' ? exitStatus.interrupted : exitStatus.failed;
}

/** What is to be trained, and how its file is read. */
interface Planned {
  readonly request: TrainingRequest;
  /** Undefined for a file that could not be looked at: the training says why. */
  readonly dataset: DatasetSummary | undefined;
  readonly columns: ReadingWishes['columns'];
}

async function resumedTraining(
  file: string | undefined,
  options: TrainOptions,
  given: GivenHyperparameters,
  context: Context,
): Promise<Planned> {
  if (file !== undefined || options.experiment !== undefined || Object.keys(given).length > 0) {
    throw new UsageError(
      'A resumed run goes on with the file and the settings that it was begun with.',
      'Give --resume RUN alone, or train anew without it.',
    );
  }
  const name = options.resume === true || options.resume === undefined ? 'latest' : options.resume;
  const engine = await context.engines.serving();
  const run = await findRun(engine, name, options.out, resumableRun);
  const { experiment } = await engine.call(ReadRun, { runFolder: run.folder });
  const dataset = await lookAtDataset(experiment, run.folder, context);
  return { request: { runFolder: run.folder }, dataset, columns: experiment.dataset.columns };
}

async function newTraining(
  file: string | undefined,
  options: TrainOptions,
  given: GivenHyperparameters,
  context: Context,
): Promise<Planned> {
  const runsFolder = resolve(options.out);
  if (options.experiment !== undefined) {
    const experiment = await readExperiment(options.experiment, file, options, given);
    const baseFolder = dirname(resolve(options.experiment));
    const dataset = await lookAtDataset(experiment, baseFolder, context);
    return { request: { experiment, runsFolder, baseFolder }, dataset, columns: experiment.dataset.columns };
  }
  if (file === undefined) {
    throw new UsageError('Which file shall be learnt from?', 'local-model-lab train FILE --target COLUMN');
  }
  const { experiment, dataset } = await planFromFile(resolve(file), options, given, context);
  const request = { experiment, runsFolder, baseFolder: process.cwd() };
  return { request, dataset, columns: experiment.dataset.columns };
}

/** Tells how the file of an experiment is read, before it is learnt from. */
async function lookAtDataset(
  experiment: ExperimentInput,
  baseFolder: string,
  { engines, terminal }: Context,
): Promise<DatasetSummary | undefined> {
  const summary = await inspectForExperiment(await engines.serving(), experiment, baseFolder);
  if (summary === undefined) return undefined;
  tellIssues(summary.path, summary.issues, terminal);
  if (summary.kind === 'table') terminal.tell(readingLine(summary));
  return summary;
}

async function readExperiment(
  path: string,
  file: string | undefined,
  options: TrainOptions,
  given: GivenHyperparameters,
): Promise<Experiment> {
  if (file !== undefined || options.target !== undefined) {
    throw new UsageError('The experiment file says what is learnt from.', 'Leave out FILE and --target.');
  }
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw LabError.from(thrown, resolve(path));
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (thrown) {
    throw new UsageError(`This is no JSON: ${LabError.from(thrown).message}`, undefined, { path });
  }
  return experimentFromFile(content, path, options, given);
}

async function planFromFile(
  path: string,
  options: TrainOptions,
  given: GivenHyperparameters,
  { engines, terminal }: Context,
): Promise<{ readonly experiment: Experiment; readonly dataset: DatasetSummary }> {
  const wish = kindWish(options);
  const engine = await engines.serving();
  const { summary, asked } = await inspectAsAsked(
    engine,
    { path, ...(wish ? { kind: wish } : {}), target: options.target, task: options.task },
    options,
  );
  tellIssues(path, summary.issues, terminal);
  if (summary.kind === 'table') tellReading(summary, terminal);
  const hopeless = summary.issues.find(({ severity }) => severity === 'error');
  if (hopeless) {
    throw new LabError('dataset', 'The file cannot be learnt from as it is.', {
      advice: 'Correct the errors above and try again.',
      place: { path },
    });
  }
  const { target } = chooseTarget(summary, options);
  const exclude = excludedColumns(summary, options);
  const suggested: readonly ModelChoice[] = await engine.call(SuggestModels, {
    path,
    kind: summary.kind,
    ...(target === undefined ? {} : { target }),
    ...(options.task === undefined ? {} : { task: options.task }),
    exclude,
    ...asked,
  });
  return { experiment: planExperiment(summary, suggested, options, given, asked), dataset: summary };
}

/** How the file is read, and what a person should look at, before anything is learnt from it. */
function tellReading(summary: TableSummary, terminal: Terminal): void {
  for (const line of [readingLine(summary), ...questionLines(summary)]) terminal.tell(line);
}
