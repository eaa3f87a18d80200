/** Names of months in the languages whose files are met most, and the dates that are written with words or signs of their own. */

/** By month, names and forms in which they stand in dates, without accents. */
const NAMES: readonly string[] = [
  'january januar jaenner janner janvier enero ene gennaio janeiro januari stycznia styczen января январь',
  'february februar fevrier febrero febbraio fevereiro februari lutego luty февраля февраль',
  'march marz maerz mars marzo marco maart mrt marca marzec марта март',
  'april avril abril aprile kwietnia kwiecien апреля апрель',
  'may mai mayo maggio maio mei maja maj мая май',
  'june juni juin junio giugno junho czerwca czerwiec июня июнь',
  'july juli juillet julio luglio julho lipca lipiec июля июль',
  'august aout agosto augustus sierpnia sierpien августа август',
  'september septembre septiembre settembre setembro wrzesnia wrzesien сентября сентябрь',
  'october oktober octobre octubre ottobre outubro pazdziernika pazdziernik октября октябрь',
  'november novembre noviembre novembro listopada listopad ноября ноябрь',
  'december dezember decembre diciembre dicembre dezembro grudnia grudzien декабря декабрь',
];
const SHORTEST = 3;

const MONTHS = byBeginning();

/** 1 to 12 for a month's name or at least three of its first letters; 0 for anything else. */
export function monthNumber(name: string): number {
  const lower = name.toLowerCase();
  return (
    MONTHS.get(lower) ??
    MONTHS.get(lower.normalize('NFD').replace(/\p{M}/gu, '')) ??
    MONTHS.get(lower.replace('ł', 'l')) ??
    0
  );
}

/** Whether the word is the beginning of an English month's name. */
export function isEnglishMonth(name: string): boolean {
  const lower = name.toLowerCase();
  return lower.length >= SHORTEST && NAMES.some((names) => names.startsWith(lower) && !lower.includes(' '));
}

/** Beginnings that two months share (`jui`) are none. */
function byBeginning(): ReadonlyMap<string, number> {
  const months = new Map<string, number>();
  NAMES.forEach((names, index) => {
    for (const name of names.split(' ')) {
      for (let length = SHORTEST; length <= name.length; length++) {
        const beginning = name.slice(0, length);
        const known = months.get(beginning);
        months.set(beginning, known === undefined || known === index + 1 ? index + 1 : 0);
      }
    }
  });
  // March in full, not two months that begin alike.
  months.set('mar', 3);
  return months;
}

const QUARTER_LAST = /^(\d{4})[-/. ]?(?:q|t)([1-4])$/iu;
const QUARTER_FIRST = /^(?:(?:q|t)([1-4])[-/. ]|([1-4])(?:q|t|\. ?quartal)[-/. ]?)(\d{4})$/iu;
/** Of two digits only beside a capital `Q`: `T1 20` is more often a code, `1q21` a place on a chromosome. */
const QUARTER_SHORT = /^(?:Q([1-4])(?:[-/. ]'?|')|([1-4])Q[-/. ]?'?)(\d{2})$/u;
const WEEK = /^(\d{4})[- ]?(?:w|kw|cw)(\d{1,2})(?:-?([1-7]))?$/iu;
const WEEK_FIRST = /^(?:w|kw|cw|week) ?(\d{1,2})[-/. ](\d{4})$/iu;
const DAY = 86_400_000;
/** Two digits from here on mean 19xx. */
const CENTURY_TURN = 70;
/** Periods of other years are codes: `1200W28`. */
const EARLIEST_YEAR = 1900;
const LATEST_YEAR = 2100;

/** Days since 1970 of the first day of a quarter (`2020Q3`) or a week (`2020-W05`); undefined for what is neither. */
export function periodStart(text: string): number | undefined {
  let found = QUARTER_LAST.exec(text);
  if (found !== null) return quarterStart(Number(found[1]), Number(found[2]));
  found = QUARTER_FIRST.exec(text) ?? QUARTER_SHORT.exec(text);
  if (found !== null) return quarterStart(Number(fullYear(found[3] as string)), Number(found[1] ?? found[2]));
  found = WEEK.exec(text);
  if (found !== null) return weekStart(Number(found[1]), Number(found[2]), Number(found[3] ?? 1));
  found = WEEK_FIRST.exec(text);
  return found === null ? undefined : weekStart(Number(found[2]), Number(found[1]), 1);
}

/** `24` and `98` as 2024 and 1998. */
export function fullYear(year: string): string {
  if (year.length !== 2) return year;
  return `${Number(year) >= CENTURY_TURN ? 19 : 20}${year}`;
}

function quarterStart(year: number, quarter: number): number | undefined {
  if (year < EARLIEST_YEAR || year > LATEST_YEAR) return undefined;
  return Date.UTC(year, (quarter - 1) * 3, 1) / DAY;
}

/** ISO 8601: the first week of a year is the one with 4 January. */
function weekStart(year: number, week: number, day: number): number | undefined {
  if (week < 1 || week > 53 || year < EARLIEST_YEAR || year > LATEST_YEAR) return undefined;
  const fourth = Date.UTC(year, 0, 4) / DAY;
  const monday = fourth - ((new Date(fourth * DAY).getUTCDay() + 6) % 7);
  return monday + (week - 1) * 7 + day - 1;
}
