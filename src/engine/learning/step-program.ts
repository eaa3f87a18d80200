/** One whole training step (forward, backward, clipping, AdamW) as one compiled program over flat state. */
import * as tf from '@tensorflow/tfjs-core';
import type { Program, ProgramArray, ProgramState } from '../../tfjs-onnx';
import type { Backend } from '../backends';
import { undecayedPositions, unflatten } from '../models';
import { adamW, type AdamWOptions, adamWScalars, type AdamWState } from './optimizer';
import type { DescentTask } from './task';

const SCALAR = { shape: [], dtype: 'float32' } as const;

export class StepProgram {
  readonly #scalars = {
    rate: new Float32Array(1),
    epsilon: new Float32Array(1),
    decay: new Float32Array(1),
  };

  private constructor(
    private readonly program: Program,
    private readonly options: AdamWOptions,
  ) {}

  /** `state` holds the tensors of `adamWSpecs`. */
  static async compile(
    backend: Backend,
    state: ProgramState,
    task: Pick<DescentTask, 'parameters' | 'inputs' | 'structure' | 'loss'>,
    options: AdamWOptions,
  ): Promise<StepProgram> {
    const undecayed = undecayedPositions(task.parameters);
    const program = await backend.compile({
      name: 'training step',
      inputs: { ...task.inputs, 'adamw.rate': SCALAR, 'adamw.epsilon': SCALAR, 'adamw.decay': SCALAR },
      state,
      ...(task.structure === undefined ? {} : { structure: structureOf(task, task.structure, options) }),
      trace: ({ inputs, state: tensors }) => {
        const present = tensors as AdamWState;
        const { value, grad } = tf.valueAndGrad((flat) =>
          task.loss(unflatten(task.parameters, flat), inputs),
        )(present.weights);
        const { next } = adamW(
          options,
          present,
          grad as tf.Tensor1D,
          {
            rate: inputs['adamw.rate'] as tf.Scalar,
            epsilon: inputs['adamw.epsilon'] as tf.Scalar,
            decay: inputs['adamw.decay'] as tf.Scalar,
          },
          undecayed,
        );
        return { outputs: { loss: value }, next };
      },
    });
    return new StepProgram(program, options);
  }

  /** Runs step `step` (from 0) and returns the batch's loss before the update. */
  async run(batch: Readonly<Record<string, ProgramArray>>, step: number, lr: number): Promise<number> {
    const { rate, epsilon, decay } = adamWScalars(this.options, lr, step + 1);
    this.#scalars.rate[0] = rate;
    this.#scalars.epsilon[0] = epsilon;
    this.#scalars.decay[0] = decay;
    const outputs = await this.program.run({
      ...batch,
      'adamw.rate': this.#scalars.rate,
      'adamw.epsilon': this.#scalars.epsilon,
      'adamw.decay': this.#scalars.decay,
    });
    return outputs['loss']?.data[0] ?? NaN;
  }

  dispose(): void {
    this.program.dispose();
  }
}

/** What the step closes over: the task's own structure, how weights lie in the flat vector, constants of the update. */
function structureOf(
  { parameters }: Pick<DescentTask, 'parameters'>,
  loss: string,
  options: AdamWOptions,
): string {
  return JSON.stringify({ loss, parameters: parameters.map(({ name, shape }) => [name, shape]), options });
}
