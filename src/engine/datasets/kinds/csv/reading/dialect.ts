/** How cells are cut: everything a scan needs to know. */
import type { QuoteCharacter, QuoteEscape, Separator } from '../../../../../protocol/reading';
import { fixedStarts, scanBlanks, scanFixed } from '../scan-aligned';
import { joinDoubled } from './doubled';
import { FROM_THE_START, QUOTE, scan, type Scan, type ScanStart } from '../scanner';

export interface Dialect {
  readonly separator: Separator;
  readonly quote: QuoteCharacter;
  readonly escape: QuoteEscape;
  /** Whether an opening quote may stand behind spaces. */
  readonly spacedQuotes: boolean;
}

/** In order: where several could be meant, the first that marks no row of the table. */
export const COMMENT_SIGNS = ['#', '%', '//', '--', '!', '|', ';', '*'] as const;

/** The byte that separates, once or twice; undefined where cells are told by blanks or by their places. */
export function signOf(separator: Separator): number | undefined {
  return separator === 'blanks' || separator === 'fixed' ? undefined : separator.charCodeAt(0);
}

/** The byte of a quote, -1 for none. */
function quoteByte(quote: QuoteCharacter): number {
  return quote === 'none' ? -1 : quote === '"' ? QUOTE : 0x27;
}

/** `sample`: lines from which columns of fixed width are told; `beginning`: as `scan` takes it. */
export function scanAs(
  bytes: Uint8Array,
  dialect: Dialect,
  start: ScanStart = FROM_THE_START,
  sample: readonly string[] = [],
  beginning?: Scan,
): Scan {
  const { separator, escape, spacedQuotes } = dialect;
  const quote = quoteByte(dialect.quote);
  if (separator === 'blanks') return scanBlanks(bytes, quote, start);
  if (separator === 'fixed') return scanFixed(bytes, fixedStarts(sample), start);
  const sign = separator.charCodeAt(0);
  const character = { separator: sign, quote, escape, spacedQuotes };
  // The cells of the beginning are joined already.
  if (separator.length > 1) return joinDoubled(bytes, scan(bytes, character, start), sign);
  return scan(bytes, character, start, beginning);
}

export function cellCount(firstCell: Uint32Array, record: number): number {
  return (firstCell[record + 1] as number) - (firstCell[record] as number);
}

/** The number of cells that most of the first records from `first` on have. */
export function commonCellCount(firstCell: Uint32Array, records: number, first = 0): number {
  const counts = new Map<number, number>();
  let common = 0;
  let most = 0;
  for (let record = first; record < Math.min(records, first + 1000); record++) {
    const cells = cellCount(firstCell, record);
    // Nearly every record has as many as those above it.
    if (cells === common) {
      most++;
      continue;
    }
    const count = (counts.get(cells) ?? 0) + 1;
    if (count > most) {
      counts.set(common, most);
      most = count;
      common = cells;
    } else counts.set(cells, count);
  }
  return common;
}
