/** How fast a model judges: single rows one after the other, then many at once. */
import type { InferenceMeasure } from '../../protocol/marks';
import { LabError } from '../../protocol/errors';
import { RowShape, type Table } from '../datasets';
import type { Predictor } from './predictor';

const singleRuns = 300;
const warmUps = 20;
/** Rows of the batch; tables with fewer are repeated. */
const batch = 2000;

/** Encoding included, as when someone types. LabError('dataset') without a row that can be predicted. */
export async function measureInference(predictor: Predictor, table: Table): Promise<InferenceMeasure> {
  const { encoder } = predictor;
  const usable = Uint32Array.from({ length: table.rows }, (_, row) => row).filter(
    (row) => table.shape[row] === RowShape.whole,
  );
  if (usable.length === 0) {
    throw new LabError('dataset', 'There is no row to measure with.', { place: { path: table.path } });
  }
  const at = (index: number) => usable[index % usable.length] as number;
  const times: number[] = [];
  for (let run = -warmUps; run < singleRuns; run++) {
    const began = performance.now();
    await predictor.predict(encoder.encode(table, Uint32Array.of(at(run + warmUps))));
    if (run >= 0) times.push(performance.now() - began);
  }
  const rows = Uint32Array.from({ length: batch }, (_, index) => at(index));
  await predictor.predict(encoder.encode(table, rows));
  const began = performance.now();
  await predictor.predict(encoder.encode(table, rows));
  const seconds = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  const percentile = (share: number) => times[Math.ceil(share * times.length) - 1] as number;
  return {
    p50Ms: percentile(0.5),
    p95Ms: percentile(0.95),
    rowsPerSecond: batch / seconds,
    modelBytes: predictor.modelBytes,
    parameters: predictor.parameters,
  };
}
