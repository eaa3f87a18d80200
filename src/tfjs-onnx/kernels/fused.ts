/** Kernels of our own, for the helpers in `ops/`: whole formulas that ONNX Runtime computes in one node or loop. */
import { lower } from './lowering';
import type { Lowering } from './lowering';
import { recurrent } from './recurrent';

export const fused = {
  ...recurrent,
  /** x `[rows, width]`, gain `[width]` -> normalised and scaled rows, their means and inverse deviations `[rows, 1]`. */
  LayerNormalization: lower<'x' | 'gain', { epsilon: number }>((g, { x, gain }, { epsilon }) => {
    const column = x.shape.map((dim, i) => (i === x.shape.length - 1 ? 1 : dim));
    return g.nodeOf(
      'LayerNormalization',
      [x, gain],
      [
        { shape: x.shape, dtype: 'float32' },
        { shape: column, dtype: 'float32' },
        { shape: column, dtype: 'float32' },
      ],
      { axis: -1, epsilon: { float: epsilon } },
    );
  }),
} satisfies Record<string, Lowering>;

export type FusedKernel = keyof typeof fused;
