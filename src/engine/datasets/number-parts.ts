/** Quantities that are written in several parts: lengths in feet and inches, durations, degrees and minutes. */

export interface PartedNumber {
  /** Not negative. */
  readonly value: number;
  /** As `NumberText.unit`. */
  readonly unit: string;
}

/** The unit of `31:15` and `1:02:10` where they are no times of day, in minutes. */
export const CLOCK_UNIT = 'min:s';

/** A clock reads so, too: a number only where it can be no time of day. */
export function isTimeOfDay({ unit }: { readonly unit: string }): boolean {
  return unit === CLOCK_UNIT;
}

const DECIMAL = '(\\d{1,4}(?:[.,]\\d{1,6})?)';
const FEET = new RegExp(
  `^(\\d{1,3})\\s?(?:'|′|ft\\.?|feet|foot)\\s?${DECIMAL}\\s?(?:"|″|''|in\\.?|inch(?:es)?)?$`,
  'iu',
);
const DEGREES = new RegExp(
  `^(\\d{1,3}(?:\\.\\d{1,9})?)\\s?°\\s?(?:${DECIMAL}\\s?['′]\\s?)?(?:${DECIMAL}\\s?(?:"|″|'')\\s?)?([nsew])?$`,
  'iu',
);
const DURATION = new RegExp(
  '^(?:(\\d{1,6})\\s?(?:d|days?|tage?)\\.?,?\\s?)?(?:(\\d{1,6})\\s?(?:h|hrs?\\.?|hours?|std\\.?)\\s?)?' +
    `(?:(\\d{1,6})\\s?(?:m|min\\.?|mins|minutes?|(?=$))\\s?)?(?:${DECIMAL}\\s?(?:s|secs?\\.?|seconds?))?$`,
  'iu',
);
const ISO_DURATION = new RegExp(
  `^P(?:(\\d{1,6})D)?(?:T(?:(\\d{1,6})H)?(?:(\\d{1,6})M)?(?:${DECIMAL}S)?)?$`,
  'u',
);
const DAYS_AND_CLOCK = /^(\d{1,6})\s?(?:days?|d),?\s\+?(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d{1,9})?))?$/iu;
const LAP = /^(?:(\d{1,4}):)?(\d{1,3}):(\d{2}[.,]\d{1,9})$/u;
const PACE = /^(\d{1,3}):(\d{2})(?::(\d{2}))?\s?(?:min\s?)?\/\s?(km|mi|mile)$/iu;
const CLOCK = /^(?:(\d{1,4}):)?(\d{1,4}):(\d{2})$/u;
/** `4.5/5`, `68/100`: points of those that can be had. */
const POINTS = new RegExp(`^${DECIMAL}\\s?/\\s?(5|10|20|50|100)$`, 'u');

/** `text` trimmed, with plain quotes for feet and minutes; undefined for what is none of these. */
export function partsOf(text: string): PartedNumber | undefined {
  return feetOf(text) ?? degreesOf(text) ?? durationOf(text) ?? clockOf(text) ?? pointsOf(text);
}

function feetOf(text: string): PartedNumber | undefined {
  const found = FEET.exec(text);
  if (found === null) return undefined;
  const inches = numberIn(found[2]);
  return inches < 12 ? { value: Number(found[1]) * 12 + inches, unit: 'in' } : undefined;
}

function degreesOf(text: string): PartedNumber | undefined {
  const found = DEGREES.exec(text);
  if (found === null || (found[2] === undefined && found[4] === undefined)) return undefined;
  const [minutes, seconds] = [numberIn(found[2]), numberIn(found[3])];
  if (minutes >= 60 || seconds >= 60) return undefined;
  return { value: Number(found[1]) + minutes / 60 + seconds / 3600, unit: (found[4] ?? '°').toLowerCase() };
}

/** In minutes; of at least two parts, since one alone is a number with a unit. */
function durationOf(text: string): PartedNumber | undefined {
  const iso = ISO_DURATION.exec(text);
  const found = iso ?? DURATION.exec(text) ?? DAYS_AND_CLOCK.exec(text);
  if (found === null) return undefined;
  const parts: (string | undefined)[] = found.slice(1, 5);
  if (parts.filter((part) => part !== undefined).length < (iso === null ? 2 : 1)) return undefined;
  // Minutes go without a unit behind hours only: `1h05`; `1d6` are dice.
  if (parts[1] === undefined && /\d$/u.test(text)) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map(numberIn);
  return { value: days * 1440 + hours * 60 + minutes + seconds / 60, unit: 'min' };
}

function clockOf(text: string): PartedNumber | undefined {
  const pace = PACE.exec(text);
  if (pace !== null) {
    const [hours, minutes, seconds] = pace[3] === undefined ? [0, pace[1], pace[2]] : pace.slice(1, 4);
    return {
      value: minutesOf(String(hours), minutes as string, seconds),
      unit: `min/${(pace[4] as string).toLowerCase()}`,
    };
  }
  const lap = LAP.exec(text);
  if (lap !== null) return { value: minutesOf(lap[1], lap[2] as string, lap[3]), unit: 'min' };
  const clock = CLOCK.exec(text);
  if (clock === null || Number(clock[3]) >= 60 || (clock[1] !== undefined && Number(clock[2]) >= 60))
    return undefined;
  return { value: minutesOf(clock[1], clock[2] as string, clock[3]), unit: CLOCK_UNIT };
}

function pointsOf(text: string): PartedNumber | undefined {
  const found = POINTS.exec(text);
  return found === null ? undefined : { value: numberIn(found[1]), unit: `/${found[2] as string}` };
}

function minutesOf(hours: string | undefined, minutes: string, seconds: string | undefined): number {
  return numberIn(hours) * 60 + Number(minutes) + numberIn(seconds) / 60;
}

function numberIn(text: string | undefined): number {
  return text === undefined ? 0 : Number(text.replace(',', '.'));
}
