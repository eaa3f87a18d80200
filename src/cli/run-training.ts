/** One training from start to end: its process, Ctrl-C, and going on after the process died. */
import { basename, resolve } from 'node:path';
import {
  CancelledError,
  ControlTraining,
  type ExperimentInput,
  LabError,
  ResumeTraining,
  Train,
  type TrainingResult,
  type TrainingSnapshot,
  WriteProfile,
} from '../protocol';
import type { EngineProcess } from '../protocol/client';
import type { Context } from './context';
import { onInterrupt } from './interrupt';
import { showTraining } from './training-progress';

/** A new training, or the folder of a run that goes on. */
export type TrainingRequest =
  | { readonly experiment: ExperimentInput; readonly runsFolder: string; readonly baseFolder: string }
  | { readonly runFolder: string };

/** How often a training goes on from its last checkpoint after its process died. */
const resumeLimit = 3;

/**
 * Trains to the end. Rejects with LabError as the engine threw it, and with CancelledError when Ctrl-C came before
 * anything was learnt. A Ctrl-C later stops the training well: its state is then `stopped`. `profile`: file for what
 * the engine did when.
 */
export async function runTraining(
  { engines, terminal }: Context,
  request: TrainingRequest,
  profile?: string,
): Promise<TrainingResult> {
  const progress = showTraining(terminal);
  let latest: TrainingSnapshot | undefined;
  let engine: EngineProcess | undefined;
  const interrupt = onInterrupt(
    () => {
      progress.tell('Stopping: the best weights are kept. Press Ctrl-C again to quit at once.');
      if (engine && latest) void stop(engine, (line) => progress.tell(line));
    },
    () => {
      progress.end();
      terminal.tell('Quit. "local-model-lab train --resume" goes on from the last checkpoint.');
      engines.kill();
    },
  );
  const onProgress = (snapshot: TrainingSnapshot) => {
    const first = latest === undefined;
    latest = snapshot;
    // Only the engine knows the checkpoint that it goes on from: run.json may be ahead of it, or behind.
    if (first && 'runFolder' in request) progress.tell(goingOn(snapshot));
    if (first && interrupt.signal.aborted && engine) void stop(engine, (line) => progress.tell(line));
    progress.show(snapshot);
  };

  try {
    let next = request;
    for (let resumed = 0; ; resumed++) {
      engine = await engines.learning();
      if (interrupt.signal.aborted && latest === undefined) throw new CancelledError();
      try {
        const result = await start(engine, next, onProgress);
        if (profile !== undefined) await engine.call(WriteProfile, { path: resolve(profile) });
        return result;
      } catch (thrown) {
        if (!canGoOn(thrown, latest, resumed) || interrupt.signal.aborted) throw thrown;
        progress.tell(
          `The engine process ended unexpectedly; going on from the last checkpoint (${resumed + 1} of ${resumeLimit}).`,
        );
        next = { runFolder: latest.runFolder };
      }
    }
  } finally {
    progress.end();
    interrupt.dispose();
  }
}

function goingOn({ runFolder, step, steps }: TrainingSnapshot): string {
  return `Going on with ${basename(runFolder)}, step ${step}${steps > 0 ? ` of ${steps}` : ''}.`;
}

function start(
  engine: EngineProcess,
  request: TrainingRequest,
  onProgress: (snapshot: TrainingSnapshot) => void,
): Promise<TrainingResult> {
  return 'runFolder' in request
    ? engine.call(ResumeTraining, request, { onProgress })
    : engine.call(Train, request, { onProgress });
}

function canGoOn(
  thrown: unknown,
  latest: TrainingSnapshot | undefined,
  resumed: number,
): latest is TrainingSnapshot {
  const gone = thrown instanceof LabError && thrown.code === 'engine-gone';
  return gone && latest !== undefined && resumed < resumeLimit;
}

async function stop(engine: EngineProcess, tell: (line: string) => void): Promise<void> {
  try {
    await engine.call(ControlTraining, { action: 'stop' });
  } catch (thrown) {
    tell(`The training could not be stopped: ${LabError.from(thrown).message}`);
  }
}
