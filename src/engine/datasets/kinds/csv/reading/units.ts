/** Whether the line below the header holds units of measurement. */
import type { Scan } from '../scanner';
import { isMissingText } from '../../../values';
import { kindAt, textAt } from './cell-at';
import { CellKind } from './cell-kind';
import { cellCount } from './dialect';

const PROBED_ROWS = 50;
const BRACKETED = /^(?:\[[^\]]{0,20}\]|\([^)]{0,20}\)|<[^>]{0,20}>|\{[^}]{0,20}\})$/u;
const UNITS = new RegExp(
  '^(?:[µumcdhkMGTn]?(?:m|g|s|A|V|W|J|N|Pa|Hz|K|mol|L|l|bar|B|Wh|eV|Ω|F|T)(?:[²³23]|\\^-?\\d)?|kg|t|h|d|min|sec|hrs?|hours?|days?|years?|yrs?|a|ms|°|°C|°F|degC|degF|deg|degrees|rad|' +
    '%|percent|pct|ppm|ppb|dB|lx|lm|cd|px|in|inch|ft|mi|mph|kmh|km/h|m/s|lb|lbs|oz|psi|mmHg|kcal|cal|rpm|' +
    'EUR|USD|GBP|CHF|JPY|€|\\$|£|-|n/a|none|text|string|unit|count|#)' +
    '(?:[/·*](?:[µumcdhk]?(?:m|g|s|l|L|mol|h)|min|kg|K|°C|day|year)(?:[²³23]|\\^-?\\d)?)?$',
  'u',
);

/** Words that are units, in brackets or known as such, above columns of numbers; nothing else above other columns. */
export function isUnitsRow(bytes: Uint8Array, found: Scan, record: number): boolean {
  const from = found.firstCell[record] as number;
  const width = cellCount(found.firstCell, record);
  let units = 0;
  for (let column = 0; column < Math.min(width, 200); column++) {
    const text = textAt(bytes, found, from + column);
    if (text === '') continue;
    const bracketed = BRACKETED.test(text);
    if (!bracketed && !UNITS.test(text)) return false;
    const numeric = isNumeric(bytes, found, record, column);
    // A dash below a name is a value as well as the unit of what has none.
    if (numeric) units++;
    else if (
      !bracketed &&
      !isMissingText(text) &&
      text !== '-' &&
      comesAgain(bytes, found, record, column, text)
    ) {
      return false;
    }
  }
  return units > 0;
}

function isNumeric(bytes: Uint8Array, found: Scan, record: number, column: number): boolean {
  let numbers = 0;
  let others = 0;
  for (let row = record + 1; row < Math.min(found.records, record + PROBED_ROWS); row++) {
    if (column >= cellCount(found.firstCell, row)) continue;
    const cell = (found.firstCell[row] as number) + column;
    const kind = kindAt(bytes, found, cell);
    if (kind === CellKind.number) numbers++;
    else if (kind !== CellKind.empty) others++;
  }
  return numbers > 0 && numbers >= 4 * others;
}

function comesAgain(bytes: Uint8Array, found: Scan, record: number, column: number, text: string): boolean {
  for (let row = record + 1; row < Math.min(found.records, record + PROBED_ROWS); row++) {
    if (column >= cellCount(found.firstCell, row)) continue;
    if (textAt(bytes, found, (found.firstCell[row] as number) + column) === text) return true;
  }
  return false;
}
