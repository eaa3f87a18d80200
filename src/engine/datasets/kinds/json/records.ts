/** The records of a JSON file, each with the lines that it stands in: one a line (JSONL), or the elements of an array. */
// Its other entry requires its parts by a function that bundlers do not see through.
import { visit } from 'jsonc-parser/lib/esm/main.js';
import { LabError } from '../../../../protocol/errors';
import { type FilePart, findPart, type PartWords } from '../../parts';

/** One record; lines count from 1. */
export interface JsonRecord {
  readonly value: unknown;
  readonly startLine: number;
  readonly endLine: number;
}

/** A line that is no JSON, with what the parser says of it. */
export interface BrokenLine {
  readonly line: number;
  readonly reason: string;
}

export interface JsonRecords {
  readonly records: readonly JsonRecord[];
  readonly broken: readonly BrokenLine[];
  /** The lists of objects that stand under names, the longest first, where there are any. */
  readonly lists?: readonly FilePart[] | undefined;
  /** The one of them that was read. */
  readonly list?: string | undefined;
}

export const listWords: PartWords = { one: 'list', many: 'lists' };

/** Characters of a line; a longer one is left out as broken, since a record of that size is none. */
const LONGEST_LINE = 64 * 2 ** 20;

/** Each line that is not blank is one record. */
export function readJsonLines(text: string): JsonRecords {
  const records: JsonRecord[] = [];
  const broken: BrokenLine[] = [];
  let line = 0;
  for (let start = 0; start <= text.length;) {
    line++;
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    if (end - start > LONGEST_LINE) {
      broken.push({ line, reason: `it has ${end - start} characters` });
    } else {
      const content = text.slice(start, end).trim();
      if (content !== '') addLine(content, line, records, broken);
    }
    if (found < 0) break;
    start = end + 1;
  }
  return { records, broken };
}

function addLine(content: string, line: number, records: JsonRecord[], broken: BrokenLine[]): void {
  try {
    records.push({ value: JSON.parse(content) as unknown, startLine: line, endLine: line });
  } catch (error) {
    broken.push({ line, reason: error instanceof Error ? error.message : String(error) });
  }
}

/**
 * The elements of the file's array: the whole file, or an array of objects that stands in it under a name, `asked` or the
 * longest. LabError('dataset') for what is no JSON, with its line, and for JSON without such an array.
 */
export function readJsonDocument(text: string, path: string | undefined, asked?: string): JsonRecords {
  const whole = parseWhole(text, path);
  if (Array.isArray(whole)) return { records: placed(whole, placesOf(text, [])), broken: [] };
  const lists = listsIn(whole);
  const [longest] = lists;
  if (longest === undefined) {
    throw new LabError('dataset', 'This JSON file holds no list of records.', {
      advice:
        'Rows are read from a list of objects, the whole file or under a name, or from one object a line.',
      place: { path, line: 1 },
    });
  }
  const { name } = asked === undefined ? longest : findPart(lists, asked, listWords, path);
  const values = (whole as Record<string, unknown>)[name] as readonly unknown[];
  return { records: placed(values, placesOf(text, [name])), broken: [], lists, list: name };
}

function placed(values: readonly unknown[], places: ReturnType<typeof placesOf>): readonly JsonRecord[] {
  return values.map((value, index) => ({
    value,
    startLine: places.start[index] ?? 1,
    endLine: places.end[index] ?? places.start[index] ?? 1,
  }));
}

function parseWhole(text: string, path: string | undefined): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const { line, column } = firstFault(text);
    throw new LabError('dataset', `Line ${line} is no JSON: ${faultOf(error)}`, {
      advice: 'Mend the line, or write one object on each line (JSONL).',
      place: { path, line, column },
    });
  }
}

/** Without the place in characters that the parser adds: the line says more. */
function faultOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${message.replace(/ (?:in JSON )?at position \d+.*$/su, '').replace(/\.$/u, '')}.`;
}

function firstFault(text: string): { readonly line: number; readonly column: number } {
  let place: { readonly line: number; readonly column: number } | undefined;
  visit(
    text,
    {
      onError: (_, __, ___, startLine, startCharacter) => {
        place ??= { line: startLine + 1, column: startCharacter + 1 };
      },
      onComment: (_, __, startLine, startCharacter) => {
        place ??= { line: startLine + 1, column: startCharacter + 1 };
      },
    },
    { disallowComments: false, allowTrailingComma: false },
  );
  return place ?? { line: 1, column: 1 };
}

/** The lists of objects that stand under a name, the longest first. */
function listsIn(whole: unknown): readonly FilePart[] {
  if (typeof whole !== 'object' || whole === null) return [];
  const lists = Object.entries(whole).flatMap(([name, value]) =>
    name !== '' && Array.isArray(value) && value.some((each) => typeof each === 'object' && each !== null)
      ? [{ name, rows: value.length }]
      : [],
  );
  return lists.sort((a, b) => b.rows - a.rows);
}

/** First and last line of each element of the array at `base`. */
function placesOf(
  text: string,
  base: readonly string[],
): { readonly start: readonly number[]; readonly end: readonly number[] } {
  const start: number[] = [];
  const end: number[] = [];
  let depth = 0;
  const elementDepth = base.length + 1;
  let inArray = false;
  let property: string | undefined;
  const opens = (line: number): void => {
    if (inArray && depth === elementDepth) start.push(line + 1);
    depth++;
  };
  const closes = (line: number): void => {
    depth--;
    if (inArray && depth === elementDepth) end.push(line + 1);
  };
  visit(text, {
    onObjectProperty: (name) => {
      if (depth === 1) property = name;
    },
    onObjectBegin: (_, __, line) => opens(line),
    onObjectEnd: (_, __, line) => closes(line),
    onArrayBegin: (_, __, line) => {
      const isBase = depth === base.length && (base.length === 0 || property === base[0]);
      if (isBase && start.length === 0) {
        inArray = true;
        depth++;
      } else opens(line);
    },
    onArrayEnd: (_, __, line) => {
      if (inArray && depth === elementDepth) {
        inArray = false;
        depth--;
      } else closes(line);
    },
    onLiteralValue: (_, __, ___, line) => {
      if (!inArray || depth !== elementDepth) return;
      start.push(line + 1);
      end.push(line + 1);
    },
  });
  return { start, end };
}
