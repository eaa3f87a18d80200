// @ts-check
/** Repeatable chance for the sample files: the same seed gives the same files on every machine. */

/** @param {number} seed */
export function makeChance(seed) {
  let state = seed >>> 0;
  /** Uniform in [0, 1); mulberry32. */
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  /** Approximately normal: the sum of twelve uniforms is exact enough and the same everywhere. */
  const normal = (/** @type {number} */ mean, /** @type {number} */ deviation) => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += uniform();
    return mean + deviation * sum;
  };
  /** @template T @param {readonly T[]} items @returns {T} */
  const pick = (items) => /** @type {T} */ (items[Math.floor(uniform() * items.length)]);
  /** @template {string} T @param {Readonly<Partial<Record<T, number>>>} weights @returns {T} */
  const weighted = (weights) => {
    const entries = /** @type {[T, number][]} */ (Object.entries(weights));
    let left = uniform() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) {
      left -= weight;
      if (left < 0) return name;
    }
    return /** @type {[T, number]} */ (entries[entries.length - 1])[0];
  };
  const chance = (/** @type {number} */ probability) => uniform() < probability;
  const whole = (/** @type {number} */ from, /** @type {number} */ to) =>
    from + Math.floor(uniform() * (to - from + 1));
  return { uniform, normal, pick, weighted, chance, whole };
}

/** @typedef {ReturnType<typeof makeChance>} Chance */

/** @param {readonly (readonly (string | number)[])[]} rows */
export function toCsv(rows) {
  const cell = (/** @type {string | number} */ value) =>
    /[",\n]/u.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  return rows.map((row) => row.map(cell).join(',')).join('\n') + '\n';
}
