// @ts-check
/** Files for two of the README's pictures: one that has to be read with care, and one with a column that tells too much. */
import { makeChance, toCsv } from './random.mjs';

/** As a German bakery's till exports it: a title, semicolons, decimal commas, windows-1252. @param {number} rows */
export function bakeryTable(rows) {
  const chance = makeChance(41);
  const lines = Array.from({ length: rows }, () => {
    const kind = chance.pick(['Brötchen', 'Käsekuchen', 'Rüblitorte', 'Laugenstange']);
    const price = (kind === 'Brötchen' ? 0.6 : kind === 'Laugenstange' ? 1.2 : 3.8) + chance.uniform() * 0.4;
    const pieces = chance.whole(1, 40);
    return [kind, pieces, price, pieces * price].map((cell) =>
      typeof cell === 'number' && !Number.isInteger(cell) ? cell.toFixed(2).replace('.', ',') : String(cell),
    );
  });
  const text = ['Kassenbericht Bäckerei Möller', '', 'Gebäck;Stück;Preis;Umsatz', ...lines.map((cells) => cells.join(';'))];
  return Buffer.from(`${text.join('\r\n')}\r\n`, 'latin1');
}

/** Loans, and what was done after they had failed. @param {number} rows */
export function loanTable(rows) {
  const chance = makeChance(42);
  const lines = Array.from({ length: rows }, () => {
    const income = chance.whole(18, 90);
    const age = chance.whole(20, 70);
    const months = chance.whole(6, 72);
    const failed = chance.chance(1 / (1 + Math.exp(0.06 * (income - 40) - 0.02 * (months - 30))));
    return [income, age, months, chance.pick(['car', 'home', 'study']), failed ? chance.whole(1, 9) : 0, failed ? 'yes' : 'no'];
  });
  return toCsv([['income', 'age', 'months', 'purpose', 'reminders_sent', 'defaulted'], ...lines]);
}
