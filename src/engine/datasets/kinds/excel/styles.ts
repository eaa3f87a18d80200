/** What the numbers of a workbook stand for by their formats: plain numbers, days, times of day, spans of time. */
import type { Archive } from './archive';
import { readXml } from './xml';

/** `date` without a time of day; `moment` with one; `time` alone; `span` may be longer than a day. */
export type NumberMeaning = 'number' | 'date' | 'moment' | 'time' | 'span';

/** ECMA-376 part 1, 18.8.30: formats that need no words in the file. */
const BUILT_IN = new Map<number, NumberMeaning>([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'date'] as const),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56].map((id) => [id, 'time'] as const),
  [22, 'moment'],
  [46, 'span'],
]);

/** The meaning of each style of cells, by its index. */
export async function readStyles(
  archive: Archive,
  entry: string | undefined,
  path: string | undefined,
): Promise<readonly NumberMeaning[]> {
  if (entry === undefined) return [];
  const formats = new Map(BUILT_IN);
  const styles: NumberMeaning[] = [];
  let inCells = false;
  await readXml(
    archive,
    entry,
    {
      open: (name, { numFmtId = '0', formatCode }) => {
        if (name === 'cellXfs') inCells = true;
        else if (name === 'numFmt' && formatCode !== undefined) {
          formats.set(Number(numFmtId), meaningOf(formatCode));
        } else if (name === 'xf' && inCells) styles.push(formats.get(Number(numFmtId)) ?? 'number');
      },
      close: (name) => {
        if (name === 'cellXfs') inCells = false;
      },
    },
    path,
  );
  return styles;
}

/** The meaning of a format's code, by its part for positive numbers; what stands in quotes or brackets is no sign. */
export function meaningOf(code: string): NumberMeaning {
  const [positive = ''] = code.replace(/"[^"]*"|\\.|[_*]./gu, '').split(';');
  if (/\[(?:h+|m+|s+)\]/iu.test(positive)) return 'span';
  const signs = positive.replace(/\[[^\]]*\]/gu, '').replace(/general/giu, '');
  // Tenths of seconds are written with zeros, too.
  if (/[#?0]/u.test(signs.replace(/s\.0+/giu, 's'))) return 'number';
  const hasClock = /[hs]|am\/pm|a\/p/iu.test(signs);
  // Months and minutes share a letter: beside hours or seconds alone it is a minute.
  const hasDay = /[dy]/iu.test(signs) || (/m/iu.test(signs) && !hasClock);
  if (hasDay) return hasClock ? 'moment' : 'date';
  return hasClock ? 'time' : 'number';
}
