/** What a classifier says of a row: the likeliest class with its probability. */
import { Verdict } from '../../../protocol';
import type { ClassTarget } from '../../datasets';
import { type Judgement, type Known, type RowJudge, UNLABELLED } from '../row-task';
import { softmax } from './softmax';

export class ClassJudge implements RowJudge {
  readonly columns: readonly string[];
  readonly #probabilities: Float64Array;

  constructor(private readonly target: ClassTarget) {
    this.columns = ['prediction', 'confidence', ...target.classes.map((name) => `probability of ${name}`)];
    this.#probabilities = new Float64Array(target.classes.length);
  }

  judge(outputs: Float32Array, { label }: Known, judgement: Judgement): void {
    const probabilities = this.#probabilities;
    softmax(outputs, probabilities);
    const best = likeliest(probabilities);
    judgement.classIndex = best;
    judgement.confidence = probabilities[best] as number;
    judgement.value = Number.NaN;
    judgement.halfWidth = Number.NaN;
    judgement.verdict =
      label === UNLABELLED ? Verdict.unlabelled : label === best ? Verdict.right : Verdict.wrong;
  }

  /** Every class, most likely first. */
  describe(outputs: Float32Array) {
    softmax(outputs, this.#probabilities);
    const probabilities = this.target.classes
      .map((name, index) => ({ name, probability: this.#probabilities[index] as number }))
      .sort((a, b) => b.probability - a.probability);
    return { probabilities };
  }

  cells(outputs: Float32Array): readonly string[] {
    softmax(outputs, this.#probabilities);
    const best = likeliest(this.#probabilities);
    return [
      this.target.decode(best),
      // Marks keep confidences in single precision; a file says the same.
      share(Math.fround(this.#probabilities[best] as number)),
      ...Array.from(this.#probabilities, share),
    ];
  }
}

function likeliest(probabilities: Float64Array): number {
  let best = 0;
  for (let k = 1; k < probabilities.length; k++)
    if ((probabilities[k] as number) > (probabilities[best] as number)) best = k;
  return best;
}

function share(probability: number): string {
  return String(Number(probability.toFixed(6)));
}
