/** What the tests of trainings share: small data written to a folder, an opened engine, a training in one call. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Backend, type EngineName, openBackend } from '../../../src/engine/backends';
import {
  type ControlWish,
  resumeTraining,
  trainExperiment,
  TrainingControl,
} from '../../../src/engine/learning';
import { runPaths } from '../../../src/engine/runs';
import {
  Experiment,
  type ExperimentInput,
  type MetricRecord,
  type TrainingResult,
  type TrainingSnapshot,
} from '../../../src/protocol';
import { writeSettled } from '../settled-file';

export interface Session {
  readonly control?: TrainingControl;
  readonly onSnapshot?: (snapshot: TrainingSnapshot, control: TrainingControl) => void;
  readonly signal?: AbortSignal;
  readonly backend?: Backend;
}

export class Workplace {
  private constructor(
    readonly folder: string,
    readonly backend: Backend,
  ) {}

  static async open(engine: EngineName = 'onnx'): Promise<Workplace> {
    const folder = await mkdtemp(join(tmpdir(), 'learning-'));
    return new Workplace(folder, await openBackend(engine, { threads: 1 }));
  }

  get runsFolder(): string {
    return join(this.folder, '.model-lab', 'runs');
  }

  write(name: string, text: string): Promise<void> {
    writeSettled(join(this.folder, name), text);
    return Promise.resolve();
  }

  train(input: ExperimentInput, session: Session = {}): Promise<TrainingResult> {
    return trainExperiment({
      experiment: Experiment.parse(input),
      runsFolder: this.runsFolder,
      baseFolder: this.folder,
      ...this.#session(session),
    });
  }

  resume(runFolder: string, session: Session = {}): Promise<TrainingResult> {
    return resumeTraining({ runFolder, ...this.#session(session) });
  }

  #session({ control = new TrainingControl(), onSnapshot, signal, backend = this.backend }: Session) {
    return {
      backend,
      control,
      onSnapshot: (snapshot: TrainingSnapshot) => onSnapshot?.(snapshot, control),
      ...(signal === undefined ? {} : { signal }),
    };
  }

  async close(): Promise<void> {
    this.backend.dispose();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Interrupts when so many steps are done, whatever time they take. */
export class InterruptAfter extends TrainingControl {
  constructor(private steps: number) {
    super();
  }

  override get wish(): ControlWish {
    if (this.steps-- === 0) this.interrupt();
    return super.wish;
  }
}

/** Stops when so many steps are done, whatever time they take. */
export class StopAfter extends TrainingControl {
  constructor(private steps: number) {
    super();
  }

  override get wish(): ControlWish {
    if (this.steps-- === 0) this.stop();
    return super.wish;
  }
}

/** Pauses when so many steps are done, whatever time they take. */
export class PauseAfter extends TrainingControl {
  constructor(private steps: number) {
    super();
  }

  override get paused(): boolean {
    if (this.steps-- === 0) this.pause();
    return super.paused;
  }
}

/** A language model so small that hundreds of its steps take a moment. `change` goes over its hyperparameters. */
export function textExperiment(path: string, change: Readonly<Record<string, number>> = {}): ExperimentInput {
  return {
    version: 1,
    dataset: { path },
    task: 'language-model',
    model: {
      family: 'transformer',
      hyperparameters: { layers: 1, heads: 2, width: 16, context: 16, batch: 4, ...change },
    },
  };
}

/** `metrics.jsonl` without the times, which no two trainings share. */
export async function lossesOf({ summary }: TrainingResult): Promise<object[]> {
  const text = await readFile(runPaths(summary.folder).metrics, 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const { step, training, validation, lr } = JSON.parse(line) as MetricRecord;
      return { step, training, validation, lr };
    });
}

/** Three classes in a plane, one of them a ring round another, with some noise; the same at every call. */
export function rings(rows: number): string {
  const random = generator(7);
  const lines = Array.from({ length: rows }, (_, row) => {
    const kind = row % 3;
    const angle = 2 * Math.PI * random();
    const radius = [0.5, 2, 3.5][kind]! + 0.5 * random();
    return `${(radius * Math.cos(angle)).toFixed(4)},${(radius * Math.sin(angle)).toFixed(4)},${'abc'[kind]}`;
  });
  return ['x,y,kind', ...lines].join('\n') + '\n';
}

/** A number that bends with one column and hangs on a category. */
export function slopes(rows: number): string {
  const random = generator(3);
  const lines = Array.from({ length: rows }, () => {
    const x = 4 * random() - 2;
    const side = random() < 0.5 ? 'left' : 'right';
    return `${x.toFixed(4)},${side},${(50 + 10 * x * x + (side === 'left' ? 20 : 0) + random()).toFixed(3)}`;
  });
  return ['x,side,height', ...lines].join('\n') + '\n';
}

export function verses(lines: number): string {
  const words = ['the sea', 'a ship', 'the wind', 'a gull', 'the sand'];
  const random = generator(5);
  const word = () => words[Math.floor(random() * words.length)]!;
  return Array.from({ length: lines }, () => `${word()} and ${word()} sing.\n`).join('');
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
