import { describe, expect, it } from 'vitest';
import { Experiment } from '../../../src/protocol/experiment';
import { MlpHyperparameters } from '../../../src/engine/models/mlp/description';
import type { TrainingSnapshot } from '../../../src/protocol/training';
import type { Draft, LabState } from '../../../src/protocol/webview';
import { readIncoming } from '../../../webview/app/incoming';
import {
  emptyMemory,
  followState,
  isKept,
  readMemory,
  rememberKept,
  recallForm,
  rememberForm,
  showsRun,
} from '../../../webview/app/memory';
import { formKey } from '../../../webview/learn/form';
import { throttle } from '../../../webview/app/throttle';
import { stageAfterKey } from '../../../webview/app/stages';

const base: LabState = {
  status: 'ready',
  trusted: true,
  stage: 'learn',
  inspecting: false,
  openings: 0,
  runs: [],
  where: 'sidebar',
};

function draft(path: string): Draft {
  return {
    dataset: { kind: 'text', path, characters: 1, vocabulary: 1, lines: 1, issues: [], sha256: '', bytes: 1 },
    fileName: path,
    task: 'language-model',
    models: [{ family: 'mlp', hyperparameters: MlpHyperparameters.parse({}) }],
    seed: 1,
    validation: 0.2,
  };
}

function training(
  runFolder: string,
  state: TrainingSnapshot['state'],
  datasetPath = 'a.csv',
): TrainingSnapshot {
  return {
    runFolder,
    name: runFolder,
    datasetPath,
    task: 'classification',
    family: 'mlp',
    state,
    phase: '',
    epoch: 0,
    epochs: 1,
    step: 0,
    steps: 1,
    rowsPerSecond: 0,
    stepMs: 0,
    seconds: 0,
    history: [],
    alerts: [],
  };
}

describe('the memory of the webview', () => {
  it('recovers what was saved and refuses what it does not know', () => {
    const memory = { ...rememberForm(emptyMemory, 'key', { seed: '5' }), prompt: 'Once' };
    expect(readMemory(JSON.parse(JSON.stringify(memory)))).toEqual(memory);
    expect(readMemory(undefined)).toEqual(emptyMemory);
    expect(readMemory({ version: 99, prompt: 5 })).toEqual(emptyMemory);
  });

  it('keeps the forms edited last, and not more of them than it needs', () => {
    let memory = emptyMemory;
    for (let form = 0; form < 30; form++) memory = rememberForm(memory, String(form), { seed: String(form) });
    expect(memory.forms).toHaveLength(20);
    expect(recallForm(memory, '29')).toEqual({ seed: '29' });
    expect(recallForm(memory, '0')).toEqual({});
  });

  it('returns to its stage after a reload, unless the extension asks for another', () => {
    const memory = { ...emptyMemory, stage: 'generate' as const };
    expect(followState(memory, undefined, base).stage).toBe('generate');
    expect(followState(memory, undefined, { ...base, stage: 'infer' }).stage).toBe('infer');
    expect(followState(memory, base, base).stage).toBe('generate');
    expect(followState(memory, base, { ...base, stage: 'infer' }).stage).toBe('infer');
  });
});

describe('run or form', () => {
  const finished = { ...base, draft: draft('a.csv'), training: training('one', 'finished') };

  it('shows a run that begins, even after the form was chosen', () => {
    const left = { ...emptyMemory, leftRun: 'one' };
    expect(showsRun(left, finished)).toBe(false);
    const next = { ...finished, training: training('two', 'running') };
    expect(showsRun(followState(left, finished, next), next)).toBe(true);
  });

  it('comes back to a run that the user left when it is opened again', () => {
    const left = { ...emptyMemory, leftRun: 'one' };
    const again = { ...finished, openings: 1 };
    expect(showsRun(followState(left, finished, finished), finished)).toBe(false);
    expect(showsRun(followState(left, finished, again), again)).toBe(true);
  });

  it('shows the form when another file is opened after the training', () => {
    const next = { ...finished, draft: draft('b.csv') };
    expect(showsRun(followState(emptyMemory, finished, next), next)).toBe(false);
  });

  it('keeps showing a training that is going on when another file is opened', () => {
    const running = { ...finished, training: training('one', 'running') };
    const next = { ...running, draft: draft('b.csv') };
    expect(showsRun(followState(emptyMemory, running, next), next)).toBe(true);
  });

  it('comes back to the run with its file, unless the user had left the run for the form', () => {
    const other = { ...finished, draft: draft('b.csv') };
    const away = followState(emptyMemory, finished, other);
    expect(showsRun(away, other)).toBe(false);
    expect(showsRun(followState(away, other, finished), finished)).toBe(true);
    const left = { ...emptyMemory, leftRun: 'one' };
    const leftAway = followState(left, finished, other);
    expect(showsRun(followState(leftAway, other, finished), finished)).toBe(false);
  });

  it('stays at the run whose file was renamed, and comes to it with any file that carries its predictions', () => {
    const renamed = { ...finished, draft: draft('b.csv'), fileRun: { path: 'b.csv', runFolder: 'one' } };
    expect(showsRun(followState(emptyMemory, finished, renamed), renamed)).toBe(true);
    expect(showsRun(followState(emptyMemory, undefined, renamed), renamed)).toBe(true);
    const other = { ...finished, draft: draft('b.csv'), fileRun: { path: 'b.csv', runFolder: 'two' } };
    expect(showsRun(followState(emptyMemory, finished, other), other)).toBe(false);
  });

  it('lets the user look at a form while a training is going on', () => {
    const running = { ...finished, training: training('one', 'running') };
    const left = { ...emptyMemory, leftRun: 'one' };
    const next = { ...running, training: { ...training('one', 'running'), step: 5 } };
    expect(showsRun(followState(left, running, next), next)).toBe(false);
    expect(showsRun(followState(left, next, finished), finished)).toBe(false);
  });

  it('fills the form with the experiment of a run that is to be trained again, each time it is asked for', () => {
    const experiment = Experiment.parse({
      version: 1,
      dataset: { path: 'a.csv' },
      task: 'language-model',
      model: { family: 'mlp', hyperparameters: { epochs: 7 } },
    });
    const asked = { ...finished, again: { count: 1, experiment } };
    const memory = followState(emptyMemory, finished, asked);
    expect(showsRun(memory, asked)).toBe(false);
    expect(recallForm(memory, formKey(asked.draft)).values).toEqual({ mlp: { epochs: '7' } });
    const typed = rememberForm(memory, formKey(asked.draft), { seed: '3' });
    expect(recallForm(followState(typed, asked, asked), formKey(asked.draft))).toEqual({ seed: '3' });
  });

  it('keeps showing the run while drafts of its own file arrive', () => {
    const next = { ...finished, draft: { ...draft('a.csv'), seed: 7 } };
    expect(showsRun(followState(emptyMemory, finished, next), next)).toBe(true);
  });
});

describe('incoming messages', () => {
  it('are states', () => {
    expect(readIncoming({ type: 'state', state: base })).toBe(base);
  });

  it.each([
    [undefined],
    ['state'],
    [{ type: 'state' }],
    [{ type: 'other', state: base }],
    [{ type: 'state', state: { ...base, stage: 'dream' } }],
  ])('of another shape are refused: %j', (message) => {
    expect(() => readIncoming(message)).toThrow(/does not understand/);
  });
});

describe('the throttle', () => {
  it('passes the first value at once and then only the newest of each interval', () => {
    let now = 0;
    const waiting: { at: number; callback: () => void }[] = [];
    const delivered: [number, number][] = [];
    const push = throttle<number>(100, (value) => delivered.push([now, value]), {
      now: () => now,
      after: (ms, callback) => waiting.push({ at: now + ms, callback }),
    });
    for (; now <= 300; now += 10) {
      for (const timer of waiting.splice(0)) {
        if (timer.at <= now) timer.callback();
        else waiting.push(timer);
      }
      if (now < 250) push(now);
    }
    expect(delivered).toEqual([
      [0, 0],
      [100, 90],
      [200, 190],
      [300, 240],
    ]);
  });
});

describe('the tabs', () => {
  it('turn around at both ends with the arrow keys', () => {
    expect(stageAfterKey('learn', 'ArrowRight')).toBe('infer');
    expect(stageAfterKey('generate', 'ArrowRight')).toBe('data');
    expect(stageAfterKey('learn', 'ArrowLeft')).toBe('data');
    expect(stageAfterKey('data', 'ArrowLeft')).toBe('generate');
    expect(stageAfterKey('infer', 'Home')).toBe('data');
    expect(stageAfterKey('infer', 'End')).toBe('generate');
    expect(stageAfterKey('infer', 'a')).toBeUndefined();
  });
});

describe('an alert that was answered with "Keep"', () => {
  it('is kept for that run alone, over a reload', () => {
    const memory = readMemory(JSON.parse(JSON.stringify(rememberKept(emptyMemory, '/runs/a', 'leak'))));
    expect(isKept(memory, '/runs/a', 'leak')).toBe(true);
    expect(isKept(memory, '/runs/b', 'leak')).toBe(false);
    expect(isKept(memory, '/runs/a', 'overfitting')).toBe(false);
    expect(isKept(emptyMemory, '/runs/a', 'leak')).toBe(false);
  });
});
