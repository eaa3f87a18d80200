/** Learning by gradients: one compiled step of AdamW after the other. */
import type { ProgramState } from '../../tfjs-onnx';
import type { Backend } from '../backends';
import { initialWeights, parameterCount } from '../models';
import type { DescentSettings, Learner, LearnerTensors, LearningWay } from './learner';
import { adamWSpecs } from './optimizer';
import { learningRate } from './schedule';
import { StepProgram } from './step-program';
import type { DescentTask } from './task';

export function byGradients(task: DescentTask, settings: DescentSettings): LearningWay {
  return {
    descent: { task, settings },
    keeps: 'best',
    patience: settings.patience,
    remedy: 'Lower the learning rate, for example to a third.',
    open: (backend, from) => DescentLearner.open(backend, task, settings, from),
    owns: ({ weights, own: { gradientSum, squareSum } }) => {
      const parameters = parameterCount(task.parameters);
      return [weights, gradientSum, squareSum].every(
        (tensor) => tensor instanceof Float32Array && tensor.length === parameters,
      );
    },
  };
}

class DescentLearner implements Learner {
  private constructor(
    readonly state: ProgramState,
    private readonly program: StepProgram,
    private readonly task: DescentTask,
    private readonly settings: DescentSettings,
  ) {}

  static async open(
    backend: Backend,
    task: DescentTask,
    settings: DescentSettings,
    from: LearnerTensors | undefined,
  ): Promise<DescentLearner> {
    const state = backend.createState(adamWSpecs(parameterCount(task.parameters)), {
      weights: from?.weights ?? initialWeights(task.parameters, settings.seed),
      ...from?.own,
    });
    try {
      const program = await StepProgram.compile(backend, state, task, settings.optimizer);
      return new DescentLearner(state, program, task, settings);
    } catch (error) {
      state.dispose();
      throw error;
    }
  }

  step(step: number): Promise<number> {
    return this.program.run(this.task.batch(step), step, this.rate(step));
  }

  rate(step: number): number {
    return learningRate({ ...this.settings, steps: this.task.steps }, step);
  }

  /** The compiled step leaves its weights in the state. */
  present(): void {
    // Nothing is to be done.
  }

  tensors(): LearnerTensors {
    const read = (name: string): Float32Array => this.state.read(name) as Float32Array;
    return {
      weights: read('weights'),
      own: { gradientSum: read('gradientSum'), squareSum: read('squareSum') },
    };
  }

  dispose(): void {
    this.program.dispose();
    this.state.dispose();
  }
}
