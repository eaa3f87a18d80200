/** How people write numbers: a cell taken apart into sign, digits, magnitude and unit, before its signs are given a meaning. */

/** A cell that could be a number. */
export interface NumberText {
  readonly negative: boolean;
  /** Digits with the signs between them as written, apostrophes and blanks made alike: `1.234,50`, `1 250`, `1'000`. */
  readonly digits: string;
  /** Power of ten, e.g. -3 of `2e-3`. */
  readonly exponent: number;
  /** 1000 for `k`, 1 for none. */
  readonly factor: number;
  /** `€`, `%`, `km`; empty for none. */
  readonly unit: string;
}

const LONGEST = 60;
const LONGEST_UNIT = 12;
const BLANKS = /[\u00a0\u2007\u2009\u202f]/gu;
const MINUS_SIGNS = /[\u2010-\u2015\u2212\ufe63\uff0d]/gu;
const APOSTROPHES = /[\u2019\u02bc\u00b4`]/gu;
/** Digits, each sign between two of them; a point or comma may begin or end them. */
const DIGITS = /[.,]?\d(?:[.,' ]?\d)*/u;
const EXPONENT = /^e([+-]?\d{1,4})(?![\d.])/iu;

const CURRENCY_WORDS: Readonly<Record<string, string>> = {
  eur: '€',
  euro: '€',
  euros: '€',
  usd: '$',
  us$: '$',
  dollars: '$',
  gbp: '£',
  jpy: '¥',
  inr: '₹',
  rs: '₹',
  'rs.': '₹',
};
const CURRENCY =
  /^(?:[€$£¥₹₽₩₺₫₪฿₴₦¢₱]|(?:us|a|c|au|ca|hk|nz|s|r)\$|eur|euros?|usd|dollars|gbp|chf|jpy|cny|rmb|inr|sek|nok|dkk|pln|czk|huf|ron|bgn|try|rub|brl|mxn|cad|aud|nzd|zar|krw|sgd|hkd|ils|aed|sar|thb|idr|myr|php|vnd|uah|kr\.?|zł|kč|ft|s?fr\.?|rs\.?|rm|lei|лв\.?|руб\.?)$/iu;
const UNIT = new RegExp(
  '^(?:%|‰|°|°c|°f|℃|℉|c|f|' +
    'nm|µm|μm|mm|cm|dm|m|km|in|ft|yd|mi|mile|miles|"|\'|' +
    'mm2|cm2|m2|km2|mm²|cm²|m²|km²|ha|qm|sqm|sqft|sq|ft2|ft²|acres?|m3|m³|cm3|cm³|' +
    'µg|μg|mg|g|dag|kg|t|lb|lbs|oz|st|ml|cl|dl|l|gal|cc|' +
    'ns|µs|μs|ms|s|sec|secs|min|mins|h|hr|hrs|d|days?|wk|weeks?|mo|months?|y|yrs?|years?|' +
    'kmh|km/h|kph|mph|m/s|kn|kmpl|mpg|l/100km|' +
    'w|kw|mw|gw|wh|kwh|mwh|v|kv|mv|ma|ah|mah|hz|khz|mhz|ghz|db|bar|mbar|pa|hpa|kpa|mpa|psi|j|kj|cal|kcal|hp|bhp|ps|nm|rpm|' +
    'kb|mb|gb|tb|kib|mib|gib|px|pt|ppm|ppb|mmhg|mg/dl|mmol/l|bpm|st|nd|rd|th|x|pcs|stk)$',
  'iu',
);
/** Letters whose case matters come first: a million is no metre. */
const MAGNITUDES: readonly (readonly [RegExp, number])[] = [
  [/^(?:k|K|tsd\.?|thousand)$/u, 1e3],
  [/^(?:lakhs?|Lakhs?)$/u, 1e5],
  [/^(?:M|MM|mn|Mn|mln\.?|Mln\.?|mio\.?|Mio\.?|MIO|million|Million|millions)$/u, 1e6],
  [/^(?:crores?|Crores?|Cr)$/u, 1e7],
  [/^(?:B|bn|Bn|BN|mrd\.?|Mrd\.?|MRD|billion|Billion|billions)$/u, 1e9],
  [/^(?:tn|Tn|trillion|Trillion)$/u, 1e12],
];

/** Takes a cell apart; undefined for what is no number with at most a sign, a magnitude and a unit. Linear in its length. */
export function dissect(cell: string): NumberText | undefined {
  if (cell.length > LONGEST) return undefined;
  let text = cell.replace(BLANKS, ' ').replace(MINUS_SIGNS, '-').replace(APOSTROPHES, "'").trim();
  let negative = false;
  if (text.startsWith('(') && text.endsWith(')')) {
    negative = true;
    text = text.slice(1, -1).trim();
  }
  const found = DIGITS.exec(text);
  if (found === null) return undefined;
  const front = frontOf(text.slice(0, found.index));
  if (front === undefined || (front.negative && negative)) return undefined;
  let rest = text.slice(found.index + found[0].length);
  const power = EXPONENT.exec(rest);
  if (power !== null) rest = rest.slice(power[0].length);
  const back = backOf(rest, front.unit !== '');
  if (back === undefined || (back.negative && (negative || front.negative))) return undefined;
  if (front.unit !== '' && back.unit !== '' && front.unit !== back.unit) return undefined;
  return {
    negative: negative || front.negative || back.negative,
    digits: found[0],
    exponent: power === null ? 0 : Number(power[1]),
    factor: back.factor,
    unit: front.unit || back.unit,
  };
}

/** What stands before the digits: a sign, a currency, both in either order. */
function frontOf(front: string): { negative: boolean; unit: string } | undefined {
  let text = front.trim();
  if (text === '') return { negative: false, unit: '' };
  let sign = '';
  if (/^[+-]/u.test(text)) {
    sign = text.charAt(0);
    text = text.slice(1).trim();
  } else if (/[+-]$/u.test(text)) {
    sign = text.slice(-1);
    text = text.slice(0, -1).trim();
  }
  if (text !== '' && !CURRENCY.test(text)) return undefined;
  return { negative: sign === '-', unit: currencyOf(text) };
}

/** What stands behind the digits: a magnitude, a unit, a minus, a plus (`1,000+`), or a mark for no cents (`5.-`). */
function backOf(
  back: string,
  money: boolean,
): { negative: boolean; factor: number; unit: string } | undefined {
  const spaced = back.startsWith(' ');
  let text = back.trim();
  if (text === '' || text === '+' || text === '.' || /^[.,]-{1,2}$/u.test(text))
    return { negative: false, factor: 1, unit: '' };
  if (text === '-') return { negative: true, factor: 1, unit: '' };
  if (text.endsWith('+')) text = text.slice(0, -1).trim();
  const [first = '', ...others] = text.split(/\s+/u);
  const factor = magnitudeOf(first, money || others.length > 0);
  const unit = factor === undefined ? text : others.join(' ');
  if (unit === '') return { negative: false, factor: factor ?? 1, unit: '' };
  if (CURRENCY.test(unit)) return { negative: false, factor: factor ?? 1, unit: currencyOf(unit) };
  if (UNIT.test(unit)) return { negative: false, factor: factor ?? 1, unit: unit.toLowerCase() };
  if (!spaced || unit.length > LONGEST_UNIT || /[\d,;:=]/u.test(unit) || unit.split(' ').length > 2)
    return undefined;
  return { negative: false, factor: factor ?? 1, unit: unit.toLowerCase() };
}

function magnitudeOf(word: string, money: boolean): number | undefined {
  if (money && (word === 'm' || word === 'T' || word === 't')) return word === 'm' ? 1e6 : undefined;
  return MAGNITUDES.find(([pattern]) => pattern.test(word))?.[1];
}

function currencyOf(text: string): string {
  const lower = text.toLowerCase();
  return CURRENCY_WORDS[lower] ?? lower;
}
