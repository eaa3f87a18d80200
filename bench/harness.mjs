// @ts-check
/** What every benchmark shares: contestants measured in turns, medians, ratios, one JSON line per result. */

/**
 * @typedef {object} Contestant
 * @property {string} engine
 * @property {() => Promise<number[]>} measure one turn: a few measurements
 * @property {number} [turns] fewer turns than the others, for slow ones
 */

/**
 * @typedef {object} Result
 * @property {string} bench
 * @property {string} case
 * @property {string} engine
 * @property {number} median
 * @property {string} unit
 * @property {number} min
 * @property {number} max
 * @property {number} runs
 */

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/**
 * Measures A B A B …, so that a busy moment of the machine meets all of them. The first turn warms up and does not
 * count (except for contestants with one turn).
 * @param {string} bench
 * @param {string} name
 * @param {string} unit
 * @param {readonly Contestant[]} contestants
 * @param {number} turns
 * @returns {Promise<Result[]>}
 */
export async function inTurns(bench, name, unit, contestants, turns) {
  /** @type {Map<Contestant, number[]>} */
  const values = new Map(contestants.map((contestant) => [contestant, []]));
  for (let turn = 0; turn <= turns; turn++) {
    for (const contestant of contestants) {
      const own = contestant.turns ?? turns;
      if (turn > own || (own === 1 && turn === 0)) continue;
      const measured = await contestant.measure();
      if (turn > 0) values.get(contestant)?.push(...measured);
    }
  }
  return contestants.map((contestant) => {
    const all = values.get(contestant) ?? [];
    return {
      bench,
      case: name,
      engine: contestant.engine,
      median: median(all),
      unit,
      min: Math.min(...all),
      max: Math.max(...all),
      runs: all.length,
    };
  });
}

/**
 * Prints results: a table with the ratio to the first engine, or one JSON line each.
 * @param {readonly Result[]} results
 * @param {boolean} json
 */
export function report(results, json) {
  if (json) {
    for (const result of results) console.log(JSON.stringify(result));
    return;
  }
  const [first] = results;
  if (!first) return;
  console.log(`\n${first.bench}: ${first.case}`);
  const faster = first.unit.endsWith('/s');
  for (const { engine, median: middle, unit, min, max, runs } of results) {
    const ratio = faster ? first.median / middle : middle / first.median;
    const versus = engine === first.engine ? '' : `  ${first.engine} is ${ratio.toFixed(2)} times as fast`;
    console.log(
      `  ${engine.padEnd(28)} ${middle.toPrecision(4).padStart(8)} ${unit}` +
        ` (${min.toPrecision(3)} to ${max.toPrecision(3)}, ${String(runs)} runs)${versus}`,
    );
  }
}
