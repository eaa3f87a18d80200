/** Tables whose cells stand apart by blanks, or begin at the same place of every line. The same places as `scan`. */
import { doubled } from './scan-sizes';
import { FROM_THE_START, type Scan, type ScanStart } from './scanner';

const LF = 0x0a;
const CR = 0x0d;

/** Cells are runs of other characters than blanks; a quoted cell may hold blanks. */
export function scanBlanks(bytes: Uint8Array, quote: number, start = FROM_THE_START): Scan {
  return scanLines(bytes, start, (places, from, end) => {
    let at = from;
    while (at < end && isBlank(bytes[at] as number)) at++;
    while (at < end) {
      const close = bytes[at] === quote ? closingQuote(bytes, at, end, quote) : -1;
      let next = close >= 0 ? close + 1 : at;
      while (next < end && !isBlank(bytes[next] as number)) next++;
      if (close >= 0) places.cell(at + 1, close);
      else places.cell(at, next);
      at = next;
      while (at < end && isBlank(bytes[at] as number)) at++;
    }
  });
}

/** `starts`: the first character of each column, counted in code points from 0; a line that ends before has fewer cells. */
export function scanFixed(bytes: Uint8Array, starts: readonly number[], start = FROM_THE_START): Scan {
  return scanLines(bytes, start, (places, from, end) => {
    let character = 0;
    let column = 0;
    let cell = from;
    for (let at = from; at < end; at++) {
      if (isContinuation(bytes[at] as number)) continue;
      if (column + 1 < starts.length && character === starts[column + 1]) {
        trimmedCell(bytes, places, cell, at);
        cell = at;
        column++;
      }
      character++;
    }
    trimmedCell(bytes, places, cell, end);
    // Blanks at a line's end are often cut off: the cells that stood there are empty ones, but for a line of one cell.
    if (column > 0) while (++column < starts.length) places.cell(end, end);
  });
}

/**
 * Where columns of fixed width begin: behind each run of places that are blank in all `lines`. Tabs make places
 * unknown: none are found then.
 */
export function fixedStarts(lines: readonly string[]): readonly number[] {
  const width = Math.max(0, ...lines.map((line) => line.length));
  const taken = new Uint8Array(width);
  for (const line of lines) {
    if (line.includes('\t')) return [];
    let place = 0;
    for (const character of line) {
      if (character !== ' ') taken[place] = 1;
      place++;
    }
  }
  const starts: number[] = [];
  for (let place = 0; place < width; place++) {
    if (taken[place] !== 1 || (place > 0 && taken[place - 1] === 1)) continue;
    if (place < 2 || taken[place - 2] !== 1 || isNamed(lines[0], taken, place)) starts.push(place);
  }
  if (starts.length > 0) starts[0] = 0;
  return starts;
}

/** Behind a gap of one blank a column begins only where the first line has something in it: else words were cut apart. */
function isNamed(first: string | undefined, taken: Uint8Array, place: number): boolean {
  let end = place;
  while (end < taken.length && taken[end] === 1) end++;
  return (
    Array.from(first ?? '')
      .slice(place, end)
      .join('')
      .trim() !== ''
  );
}

function trimmedCell(bytes: Uint8Array, places: Places, from: number, to: number): void {
  let start = from;
  let end = to;
  while (start < end && isBlank(bytes[start] as number)) start++;
  while (end > start && isBlank(bytes[end - 1] as number)) end--;
  places.cell(start, end);
}

function closingQuote(bytes: Uint8Array, open: number, end: number, quote: number): number {
  for (let at = open + 1; at < end; at++) {
    if (bytes[at] !== quote) continue;
    if (bytes[at + 1] === quote && at + 1 < end) at++;
    else return at + 1 === end || isBlank(bytes[at + 1] as number) ? at : -1;
  }
  return -1;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** Arrays that grow as records and cells come. */
class Places {
  records = 0;
  cells = 0;
  firstCell = new Uint32Array(64);
  startLine = new Uint32Array(64);
  startByte = new Uint32Array(64);
  endByte = new Uint32Array(64);
  cellStart = new Uint32Array(256);
  cellEnd = new Uint32Array(256);

  cell(start: number, end: number): void {
    if (this.cells === this.cellStart.length) {
      this.cellStart = doubled(this.cellStart);
      this.cellEnd = doubled(this.cellEnd);
    }
    this.cellStart[this.cells] = start;
    this.cellEnd[this.cells++] = end;
  }

  record(line: number, start: number, end: number): void {
    if (this.records + 2 > this.firstCell.length) {
      this.firstCell = doubled(this.firstCell);
      this.startLine = doubled(this.startLine);
      this.startByte = doubled(this.startByte);
      this.endByte = doubled(this.endByte);
    }
    this.firstCell[this.records] = this.cells;
    this.startLine[this.records] = line;
    this.startByte[this.records] = start;
    this.endByte[this.records++] = end;
  }
}

function scanLines(
  bytes: Uint8Array,
  from: ScanStart,
  cut: (places: Places, start: number, end: number) => void,
): Scan {
  const places = new Places();
  const { comment } = from;
  let comments = 0;
  let firstComment = 0;
  let { at, line } = from;
  for (; at < bytes.length; line++) {
    let end = at;
    let blank = true;
    for (; end < bytes.length && bytes[end] !== LF && bytes[end] !== CR; end++) {
      if (!isBlank(bytes[end] as number)) blank = false;
    }
    if (!blank && comment.length > 0 && comment.every((byte, index) => bytes[at + index] === byte)) {
      if (comments++ === 0) firstComment = line;
    } else if (!blank) {
      places.record(line, at, end);
      cut(places, at, end);
    }
    at = end + (bytes[end] === CR && bytes[end + 1] === LF ? 2 : 1);
  }
  const { records, cells } = places;
  places.firstCell[records] = cells;
  const startLine = places.startLine.subarray(0, records);
  return {
    records,
    firstCell: places.firstCell.subarray(0, records + 1),
    cellStart: places.cellStart.subarray(0, cells),
    cellEnd: places.cellEnd.subarray(0, cells),
    startLine,
    endLine: startLine.slice(),
    startByte: places.startByte.subarray(0, records),
    endByte: places.endByte.subarray(0, records),
    literalQuotes: [],
    literalQuoteCount: 0,
    comments,
    firstComment,
  };
}
