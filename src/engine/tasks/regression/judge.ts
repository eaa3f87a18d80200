/** What a regression says of a row: a number, and the interval in which the true one lies for nine rows of ten. */
import * as z from 'zod';
import { Verdict } from '../../../protocol';
import { LabError } from '../../../protocol/errors';
import type { NumberTarget } from '../../datasets';
import type { Judgement, Kept, Known, RowJudge } from '../row-task';
import { halfWidthAt, type IntervalCurve } from './interval';

/** What training keeps beside the target: the interval of each row, and that of every row where there is none. */
const Intervals = z.object({
  intervalHalfWidth: z.number().optional(),
  interval: z
    .object({ at: z.array(z.number()).min(1), halfWidth: z.array(z.number()).min(1) })
    .refine(({ at, halfWidth }) => at.length === halfWidth.length, 'as many places as half-widths')
    .optional(),
});

export class NumberJudge implements RowJudge {
  readonly columns: readonly string[];
  readonly #curve: IntervalCurve | undefined;
  readonly #everywhere: number;

  /** LabError('damaged') where what was kept is no interval. */
  constructor(
    private readonly target: NumberTarget,
    kept: Kept,
  ) {
    const stored = Intervals.safeParse(kept);
    if (!stored.success) {
      throw new LabError('damaged', `The stored interval is damaged: ${z.prettifyError(stored.error)}`, {
        advice: 'Train the model again.',
      });
    }
    this.#curve = stored.data.interval;
    this.#everywhere = stored.data.intervalHalfWidth ?? Number.NaN;
    this.columns = this.#hasInterval ? ['prediction', 'low', 'high'] : ['prediction'];
  }

  /** Right is what lies inside the row's interval. */
  judge(outputs: Float32Array, { original }: Known, judgement: Judgement): void {
    const value = this.#decode(outputs);
    const half = this.#halfWidth(value);
    // Beyond the interval: positive. NaN without a label, and where the interval is not known.
    const beyond = Math.abs(value - original) - half;
    judgement.classIndex = -1;
    judgement.confidence = half;
    judgement.value = value;
    judgement.halfWidth = half;
    judgement.verdict = Number.isNaN(beyond)
      ? Verdict.unlabelled
      : beyond <= 0
        ? Verdict.right
        : Verdict.wrong;
  }

  describe(outputs: Float32Array, { original }: Known) {
    const value = this.#decode(outputs);
    const half = this.#halfWidth(value);
    const residual = original - value;
    return {
      value,
      interval: Number.isNaN(half) ? undefined : ([value - half, value + half] as const),
      residual: Number.isNaN(residual) ? undefined : residual,
      years: this.target.years,
    };
  }

  cells(outputs: Float32Array): readonly string[] {
    const value = this.#decode(outputs);
    if (!this.#hasInterval) return [written(value)];
    const half = this.#halfWidth(value);
    return [written(value), written(value - half), written(value + half)];
  }

  get #hasInterval(): boolean {
    return this.#curve !== undefined || !Number.isNaN(this.#everywhere);
  }

  #decode(outputs: Float32Array): number {
    return this.target.decode(outputs[0] as number);
  }

  /** Half of the 90 % interval of a row of which `value` is predicted, in the target's units; or NaN. */
  #halfWidth(value: number): number {
    return this.#curve === undefined ? this.#everywhere : halfWidthAt(this.#curve, value);
  }
}

/** Seven significant digits: what a float32 holds. */
function written(value: number): string {
  return String(Number(value.toPrecision(7)));
}
