/** The learning rate over the steps: a straight rise, then a cosine down to a floor (as in nanoGPT's train.py). */

export interface Schedule {
  /** The highest rate. */
  readonly lr: number;
  readonly steps: number;
  /** Share of all steps that the rise takes. */
  readonly warmup: number;
  /** The last rate as a share of the highest. */
  readonly floor: number;
}

/** The rate of step 0 … steps - 1. */
export function learningRate(schedule: Schedule, step: number): number {
  const { lr, steps, floor } = schedule;
  const rise = Math.round(schedule.warmup * steps);
  if (step < rise) return (lr * (step + 1)) / (rise + 1);
  const done = steps - rise <= 1 ? 0 : (step - rise) / (steps - 1 - rise);
  return lr * (floor + ((1 - floor) * (1 + Math.cos(Math.PI * Math.min(1, done)))) / 2);
}
