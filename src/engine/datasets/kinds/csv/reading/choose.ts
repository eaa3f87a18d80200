/** The reading of a table that explains its sample best: dialect, first line, comments and header, chosen together. */
import type { ReadingWishes } from '../../../../../protocol/reading';
import type { Scan, ScanStart } from '../scanner';
import { cellCount, COMMENT_SIGNS, type Dialect, scanAs } from './dialect';
import { dialectsOf } from './dialects';
import { KNOWN } from './header';
import { layoutOf, loneSign, type Layout } from './layout';
import { type Sample, sampleOf, startOfLine } from './sample';
import { highestScore, scoreOf } from './score';

export interface ChosenReading {
  readonly dialect: Dialect;
  readonly start: ScanStart;
  readonly comment: string;
  /** Line of the header or of the first row. */
  readonly firstLine: number;
  readonly header: boolean;
  /** Lines of the sample, where columns are of fixed width. */
  readonly lines: readonly string[];
  /** The scan of the file's beginning, from the start on that the sample was scanned from. */
  readonly beginning: Scan;
  /** Cells of most records of the sample; 1: no separator was found. */
  readonly columns: number;
  readonly records: number;
  /** Share of the sample's records with that many cells. */
  readonly agreement: number;
  /** The first line that was asked for, where the file has none such. */
  readonly missedLine: number | undefined;
}

export interface ReadingQuestion extends ReadingWishes {
  /** Names that columns are known by: those that a model or a person asks for. */
  readonly knownNames?: readonly string[] | undefined;
}

const UNUSUAL_COMMENTS = new Set(['--', '!', '|', ';', '*']);
/** A file that names its separator in the first line, as Excel takes it. */
const SEPARATOR_LINE = /^"?sep=(.)"?[ \t,;]*(?:\r\n|\n|\r)/iu;

/** A header with names that are known says as much as everything else. */
const KNOWN_NAMES = 2;

interface Hypothesis {
  readonly dialect: Dialect;
  readonly start: ScanStart;
  readonly comment: string;
  readonly found: Scan;
  readonly layout: Layout;
  readonly lines: readonly string[];
  readonly score: number;
}

export function chooseReading(bytes: Uint8Array, asked: ReadingQuestion): ChosenReading {
  const line = asked.firstLine === undefined ? undefined : startOfLine(bytes, asked.firstLine);
  const question = { ...asked, firstLine: line?.line };
  const sample = sampleOf(bytes, line);
  const named = SEPARATOR_LINE.exec(textOf(sample.head.subarray(0, 40)));
  const start = startOf(sample, question, named?.[0]);
  const body = sample.head.subarray(start.at);
  const wishes = { ...question, separator: question.separator ?? separatorNamed(named?.[1], body) };
  const best = bestOf(dialectsOf(body, wishes), sample, start, question);
  const { found, layout, dialect } = best;
  let agreeing = 0;
  for (let record = layout.first; record < found.records; record++) {
    if (cellCount(found.firstCell, record) === layout.common) agreeing++;
  }
  return {
    dialect,
    start: { ...best.start, ...placeOf(found, layout, best.start) },
    comment: best.comment,
    firstLine: found.startLine[layout.first] ?? start.line,
    header: question.header ?? layout.evidence > 0,
    lines: best.lines,
    beginning: found,
    columns: layout.common,
    records: found.records - layout.first,
    agreement: agreeing / Math.max(1, found.records - layout.first),
    missedLine: line === undefined ? asked.firstLine : undefined,
  };
}

/** The first of the highest score; what cannot have a higher one than those before it is not tried. */
function bestOf(
  dialects: readonly Dialect[],
  sample: Sample,
  start: ScanStart,
  question: ReadingQuestion,
): Hypothesis {
  const [first, ...others] = dialects as readonly [Dialect, ...Dialect[]];
  const named = (question.knownNames?.length ?? 0) > 0;
  let best = hypothesisOf(sample, first, start, question);
  for (const dialect of others) {
    const { separator } = dialect;
    const one = separator.length === 1 && !sample.head.includes(separator.charCodeAt(0), start.at);
    // The evidence of many columns adds up to that of known names.
    const known = one && !named ? 1 : KNOWN_NAMES;
    if (known * highestScore(separator, one) <= best.score) continue;
    const each = hypothesisOf(sample, dialect, start, question);
    if (each.score > best.score) best = each;
  }
  return best;
}

function placeOf(found: Scan, layout: Layout, start: ScanStart): { at: number; line: number } {
  const at = found.startByte[layout.first];
  return at === undefined ? start : { at, line: found.startLine[layout.first] as number };
}

function separatorNamed(character: string | undefined, body: Uint8Array): ReadingWishes['separator'] {
  const known = [',', ';', '\t', '|', ':', '^', '~'] as const;
  const separator = known.find((each) => each === character);
  // A line that names what does not occur is taken for a title.
  return separator !== undefined && body.includes(separator.charCodeAt(0)) ? separator : undefined;
}

/** Behind `firstLine` where it is asked for, else behind the line that names the separator, or behind comments. */
function startOf(
  { preamble }: Sample,
  { firstLine, comment }: ReadingWishes,
  named: string | undefined,
): ScanStart {
  const sign = Buffer.from(comment ?? '', 'utf8');
  if (firstLine !== undefined || named === undefined) return { ...preamble, comment: sign };
  return { at: Buffer.byteLength(named), line: 2, comment: sign };
}

function hypothesisOf(
  sample: Sample,
  dialect: Dialect,
  start: ScanStart,
  question: ReadingQuestion,
): Hypothesis {
  const { head, stretches } = sample;
  const names = question.knownNames ?? [];
  const lines = dialect.separator === 'fixed' ? linesOf(head.subarray(start.at)) : [];
  let from = start;
  let comment = question.comment ?? '';
  let found = scanAs(head, dialect, from, lines);
  let layout = layoutOf(head, found, names, question.firstLine !== undefined);
  if (question.comment === undefined) {
    const sign = commentOf(head, found, dialect, layout);
    if (sign !== undefined) {
      comment = sign;
      from = { ...start, comment: Buffer.from(sign, 'utf8') };
      found = scanAs(head, dialect, from, lines);
      layout = layoutOf(head, found, names, question.firstLine !== undefined);
    }
  }
  const parts = stretches.map((bytes) => ({
    bytes,
    found: scanAs(bytes, dialect, { at: 0, line: 1, comment: from.comment }, lines),
  }));
  const known = layout.evidence >= KNOWN ? KNOWN_NAMES : 1;
  const score = known * scoreOf(dialect.separator, { bytes: head, found, layout }, parts);
  return { dialect, start: from, comment, found, layout, lines, score };
}

/** The sign before lines of which none has the cells of a row. */
function commentOf(
  head: Uint8Array,
  found: Scan,
  { separator }: Dialect,
  { common }: Layout,
): string | undefined {
  const first = new Uint8Array(256);
  for (let record = 0; record < found.records; record++)
    first[head[found.startByte[record] as number] as number] = 1;
  return COMMENT_SIGNS.find((sign) => {
    if (sign === separator || first[sign.charCodeAt(0)] === 0) return false;
    const bytes = Buffer.from(sign, 'utf8');
    let marked = 0;
    for (let record = 0; record < found.records; record++) {
      const at = found.startByte[record] as number;
      if (head[at] !== bytes[0] || !bytes.every((byte, index) => head[at + index] === byte)) continue;
      // A header is often marked as a comment is.
      const cells =
        cellCount(found.firstCell, record) - (separator === 'blanks' ? loneSign(head, found, record) : 0);
      if (cells === common && common > 1) return false;
      marked++;
    }
    if (marked === 0 || (common === 1 && !isAbove(found, head, bytes, marked))) return false;
    return marked >= 2 || !UNUSUAL_COMMENTS.has(sign);
  });
}

/** In a table of one column a sign may begin a value; only lines above the rest are comments. */
function isAbove(found: Scan, head: Uint8Array, sign: Uint8Array, marked: number): boolean {
  for (let record = 0; record < Math.min(marked, found.records); record++) {
    const at = found.startByte[record] as number;
    if (!sign.every((byte, index) => head[at + index] === byte)) return false;
  }
  return marked < found.records;
}

/** Without comments and titles, which would fill the gaps between columns of fixed width. */
function linesOf(head: Uint8Array): readonly string[] {
  const lines = textOf(head)
    .split(/\r\n|\n|\r/u)
    .filter((line) => line.trim() !== '' && !/^\s*(?:#|%|\/\/)/u.test(line))
    .slice(0, 200);
  const longest = Math.max(0, ...lines.map(({ length }) => length));
  const usual = lines.filter((line) => / {2,}/u.test(line.trim()) || line.length > longest / 2);
  return usual.length >= 3 ? usual : lines;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}
