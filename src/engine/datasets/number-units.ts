/** What stands before and behind the digits of a number: currencies, magnitudes, units, and which units convert. */

const LONGEST_UNIT = 12;
/** Stands for a unit where years are written as `(1994)`; beside other numbers brackets are a minus. */
export const BRACKETS = '()';

const CURRENCY_WORDS: Readonly<Record<string, string>> = {
  eur: '€',
  euro: '€',
  euros: '€',
  usd: '$',
  us$: '$',
  dollars: '$',
  gbp: '£',
  jpy: '¥',
  円: '¥',
  元: '¥',
  원: '₩',
  krw: '₩',
  inr: '₹',
  rs: '₹',
  'rs.': '₹',
};
const CURRENCY =
  /^(?:[€$£¥₹₽₩₺₫₪฿₴₦¢₱円元원]|(?:us|a|c|au|ca|hk|nt|nz|s|r)\$|eur|euros?|usd|dollars|gbp|chf|jpy|cny|rmb|inr|sek|nok|dkk|pln|czk|huf|ron|bgn|try|rub|brl|mxn|cad|aud|nzd|zar|krw|sgd|hkd|ils|aed|sar|thb|idr|myr|php|vnd|uah|kr\.?|zł|kč|ft|s?fr\.?|rs\.?|rm|lei|лв\.?|руб\.?)$/iu;
const UNIT = new RegExp(
  '^(?:%|‰|°|°c|°f|℃|℉|c|f|n|e|' +
    'nm|µm|μm|mm|cm|dm|m|km|in|ft|yd|mi|mile|miles|"|\'|' +
    'mm2|cm2|m2|km2|mm²|cm²|m²|km²|㎡|ha|qm|sqm|sqft|sq|ft2|ft²|acres?|m3|m³|cm3|cm³|' +
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
  [/^(?:lakhs?|Lakhs?|lacs?|Lacs?)$/u, 1e5],
  [/^(?:M|MM|mn|Mn|mln\.?|Mln\.?|mio\.?|Mio\.?|MIO|million|Million|millions)$/u, 1e6],
  [/^(?:crores?|Crores?|Cr)$/u, 1e7],
  [/^(?:B|bn|Bn|BN|mrd\.?|Mrd\.?|MRD|billion|Billion|billions)$/u, 1e9],
  [/^(?:tn|Tn|trillion|Trillion)$/u, 1e12],
];
/** Chinese, Japanese and Korean write magnitude and counter without a blank: `3万円`, `20年`. */
const COUNTER = /^[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}㎡/]{1,6}$/u;
const COUNTED: Readonly<Record<string, number>> = {
  千: 1e3,
  천: 1e3,
  万: 1e4,
  萬: 1e4,
  만: 1e4,
  亿: 1e8,
  億: 1e8,
  억: 1e8,
};

export function isCurrency(text: string): boolean {
  return CURRENCY.test(text);
}

/** The sign of a currency for its code, any other in small letters. */
export function currencyOf(text: string): string {
  const lower = text.toLowerCase();
  return CURRENCY_WORDS[lower] ?? lower;
}

/** What a text behind digits does to them; undefined where it is neither magnitude nor unit. `money`: a currency stands before. */
export function quantityOf(
  text: string,
  money: boolean,
  spaced: boolean,
): { readonly factor: number; readonly unit: string } | undefined {
  if (text > '\u1100' && COUNTER.test(text)) return counted(text);
  const [first = '', ...others] = text.split(/\s+/u);
  const magnitude = magnitudeOf(first, money || others.length > 0);
  const factor = magnitude ?? 1;
  const unit = magnitude === undefined ? text : others.join(' ');
  if (unit === '') return { factor, unit: '' };
  if (CURRENCY.test(unit)) return { factor, unit: currencyOf(unit) };
  if (UNIT.test(unit)) return { factor, unit: unit.toLowerCase() };
  if (money && /^\/\s?\p{L}{1,10}$/u.test(unit)) return { factor, unit: unit.toLowerCase() };
  if (!spaced || unit.length > LONGEST_UNIT || /[\d,;:=]/u.test(unit) || unit.split(' ').length > 2)
    return undefined;
  return { factor, unit: unit.toLowerCase() };
}

function magnitudeOf(word: string, money: boolean): number | undefined {
  if (money && word === 'm') return 1e6;
  return MAGNITUDES.find(([pattern]) => pattern.test(word))?.[1];
}

function counted(text: string): { factor: number; unit: string } {
  const magnitude = COUNTED[text.charAt(0)];
  const unit = magnitude === undefined ? text : text.slice(1);
  return { factor: magnitude ?? 1, unit: currencyOf(unit) };
}

/** Units of one kind by their size. `m` is a metre or a minute: what it stands beside tells. */
const FAMILIES: readonly Readonly<Record<string, number>>[] = [
  {
    ...{ ns: 1e-9, µs: 1e-6, μs: 1e-6, ms: 1e-3, s: 1, sec: 1, secs: 1, second: 1, seconds: 1 },
    ...{ m: 60, min: 60, mins: 60, minute: 60, minutes: 60, h: 3600, hr: 3600, hrs: 3600, hour: 3600 },
    ...{ hours: 3600, 'std.': 3600, std: 3600, stunden: 3600, d: 86_400, day: 86_400, days: 86_400 },
    ...{ wk: 604_800, week: 604_800, weeks: 604_800 },
  },
  { mo: 1, mos: 1, month: 1, months: 1, y: 12, yr: 12, yrs: 12, year: 12, years: 12 },
  {
    ...{ nm: 1e-9, µm: 1e-6, μm: 1e-6, mm: 1e-3, cm: 1e-2, dm: 0.1, m: 1, km: 1e3 },
    ...{ in: 0.0254, '"': 0.0254, ft: 0.3048, "'": 0.3048, yd: 0.9144, mi: 1609.344, mile: 1609.344 },
    ...{ miles: 1609.344 },
  },
  {
    ...{ µg: 1e-6, μg: 1e-6, mg: 1e-3, g: 1, dag: 10, kg: 1e3, t: 1e6 },
    ...{ oz: 28.349_523_125, lb: 453.592_37, lbs: 453.592_37 },
  },
  { ml: 1e-3, cl: 1e-2, dl: 0.1, l: 1 },
  { kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12, kib: 1024, mib: 1024 ** 2, gib: 1024 ** 3 },
  { hz: 1, khz: 1e3, mhz: 1e6, ghz: 1e9 },
  { wh: 1, kwh: 1e3 },
  // Degrees of latitude and of longitude.
  { n: 1, s: -1 },
  { e: 1, w: -1 },
  { st: 1, nd: 1, rd: 1, th: 1 },
  { '°': 1, n: 1 },
  { '°': 1, e: 1 },
];

/** How many `to` one `from` is; undefined where they measure different things. */
export function conversion(from: string, to: string): number | undefined {
  if (from === to) return 1;
  for (const family of FAMILIES) {
    const [size, whole] = [family[from], family[to]];
    if (size !== undefined && whole !== undefined) return size / whole;
  }
  return singular(from) === singular(to) ? 1 : undefined;
}

function singular(unit: string): string {
  return unit.length > 3 && unit.endsWith('s') ? unit.slice(0, -1) : unit;
}

/** The units of a column's numbers: the commonest is the column's, others are converted to it. */
export class UnitCounts {
  /** By unit: how many numbers have it, and the first of them. */
  readonly #units = new Map<string, { rows: number; first: string; parted: boolean }>();

  add(number: { readonly unit: string; readonly value?: number }, text: string): void {
    const known = this.#units.get(number.unit);
    if (known === undefined)
      this.#units.set(number.unit, { rows: 1, first: text, parted: number.value !== undefined });
    else known.rows++;
  }

  get none(): boolean {
    return this.#units.size === 0;
  }

  commonestFirst(): string[] {
    const plain = this.#units.has('');
    const named = [...this.#units].filter(([unit]) => unit !== '' && !(plain && unit === BRACKETS));
    return named.sort((a, b) => b[1].rows - a[1].rows).map(([unit]) => unit);
  }

  /** A number that is not written in `unit`, or in several parts; undefined without any. */
  converted(unit: string): string | undefined {
    for (const [name, { first, parted }] of this.#units) {
      const size = conversion(name, unit);
      if (name === '' || size === undefined) continue;
      if (parted || name === BRACKETS || size !== 1) return first;
    }
    return undefined;
  }
}
