// @ts-check
/** Made rows of twenty columns of every kind, the same on every machine. */
import { closeSync, openSync, writeSync } from 'node:fs';

const CITIES = ['Aachen', 'Bremen', 'Chemnitz', 'Dresden', 'Essen', 'Freiburg', 'Görlitz', 'Halle'];
const PLANS = ['basic', 'plus', 'family', 'business'];
const NUMBERS = 11;
const DAY = 86_400_000;

export const target = 'kept';

/**
 * Writes a CSV file: eleven measured numbers (one with gaps), three whole numbers, a date, a truth, three columns of words
 * and the target, which follows from some of them.
 * @param {string} path
 * @param {number} rows
 */
export function writeRows(path, rows) {
  const file = openSync(path, 'w');
  const names = Array.from({ length: NUMBERS }, (_, at) => `measure_${at}`);
  writeSync(file, `${names.join(',')},age,visits,amount,joined,active,city,plan,device,${target}\n`);
  const random = randomNumbers(7);
  /** @type {string[]} */
  let lines = [];
  for (let row = 0; row < rows; row++) {
    const numbers = Array.from({ length: NUMBERS }, () => random() * 20 - 10);
    const age = 18 + Math.floor(random() * 70);
    const visits = Math.floor(random() ** 3 * 400);
    const plan = PLANS[Math.floor(random() * PLANS.length)] ?? '';
    const day = new Date(Date.UTC(2015, 0, 1) + Math.floor(random() * 3000) * DAY).toISOString().slice(0, 10);
    const score = (numbers[0] ?? 0) + (numbers[1] ?? 0) * 0.5 + visits / 40 + (plan === 'family' ? 4 : 0);
    const cells = numbers.map((value, at) =>
      at === 3 && row % 11 === 0 ? '' : value.toFixed(at < 4 ? 3 : 6),
    );
    const words = [CITIES[Math.floor(random() * CITIES.length)], plan, `dev${Math.floor(random() * 40)}`];
    const kept = score + random() * 4 > 5 ? 'yes' : 'no';
    lines.push(
      `${cells.join(',')},${age},${visits},${Math.floor(random() * 1e6)},${day},${random() < 0.4},${words.join(',')},${kept}\n`,
    );
    if (lines.length === 10_000) {
      writeSync(file, lines.join(''));
      lines = [];
    }
  }
  writeSync(file, lines.join(''));
  closeSync(file);
}

/** mulberry32. @param {number} seed */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
