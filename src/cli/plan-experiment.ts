/** From a file and the options of `train` to an experiment: all that is needed to repeat the run. */
import { resolve } from 'node:path';
import {
  columnKinds,
  type DatasetShape,
  type DatasetSummary,
  type EngineWish,
  type ProviderWish,
  Experiment,
  type ExperimentInput,
  families,
  familiesFor,
  mergeWishes,
  type ModelChoice,
  type ReadingWishes,
  type Task,
  usualTask,
  wholeReading,
} from '../protocol';
import type { SplitWay } from '../protocol/splits';
import { type GivenHyperparameters, withHyperparameters } from './hyperparameter-options';
import { columnWishes } from './column-options';
import { targetLines } from './dataset-summary';
import { findColumn } from './find-column';
import { fileWishes, type TableOptions } from './reading-options';
import { UsageError } from './usage';

/** The options of `train` that say what is learnt and how. */
export interface PlanOptions extends TableOptions {
  readonly target?: string;
  readonly task?: Task;
  readonly model?: string;
  readonly exclude?: readonly string[];
  readonly validation?: number;
  readonly folds?: number;
  readonly split?: SplitWay;
  readonly splitColumn?: string;
  readonly seed?: number;
  readonly engine?: EngineWish;
  readonly provider?: ProviderWish;
  readonly name?: string;
}

/** How the file is to be looked at; undefined where the engine may find out. */
export function kindWish({ target, model }: PlanOptions): DatasetShape | undefined {
  if (model !== undefined) {
    const isForText = families.require(model).takes === 'tokens';
    if (isForText && target !== undefined) {
      throw new UsageError(
        `The family "${model}" predicts no column.`,
        `Leave out --target, or take ${families.all
          .filter(({ takes }) => takes === 'features')
          .map(({ name }) => name)
          .join(' or ')}.`,
      );
    }
    return isForText ? 'text' : 'table';
  }
  return target === undefined ? undefined : 'table';
}

/** What is to be predicted. UsageError without a target, listing the columns with the suggestion first. */
export function chooseTarget(
  summary: DatasetSummary,
  options: PlanOptions,
): { readonly task: Task; readonly target?: string } {
  if (summary.kind === 'text') return { task: usualTask('text') };
  if (options.target === undefined) {
    throw new UsageError(
      'This file is a table: which column shall be predicted?',
      ['Say so with one of', ...targetLines(summary).map((line) => `  ${line}`)].join('\n'),
      { path: summary.path },
    );
  }
  const column = findColumn(summary, options.target);
  const suggestion = summary.targets.find((target) => target.column === column.name);
  const task = options.task ?? suggestion?.task ?? usualTask(columnKinds.find(column.kind)?.answer ?? 'name');
  return { target: column.name, task };
}

/** The columns that the model must not see, by their names in the file. */
export function excludedColumns(summary: DatasetSummary, { exclude = [] }: PlanOptions): string[] {
  return summary.kind === 'table' ? exclude.map((name) => findColumn(summary, name).name) : [];
}

/**
 * @param suggested One model per family that fits, the recommended one first.
 * @param asked What was asked of the reading when `summary` was made; what was found out is kept beside it.
 */
export function planExperiment(
  summary: DatasetSummary,
  suggested: readonly ModelChoice[],
  options: PlanOptions,
  hyperparameters: GivenHyperparameters,
  asked: ReadingWishes = {},
): Experiment {
  const { task, target } = chooseTarget(summary, options);
  const exclude = excludedColumns(summary, options);
  if (target !== undefined && exclude.includes(target)) {
    throw new UsageError(`"${target}" cannot be both the target and excluded.`);
  }
  return checked({
    version: 1,
    ...(options.name === undefined ? {} : { name: options.name }),
    dataset: {
      path: resolve(summary.path),
      ...wholeReading(summary, asked),
    },
    task,
    ...(target === undefined ? {} : { target }),
    exclude,
    split: {
      validation: options.validation,
      folds: options.folds,
      by: options.split,
      column: splitColumn(summary, options.splitColumn),
    },
    model: withHyperparameters(chooseModel(suggested, task, options.model), hyperparameters),
    seed: options.seed,
    engine: options.engine,
    provider: options.provider,
  });
}

function splitColumn(summary: DatasetSummary, typed: string | undefined): string | undefined {
  return typed === undefined || summary.kind === 'text' ? typed : findColumn(summary, typed).name;
}

function chooseModel(suggested: readonly ModelChoice[], task: Task, family: string | undefined): ModelChoice {
  const model =
    family === undefined ? suggested[0] : suggested.find((candidate) => candidate.family === family);
  if (model) return model;
  throw new UsageError(
    `The family "${family ?? ''}" is not made for ${task}.`,
    `Take ${familiesFor(task).join(' or ')} with --model.`,
  );
}

/** An experiment file's content with options laid over it. UsageError where the file is no experiment. */
export function experimentFromFile(
  content: unknown,
  path: string,
  options: PlanOptions,
  hyperparameters: GivenHyperparameters,
): Experiment {
  const parsed = Experiment.safeParse(content);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UsageError(
      `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'This is no experiment.'}`,
      'An experiment file has the fields version, dataset, task, target and model.',
      { path },
    );
  }
  const { data } = parsed;
  if (options.model !== undefined && options.model !== data.model.family) {
    throw new UsageError(
      `The experiment file asks for the family "${data.model.family}".`,
      'Leave out --model, or change it in the file.',
      { path },
    );
  }
  return checked({
    ...data,
    dataset: { ...data.dataset, ...readingOver(data.dataset.columns, options) },
    ...(options.name === undefined ? {} : { name: options.name }),
    split: {
      validation: options.validation ?? data.split.validation,
      folds: options.folds ?? data.split.folds,
      by: options.split ?? data.split.by,
      // A column of times is none of groups.
      column: options.splitColumn ?? (options.split === undefined ? data.split.column : undefined),
    },
    model: withHyperparameters(data.model, hyperparameters),
    seed: options.seed ?? data.seed,
    engine: options.engine ?? data.engine,
    provider: options.provider ?? data.provider,
  });
}

/** What the options ask, laid over what the file asks of its columns. */
function readingOver(columns: ReadingWishes['columns'], options: PlanOptions): ReadingWishes {
  const wishes = { ...columns };
  for (const [name, wish] of Object.entries(columnWishes(undefined, options) ?? {})) {
    wishes[name] = mergeWishes(wishes[name], wish);
  }
  return { ...fileWishes(options), ...(Object.keys(wishes).length === 0 ? {} : { columns: wishes }) };
}

function checked(input: ExperimentInput): Experiment {
  const parsed = Experiment.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.at(-1);
  throw new UsageError(
    `${typeof field === 'string' ? `--${field}: ` : ''}${issue?.message ?? 'The options do not fit.'}`,
    '"local-model-lab train --help" explains every option.',
  );
}
