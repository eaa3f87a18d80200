/** Example states for looking at the page: one per thing that a person may see. */
import { Part } from '../../src/protocol/marks';
import type { RunSummary } from '../../src/protocol/runs';
import type { MetricRecord, TrainingSnapshot } from '../../src/protocol/training';
import type { LabState } from '../../src/protocol/webview';
import { numberOverview, tableOverview, textOverview } from './data-draft';
import { penguins, tableDraft, text, textDraft } from './drafts';
import { barThumbnails, imagesDraft } from './images-draft';
import { readingDraft, workbookDraft } from './reading-draft';

function tableHistory(epochs: number): MetricRecord[] {
  return Array.from({ length: epochs }, (_, index) => {
    const falling = Math.exp(-index / 6);
    return {
      step: (index + 1) * 9,
      epoch: index + 1,
      time: index * 120,
      training: { loss: 0.02 + 1.05 * falling, accuracy: 0.995 - 0.55 * falling },
      validation: { loss: 0.06 + 1.02 * falling + 0.01 * Math.sin(index), accuracy: 0.97 - 0.52 * falling },
    };
  });
}

function textHistory(steps: number): MetricRecord[] {
  return Array.from({ length: steps / 20 }, (_, index) => {
    const loss = 1.6 + 2.5 * Math.exp(-index / 15);
    const validated = index % 5 === 4;
    return {
      step: (index + 1) * 20,
      epoch: (index + 1) / 60,
      time: index * 900,
      training: { loss, perplexity: Math.exp(loss) },
      ...(validated ? { validation: { loss: loss + 0.15, perplexity: Math.exp(loss + 0.15) } } : {}),
    };
  });
}

const tableTraining: TrainingSnapshot = {
  runFolder: '/data/.model-lab/runs/2026-01-02-penguins',
  name: 'penguins species',
  datasetPath: penguins.path,
  task: 'classification',
  target: 'species',
  family: 'mlp',
  state: 'running',
  phase: '',
  epoch: 24,
  epochs: 60,
  step: 216,
  steps: 540,
  rowsPerSecond: 23_400,
  stepMs: 1.21,
  secondsLeft: 8,
  seconds: 5,
  history: tableHistory(24),
  headline: { metric: 'accuracy', value: 0.957, baseline: 0.441, baselineLabel: 'always "Adelie"' },
  alerts: [],
};

const finished: TrainingSnapshot = {
  ...tableTraining,
  state: 'finished',
  epoch: 48,
  step: 432,
  seconds: 4.2,
  history: tableHistory(48),
  headline: { metric: 'accuracy', value: 0.9855, baseline: 0.441, baselineLabel: 'always "Adelie"' },
  alerts: [
    {
      severity: 'warning',
      code: 'overfitting',
      message: 'The validation loss rose for 10 epochs while the training loss fell.',
      advice: 'The best weights were kept. A smaller width or more weight decay would help.',
    },
  ],
};

const textTraining: TrainingSnapshot = {
  ...tableTraining,
  runFolder: '/data/.model-lab/runs/2026-01-03-shakespeare',
  name: 'tinyshakespeare',
  datasetPath: text.path,
  task: 'language-model',
  target: undefined,
  family: 'transformer',
  epoch: 0.9,
  epochs: 1.5,
  step: 1240,
  steps: 2000,
  rowsPerSecond: 15_900,
  stepMs: 48.2,
  secondsLeft: 37,
  seconds: 60,
  history: textHistory(1240),
  headline: {
    metric: 'perplexity',
    value: 7.42,
    baseline: 28.1,
    baselineLabel: 'letters by their frequency',
  },
  sample: {
    step: 1200,
    text: 'KING RICHARD:\nWhat say you to the prince of the world,\nAnd that the seas of my son is the chour?\n\nQUEEN:\nI have the stand of the house of the bear\nThe common of him to the death.',
  },
};

function run(folder: string, name: string, more: Partial<RunSummary> = {}): RunSummary {
  return {
    version: 1,
    name,
    state: 'finished',
    task: 'classification',
    target: 'species',
    datasetPath: penguins.path,
    family: 'mlp',
    created: new Date(Date.now() - 400_000).toISOString(),
    updated: new Date(Date.now() - 390_000).toISOString(),
    pid: 1,
    host: 'desk',
    seconds: 4.2,
    epoch: 48,
    epochs: 60,
    step: 432,
    steps: 540,
    bestStep: 396,
    rows: { training: 275, validation: 69 },
    parameters: 5059,
    modelBytes: 21_400,
    headline: { metric: 'accuracy', value: 0.9855, baseline: 0.441, baselineLabel: 'always "Adelie"' },
    metrics: {
      training: { loss: 0.0214, accuracy: 0.996, f1: 0.995 },
      validation: { loss: 0.0612, accuracy: 0.9855, f1: 0.981 },
    },
    alerts: [],
    notes: [
      'studyName was left out: it has a different value in nearly every row.',
      '2 rows have missing numbers; the mean stands in for them.',
    ],
    environment: {
      engine: 'onnx',
      runtime: 'onnxruntime-node',
      provider: 'cpu',
      threads: 2,
      platform: 'linux x64',
      node: '24',
      lab: '0.1.0',
    },
    folder,
    id: folder.split('/').at(-1) ?? '',
    hasModel: true,
    canResume: false,
    ...more,
  };
}

const tableRun = run(finished.runFolder, finished.name);
const textRun = run(textTraining.runFolder, 'tinyshakespeare', {
  task: 'language-model',
  target: undefined,
  family: 'transformer',
  datasetPath: text.path,
  created: new Date(Date.now() - 7_400_000).toISOString(),
  headline: {
    metric: 'perplexity',
    value: 6.61,
    baseline: 28.1,
    baselineLabel: 'letters by their frequency',
  },
});
const runs: readonly RunSummary[] = [
  tableRun,
  run('/data/.model-lab/runs/b', 'penguins body_mass_g with a rather long name of its own', {
    task: 'regression',
    headline: { metric: 'r2', value: 0.871, baseline: 0, baselineLabel: 'always the mean' },
    created: new Date(Date.now() - 3_000_000).toISOString(),
  }),
  textRun,
  run('/data/.model-lab/runs/c', 'penguins island', {
    state: 'interrupted',
    canResume: true,
    hasModel: false,
    headline: undefined,
    created: new Date(Date.now() - 90_000_000).toISOString(),
  }),
  run('/data/.model-lab/runs/d', 'diamonds price', {
    state: 'failed',
    hasModel: false,
    headline: undefined,
    created: new Date(Date.now() - 190_000_000).toISOString(),
  }),
];

const base: LabState = {
  status: 'ready',
  trusted: true,
  stage: 'learn',
  inspecting: false,
  openings: 0,
  runs: [],
  where: 'sidebar',
};

export const states: Readonly<Record<string, LabState>> = {
  nothing: base,
  'draft-table': { ...base, draft: tableDraft, runs },
  'draft-text': { ...base, draft: textDraft },
  data: {
    ...base,
    stage: 'data',
    draft: tableDraft,
    data: { path: penguins.path, counting: false, overview: tableOverview },
  },
  'data-number': {
    ...base,
    stage: 'data',
    draft: tableDraft,
    data: { path: penguins.path, counting: true, overview: numberOverview },
  },
  'data-text': {
    ...base,
    stage: 'data',
    draft: textDraft,
    data: { path: text.path, counting: false, overview: textOverview },
  },
  'draft-images': { ...base, draft: imagesDraft, thumbnails: barThumbnails },
  'draft-reading': { ...base, draft: readingDraft },
  'draft-workbook': { ...base, draft: workbookDraft },
  preparing: {
    ...base,
    status: 'training',
    draft: tableDraft,
    training: {
      ...tableTraining,
      state: 'preparing',
      phase: 'reading penguins.csv',
      history: [],
      headline: undefined,
    },
  },
  training: { ...base, status: 'training', draft: tableDraft, training: tableTraining, runs },
  queued: {
    ...base,
    status: 'training',
    draft: tableDraft,
    front: { path: '/data/diamonds.csv', fileName: 'diamonds.csv' },
    training: tableTraining,
    stopping: true,
    queue: [
      { id: 1, datasetPath: '/data/diamonds.csv', target: 'price' },
      { id: 2, datasetPath: text.path },
    ],
    runs,
  },
  left: {
    ...base,
    draft: tableDraft,
    left: '2 trainings were waiting when the window was closed: diamonds.csv → price, lighthouse.txt.',
  },
  'training-text': { ...base, status: 'training', draft: textDraft, training: textTraining, runs },
  paused: { ...base, status: 'paused', draft: tableDraft, training: { ...tableTraining, state: 'paused' } },
  finished: { ...base, draft: tableDraft, training: finished, opened: tableRun, runs },
  failed: {
    ...base,
    draft: tableDraft,
    notice: {
      severity: 'error',
      message: 'The training of penguins.csv failed.',
      advice: 'Lower the learning rate and train again.',
    },
    training: { ...tableTraining, state: 'failed', headline: undefined, history: tableHistory(4) },
    opened: {
      ...tableRun,
      state: 'failed',
      hasModel: false,
      error: {
        code: 'diverged',
        message: 'The loss left the finite numbers in step 41.',
        advice: 'Lower the learning rate, for example to 0.001.',
      },
    },
    runs,
  },
  interrupted: {
    ...base,
    draft: tableDraft,
    training: { ...tableTraining, state: 'interrupted' },
    opened: { ...tableRun, state: 'interrupted', canResume: true, hasModel: false },
    runs,
  },
  marks: {
    ...base,
    stage: 'infer',
    draft: tableDraft,
    runs,
    marks: {
      path: '/data/penguins.csv',
      fileName: 'penguins.csv',
      run: tableRun,
      filter: 'all',
      rows: 344,
      predicted: 342,
      unpredicted: { rows: 2, line: 5 },
      wrong: 4,
      unsure: 7,
      figure: { metric: 'accuracy', value: 0.988 },
      measuring: false,
      current: {
        line: 37,
        part: Part.training,
        prediction: {
          row: 35,
          label: 'Chinstrap',
          probabilities: [
            { name: 'Adelie', probability: 0.612 },
            { name: 'Chinstrap', probability: 0.381 },
            { name: 'Gentoo', probability: 0.007 },
          ],
        },
      },
      measure: { p50Ms: 0.084, p95Ms: 0.132, rowsPerSecond: 182_000, modelBytes: 21_400, parameters: 5059 },
    },
  },
  'marks-number': {
    ...base,
    stage: 'infer',
    draft: tableDraft,
    runs,
    marks: {
      path: '/data/penguins.csv',
      fileName: 'penguins.csv',
      run: runs[1] ?? tableRun,
      filter: 'errors',
      rows: 344,
      predicted: 344,
      wrong: 31,
      unsure: 0,
      figure: { metric: 'rmse', value: 288 },
      measuring: true,
      current: {
        line: 5,
        part: Part.validation,
        prediction: { row: 3, label: '3450', value: 3612, interval: [3120, 4104] },
      },
    },
  },
  'marks-none': { ...base, stage: 'infer', draft: tableDraft, runs },
  'infer-empty': { ...base, stage: 'infer' },
  generating: {
    ...base,
    stage: 'generate',
    draft: textDraft,
    runs,
    generation: {
      runFolder: textRun.folder,
      state: 'writing',
      prompt: 'ROMEO:',
      progress: {
        text: '\nWhat, is my lord the king and the son,\nThat I have speak the heart of thee be so.\n\nJULIET:\nThe world is a good and my father\nAnd',
        tokens: 131,
        tokensPerSecond: 1240,
        firstTokenMs: 6.2,
      },
      notes: ['The model never saw these characters: é, ß. They were left out of the prompt.'],
    },
  },
  written: {
    ...base,
    stage: 'generate',
    draft: textDraft,
    runs,
    generation: {
      runFolder: textRun.folder,
      state: 'finished',
      prompt: 'ROMEO:',
      progress: {
        text: '\nWhat, is my lord the king and the son.\n'.repeat(12),
        tokens: 500,
        tokensPerSecond: 1240,
        firstTokenMs: 6.2,
      },
      perplexity: 3.87,
      notes: [],
    },
  },
  'generate-empty': { ...base, stage: 'generate', draft: tableDraft },
  untrusted: { ...base, trusted: false, draft: tableDraft },
};
