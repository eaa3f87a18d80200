/** The one training of a learning process, and what may be told to it meanwhile. */
import type { z } from 'zod';
import type { HandlerContext } from '../../protocol/endpoint';
import type { ResumeTraining, Train, TrainingResult } from '../../protocol/engine';
import { LabError } from '../../protocol/errors';
import type { RunState, TrainingSnapshot } from '../../protocol/training';
import {
  resumeTraining,
  trainExperiment,
  TrainingControl,
  type TrainingSession as Session,
} from '../learning';
import { readExperiment } from '../runs';
import { backendFor } from './engines';

export class TrainingSession {
  private current: TrainingControl | undefined;
  private work: Promise<unknown> = Promise.resolve();

  train(
    { experiment, ...folders }: z.infer<(typeof Train)['params']>,
    context: HandlerContext<TrainingSnapshot>,
  ): Promise<TrainingResult> {
    return this.run(context, async (session) =>
      trainExperiment({
        ...session,
        backend: await backendFor('learning', experiment.engine),
        experiment,
        ...folders,
      }),
    );
  }

  resume(
    { runFolder }: z.infer<(typeof ResumeTraining)['params']>,
    context: HandlerContext<TrainingSnapshot>,
  ): Promise<TrainingResult> {
    return this.run(context, async (session) => {
      const { engine } = await readExperiment(runFolder);
      return resumeTraining({ ...session, backend: await backendFor('learning', engine), runFolder });
    });
  }

  control(action: 'pause' | 'continue' | 'stop'): { readonly state: RunState } {
    const { current } = this;
    if (!current) {
      throw new LabError('invalid', 'No training runs in this process.', {
        advice: 'Start one, or resume an interrupted run.',
      });
    }
    current[action]();
    return { state: current.paused ? 'paused' : current.wish === 'stop' ? 'stopped' : 'running' };
  }

  /** Interrupts the training: resolves when its checkpoint is written. */
  async end(): Promise<void> {
    this.current?.interrupt();
    await this.work;
  }

  private async run(
    { progress, signal }: HandlerContext<TrainingSnapshot>,
    train: (session: Omit<Session, 'backend'>) => Promise<TrainingResult>,
  ): Promise<TrainingResult> {
    if (this.current) {
      throw new LabError('invalid', 'This process is training already.', {
        advice: 'Start another process for another training.',
      });
    }
    const control = new TrainingControl();
    this.current = control;
    const result = train({ control, signal, onSnapshot: progress });
    // Who asked for the training hears of its failure; who waits for its end only wants the end.
    this.work = result.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await result;
    } finally {
      this.current = undefined;
    }
  }
}
