import { describe, expect, it } from 'vitest';
import { plainFormat } from '../../../src/protocol/dataset';
import type { TrainingSnapshot } from '../../../src/protocol/training';
import { TransformerHyperparameters } from '../../../src/engine/models/transformer/description';
import type { LabState } from '../../../src/protocol/webview';
import { emptyMemory } from '../../../webview/app/memory';
import { contextLine, contextOf } from '../../../webview/app/context-line';
import { choosePreset, presets, readSampling } from '../../../webview/generate/sampling';
import { progressShare, progressWords, writeEpochs } from '../../../webview/learn/progress';
import { writeOf, writeThroughput } from '../../../src/protocol/words';

const training: TrainingSnapshot = {
  runFolder: '/r',
  name: 'r',
  datasetPath: '/d.csv',
  task: 'classification',
  family: 'mlp',
  state: 'running',
  phase: '',
  epoch: 12.4,
  epochs: 60,
  step: 1234,
  steps: 2000,
  rowsPerSecond: 23_412,
  stepMs: 1,
  secondsLeft: 8.2,
  seconds: 123,
  history: [],
  alerts: [],
};

describe('the words of progress', () => {
  it('say the time left', () => {
    expect(progressWords(training)).toBe('about 8 s left');
    expect(progressWords({ ...training, secondsLeft: 0.4, phase: 'fold 2 of 5' })).toBe(
      'fold 2 of 5 · under 1 s left',
    );
    expect(progressWords({ ...training, secondsLeft: undefined })).toBe('estimating the time');
  });

  it('say what is being prepared, and since when it pauses', () => {
    expect(progressWords({ ...training, state: 'preparing', phase: 'reading d.csv' })).toBe('reading d.csv');
    expect(progressWords({ ...training, state: 'paused' })).toBe('paused after 2 min 3 s');
  });

  it('count exactly, and by the unit of the data', () => {
    expect(writeOf(training.step, training.steps)).toBe('1,234 of 2,000');
    expect(writeOf(7, 0)).toBe('7');
    expect(writeEpochs(training)).toBe('12 of 60');
    expect(writeEpochs({ ...training, task: 'language-model', epoch: 0.91, epochs: 1.5 })).toBe(
      '0.91 of 1.5',
    );
    expect(writeEpochs({ ...training, task: 'language-model', epoch: 0, epochs: 0 })).toBe('0');
    expect(writeThroughput(training)).toBe('23,412 rows/s');
    expect(writeThroughput({ ...training, task: 'language-model' })).toBe('23,412 characters/s');
  });

  it('know no share before the work is known', () => {
    expect(progressShare({ ...training, steps: 0, epochs: 0 })).toBeUndefined();
    expect(progressShare(training)).toBeCloseTo(0.617);
  });
});

describe('the context line', () => {
  it('names file, target, task and size', () => {
    const dataset = { path: '/p', issues: [], sha256: '', bytes: 1 };
    const models = [
      { family: 'transformer' as const, hyperparameters: TransformerHyperparameters.parse({}) },
    ];
    const rest = { models, seed: 1, validation: 0.2 };
    expect(
      contextLine({
        ...rest,
        dataset: {
          ...dataset,
          kind: 'table',
          format: plainFormat,
          reading: [],
          rows: 344,
          columns: [],
          targets: [],
        },
        fileName: 'penguins.csv',
        target: 'species',
        task: 'classification',
      }),
    ).toEqual({
      path: '/p',
      file: 'penguins.csv',
      target: 'species',
      rest: ['classification', '344 rows'],
    });
    expect(
      contextLine({
        ...rest,
        dataset: { ...dataset, kind: 'text', characters: 1_115_394, vocabulary: 65, lines: 1 },
        fileName: 'a.txt',
        task: 'language-model',
      }),
    ).toEqual({ path: '/p', file: 'a.txt', rest: ['language model', '1.12 M characters'] });
  });

  it('names a file from which nothing can be learnt, instead of saying that none is open', () => {
    const state: LabState = {
      status: 'ready',
      trusted: true,
      stage: 'learn',
      inspecting: false,
      openings: 0,
      runs: [],
      where: 'sidebar',
    };
    const front = { path: '/d/empty.csv', fileName: 'empty.csv' };
    expect(contextOf({ ...state, front }, emptyMemory)).toEqual({
      path: '/d/empty.csv',
      file: 'empty.csv',
      rest: ['cannot be learnt from'],
    });
    expect(contextOf({ ...state, front, inspecting: true }, emptyMemory)).toBeUndefined();
    expect(contextOf(state, emptyMemory)).toBeUndefined();
  });
});

describe('the sampling', () => {
  it('is balanced at first', () => {
    const form = readSampling({});
    expect(form.preset).toBe('balanced');
    expect(form.sampling).toEqual({ ...presets.balanced, seed: 1, length: 500 });
  });

  it('follows a preset and leaves seed and length alone', () => {
    const form = readSampling(choosePreset({ seed: '9', length: '40' }, 'careful'));
    expect(form.preset).toBe('careful');
    expect(form.sampling).toEqual({ ...presets.careful, seed: 9, length: 40 });
  });

  it('is no preset once a number differs', () => {
    expect(readSampling({ temperature: '0.81' }).preset).toBeUndefined();
  });

  it('says what is wrong and does not write', () => {
    const form = readSampling({ temperature: '9', topK: '1.5', length: '' });
    expect(form.errors).toEqual({
      temperature: 'At most 5.',
      topK: 'A whole number, please.',
      length: 'A whole number, please.',
    });
    expect(form.sampling).toBeUndefined();
  });
});
