/** A trained model as it lies in a run's folder: what `learning` leaves behind and `inference`, `generation` take up. */
import type { Experiment, RunFile } from '../../protocol';

/** One weight tensor, row-major. */
export interface WeightTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** `preprocess.json`: how raw cells or characters become numbers. `encoder` and `target` are the datasets room's JSON. */
export type Preprocess =
  | {
      readonly version: 1;
      readonly kind: 'table';
      readonly encoder: unknown;
      readonly target: unknown;
      /** What the task keeps beside the target, which it checks itself. */
      readonly [kept: string]: unknown;
    }
  | { readonly version: 1; readonly kind: 'text'; readonly vocabulary: unknown };

/** Which rows of the dataset were learnt from, by the datasets room's row keys. */
export interface RowParts {
  readonly training: Float64Array;
  readonly validation: Float64Array;
}

export interface SavedModel {
  readonly runFolder: string;
  readonly run: RunFile;
  readonly experiment: Experiment;
  /** By parameter name, in the order that the family declares. */
  readonly weights: ReadonlyMap<string, WeightTensor>;
  readonly preprocess: Preprocess;
  readonly rowParts?: RowParts | undefined;
}
