/**
 * Batches, epochs and rates that suit a number of rows.
 *
 * The thinking: some dozens of batches an epoch give a gradient that is neither noisy nor rare; two or three thousand
 * steps suffice for small models; the learning rate grows with the square root of the batch; text columns are wide,
 * sparse and nearly linear.
 */

/** Power of two near a 64th of the rows. */
export function tableBatch(rows: number): number {
  return powerOfTwo(rows / 64, 16, 512);
}

/** Rows of text are wide: smaller batches keep a step short. */
export function textBatch(rows: number): number {
  return powerOfTwo(rows / 64, 16, 64);
}

/** Epochs that make about `steps` steps. */
export function epochsFor(rows: number, batch: number, steps: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.round((steps * batch) / Math.max(rows, batch))));
}

/** The rate that suits batches of 32, scaled by the square root of the batch within a factor of four. */
export function scaledRate(rate: number, batch: number): number {
  const factor = Math.min(4, Math.max(0.5, Math.sqrt(batch / 32)));
  return Number((rate * factor).toPrecision(2));
}

function powerOfTwo(wanted: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, 2 ** Math.round(Math.log2(Math.max(1, wanted)))));
}
