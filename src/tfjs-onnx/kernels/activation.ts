/** The activations that TensorFlow.js' fused kernels end with. */
import * as emit from '../graph/emit';
import type { Graph } from '../graph/graph';
import type { Value } from '../graph/values';

export interface Activation {
  readonly activation: string;
  readonly leakyreluAlpha?: number | undefined;
}

const PLAIN: Readonly<Record<string, string>> = { relu: 'Relu', elu: 'Elu', sigmoid: 'Sigmoid' };

/** Applies a fused kernel's activation; `slopes` are the weights of prelu, which broadcast. */
export function activate(
  g: Graph,
  x: Value,
  { activation, leakyreluAlpha }: Activation,
  slopes?: Value,
): Value {
  const op = PLAIN[activation];
  if (op !== undefined) return emit.unary(g, op, x);
  switch (activation) {
    case 'linear':
      return x;
    case 'relu6':
      return g.node('Clip', [x, g.scalar(0), g.scalar(6)], x);
    case 'leakyrelu':
      return emit.unary(g, 'LeakyRelu', x, { alpha: { float: leakyreluAlpha ?? 0.2 } });
    case 'prelu': {
      if (!slopes) throw new Error('the activation "prelu" needs its weights');
      const positive = emit.binary(g, 'Greater', x, g.scalar(0), 'bool');
      return emit.where(g, positive, x, emit.mul(g, x, slopes));
    }
    default:
      throw new Error(`the fused activation "${activation}" has no lowering; apply it apart`);
  }
}
