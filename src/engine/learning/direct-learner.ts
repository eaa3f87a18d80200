/** Learning directly: a fit by counting or solving, slice by slice, each of which is a step of the training. */
import type { ProgramState } from '../../tfjs-onnx';
import type { Backend } from '../backends';
import type { DirectFit } from '../models';
import {
  type Learner,
  type LearnerTensors,
  type LearningWay,
  type OwnTensors,
  weightsState,
} from './learner';

/** `fit` as a family has it, with the request filled in. */
export type BeginFit = (from?: Readonly<Record<string, Float64Array>>) => DirectFit;

/** Names of the fit's own arrays in a checkpoint begin so: they cannot meet those of the loop. */
const PREFIX = 'fit.';

export function directly(parameters: number, begin: BeginFit): LearningWay {
  return {
    keeps: 'last',
    patience: 0,
    remedy: 'Exclude columns with extreme values, or choose another model family.',
    open: (backend, from) => Promise.resolve(new DirectLearner(backend, begin(fitState(from?.own)))),
    owns: ({ weights, own }) => weights.length === parameters && isAlike(own, named(begin().state())),
  };
}

class DirectLearner implements Learner {
  readonly state: ProgramState;

  constructor(
    backend: Backend,
    private readonly fit: DirectFit,
  ) {
    this.state = weightsState(backend, fit.weights());
  }

  step(step: number): Promise<undefined> {
    this.fit.slice(step);
    return Promise.resolve(undefined);
  }

  rate(): undefined {
    return undefined;
  }

  present(): void {
    this.state.write('weights', this.fit.weights());
  }

  tensors(): LearnerTensors {
    const state = Object.entries(this.fit.state()).map(([name, values]) => [name, values.slice()] as const);
    return { weights: this.fit.weights(), own: named(Object.fromEntries(state)) };
  }

  dispose(): void {
    this.state.dispose();
  }
}

function named(state: Readonly<Record<string, Float64Array>>): OwnTensors {
  return Object.fromEntries(Object.entries(state).map(([name, values]) => [PREFIX + name, values]));
}

function fitState(own: OwnTensors | undefined): Readonly<Record<string, Float64Array>> | undefined {
  if (own === undefined) return undefined;
  const arrays = Object.entries(own).flatMap(([name, values]) =>
    values instanceof Float64Array ? [[name.slice(PREFIX.length), values] as const] : [],
  );
  return Object.fromEntries(arrays);
}

function isAlike(own: OwnTensors, expected: OwnTensors): boolean {
  const names = Object.keys(expected);
  return (
    Object.keys(own).length === names.length &&
    names.every((name) => own[name] instanceof Float64Array && own[name].length === expected[name]?.length)
  );
}
