/** What the catalogue lists appears wherever people choose and read, with no word of it anywhere else. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { findColumn } from '../../../src/cli/find-column';
import { languageModel, tableModel } from '../../../src/cli/find-run';
import { kindWish, planExperiment } from '../../../src/cli/plan-experiment';
import { buildProgram } from '../../../src/cli/program';
import { summarizeRun, summarizeRuns, summarizeTraining } from '../../../src/cli/summaries';
import { describeSnapshot } from '../../../src/cli/training-progress';
import { bars, outsideSentence, verdictSentence } from '../../../src/extension/marks/hover-words';
import { describeFile } from '../../../src/extension/marks/mark-words';
import { describeRow } from '../../../src/protocol/mark-words';
import {
  type ColumnKindDescription,
  columnKinds,
  ColumnWish,
  experimentJsonSchema,
  families,
  type KindDescription,
  kinds,
  type RunSummary,
  type TableSummary,
  type TaskDescription,
  tasks,
  type TrainingSnapshot,
  Verdict,
} from '../../../src/protocol';
import { contextLine, contextOf } from '../../../webview/app/context-line';
import { emptyMemory } from '../../../webview/app/memory';
import { chartData, qualityMetric } from '../../../webview/charts/series';
import { countUsed } from '../../../webview/learn/column-use';
import { readForm } from '../../../webview/learn/form';
import { writeEpochs } from '../../../webview/learn/progress';
import { penguins, tableDraft } from '../../../webview/preview/drafts';
import { states } from '../../../webview/preview/states';
import { fakeVscode, uri } from '../extension/vscode-fake';
import { marks } from '../marks/example-marks';
import { task as median } from './median/description';
import { family as quadratic } from './quadratic/description';

vi.mock('vscode', async () => (await import('../extension/vscode-fake')).fakeVscode);
const { learnableKind, rowsSelector } = await import('../../../src/extension/datasets/files');

const tune: TaskDescription = {
  name: 'tune',
  title: 'Tune',
  whatItDoes: 'Writes a tune.',
  learnsFrom: 'text',
  answer: 'text',
  example: 'note',
  examples: 'notes',
  place: 'step',
  byGradients: true,
  metrics: [{ name: 'surprise', title: 'Surprise', better: 'lower' }],
  leading: ['surprise'],
  charted: 'surprise',
};
const ledger: KindDescription = {
  name: 'ledger',
  title: 'Ledger',
  called: 'a ledger',
  holds: 'rows',
  extensions: ['.ledger'],
  languages: ['hledger'],
};
const colour: ColumnKindDescription = {
  name: 'colour',
  title: 'colour',
  icon: 'symbol-color',
  answer: 'number',
};

/** Every test file has registries of its own: nothing is to be taken away after. */
beforeAll(() => {
  tasks.add(median);
  tasks.add(tune);
  families.add(quadratic);
  kinds.add(ledger);
  columnKinds.add(colour);
});

const run: RunSummary = {
  version: 1,
  id: '20260101-toy',
  folder: '/runs/20260101-toy',
  name: 'Toy',
  state: 'finished',
  task: 'median',
  target: 'y',
  datasetPath: '/data/bowl.csv',
  family: 'quadratic',
  created: '2026-01-01T00:00:00Z',
  updated: '2026-01-01T00:00:00Z',
  pid: 1,
  host: 'here',
  seconds: 1,
  epoch: 1.5,
  epochs: 3,
  step: 20,
  steps: 40,
  rows: { training: 160, validation: 40 },
  metrics: { validation: { loss: 0.2, typicalError: 1.25 } },
  headline: { metric: 'typicalError', value: 1.25, baseline: 9, baselineLabel: 'by guessing' },
  alerts: [],
  notes: [],
  hasModel: true,
  canResume: false,
};
const { training: anyTraining } = states['training'] ?? {};
const training = (task: string): TrainingSnapshot => {
  if (anyTraining === undefined) throw new Error('There is no example of a training.');
  return { ...anyTraining, ...run, runFolder: run.folder, task, state: 'running', rowsPerSecond: 120 };
};
/** Penguins with a column of the toy kind. */
const coloured: TableSummary = {
  ...penguins,
  columns: penguins.columns.map((column, index) => (index === 0 ? { ...column, kind: 'colour' } : column)),
};

function trainHelp(): string {
  const { commands } = buildProgram(() => Promise.resolve());
  const help = commands.find((command) => command.name() === 'train')?.helpInformation() ?? '';
  return help.replaceAll(/\s+/gu, ' ');
}

describe('the command line', () => {
  it('offers a family, a task that predicts a column and a kind of column in its help', () => {
    expect(trainHelp()).toMatch(/--model <family>[^)]*\)[^)]*"quadratic"/u);
    expect(trainHelp()).toMatch(/--task <task>[^)]*\)[^)]*"median"/u);
    expect(trainHelp()).not.toContain('"tune"');
    expect(trainHelp()).toContain('colour, left-out');
  });

  it('plans an experiment with them', () => {
    const model = { family: 'quadratic', hyperparameters: { epochs: 3 } };
    expect(kindWish({ model: 'quadratic' })).toBe('table');
    const planned = planExperiment(coloured, [model], { target: 'species', task: 'median' }, {});
    expect(planned).toMatchObject({ task: 'median', model: { family: 'quadratic' } });
    const { name } = findColumn(coloured, coloured.columns[0]?.name ?? '');
    const open = { ...coloured, targets: [] };
    expect(planExperiment(open, [model], { target: name }, {}).task).toBe('regression');
  });

  it('tells of a run in the words of its task', () => {
    expect(summarizeRuns([run]).at(-1)).toMatch(/quadratic +Typical error 1\.25 on validation rows/u);
    expect(summarizeTraining(run, 1).at(-1)).toContain('predict FILE');
    expect(summarizeRun({ ...run, task: 'tune' }).join('\n')).toMatch(/Notes +160 training/u);
    expect(describeSnapshot(training('tune'))).toContain('120 notes/s');
    expect([run, { ...run, task: 'tune' }].map(tableModel.fits)).toEqual([true, false]);
    expect([run, { ...run, task: 'tune' }].map(languageModel.fits)).toEqual([false, true]);
  });
});

describe('the schema of experiment files', () => {
  it('has a choice for each', () => {
    const schema = JSON.stringify(experimentJsonSchema());
    for (const name of ['"const":"quadratic"', '"median"', '"tune"', '"colour","left-out"'])
      expect(schema).toContain(name);
    expect(ColumnWish.safeParse({ kind: 'colour' }).success).toBe(true);
    expect(ColumnWish.safeParse({ kind: 'sound' }).success).toBe(false);
  });
});

describe('the Lab', () => {
  it('has the fields of a family in its form, and takes the experiment of it', () => {
    const models = [...tableDraft.models, { family: 'quadratic', hyperparameters: {} }];
    const draft = { ...tableDraft, task: 'median', models };
    const form = readForm(draft, { family: 'quadratic', values: { quadratic: { epochs: '7' } } });
    expect(form.fields.map(({ field }) => field.name)).toEqual(Object.keys(quadratic.hyperparameters.shape));
    expect(form.experiment).toMatchObject({ task: 'median', model: { family: 'quadratic' } });
    expect(form.experiment?.model.hyperparameters['epochs']).toBe(7);
    expect(contextLine(draft).rest[0]).toBe('median');
  });

  it('lets the model see a column of a kind that the catalogue lists', () => {
    const sees = (table: TableSummary) => Number(countUsed(table, undefined, []).split(' ')[0]);
    const nameless = { ...coloured, columns: coloured.columns.map((c) => ({ ...c, kind: 'empty' })) };
    expect(sees(nameless)).toBe(0);
    expect(sees({ ...nameless, columns: [{ ...coloured.columns[0], kind: 'colour' } as never] })).toBe(1);
  });

  it('draws the curves and the progress of a task by what it says of itself', () => {
    const { history } = training('tune');
    expect(qualityMetric('tune')).toBe('surprise');
    expect(chartData(history, 'tune', 'loss').x[0]).toBe(history[0]?.step);
    expect(chartData(history, 'median', 'loss').x[0]).toBe(history[0]?.epoch);
    expect(writeEpochs(training('tune'))).toBe('1.5 of 3');
    expect(writeEpochs(training('median'))).toBe('1 of 3');
    const state = { ...(states['training'] as NonNullable<(typeof states)['training']>) };
    const shown = contextOf({ ...state, training: training('tune') }, emptyMemory);
    expect(shown?.rest[0]).toBe('tune');
  });
});

describe('the editor', () => {
  it('takes files for what their kind is, by name or language', () => {
    expect(learnableKind(uri('/data/year.LEDGER') as never)?.name).toBe('ledger');
    expect(learnableKind(uri('/data/year') as never, 'hledger')?.name).toBe('ledger');
    expect(learnableKind(uri('/data/year.journal') as never)).toBeUndefined();
    expect(JSON.stringify(rowsSelector())).toMatch(/"hledger".*\.ledger/u);
    expect(fakeVscode).toBeDefined();
  });

  it('marks rows in the words of their task', () => {
    const judged = marks([Verdict.right, Verdict.wrong], {
      task: 'median',
      target: 'y',
      value: Float32Array.of(100, 90),
      residual: Float32Array.of(1, 30),
      metrics: { loss: 0.2, typicalError: 1.25 },
    });
    expect(describeRow(judged, 1, 'short')).toBe('✗ 90 (+30)');
    expect(describeFile(judged)[0]).toBe('y: typical error 1.25 on this file · 1 far off');
    const row = { row: 0, value: 100, label: '101', residual: 1, interval: [95, 105] as const };
    expect(verdictSentence(judged, 0, row)).toBe('✓ Near: predicted 100, the file says 101 (+1).');
    expect(verdictSentence(judged, 1, { ...row, row: 1 })).toContain('✗ Far');
    expect(bars(row)).toContain('95 to 105');
    expect(outsideSentence(judged)).toBe('Far outside what training saw: the margin means little.');
  });
});
