/** The cells of a sheet, read while it is unpacked: what has a value is kept, what has none is counted. */
import { LabError } from '../../../../protocol/errors';
import type { Archive } from './archive';
import { type CellValue, valueOf } from './cell-values';
import type { NumberMeaning } from './styles';
import { type Attributes, readXml } from './xml';

/** What the cells of all sheets of a workbook refer to. */
export interface CellContext {
  readonly strings: readonly string[];
  readonly styles: readonly NumberMeaning[];
  readonly from1904: boolean;
}

/** A row with at least one value. */
export interface SheetRow {
  /** As the sheet counts them, from 1. */
  readonly number: number;
  /** Places of the values, from 0, each with its value. */
  readonly columns: readonly number[];
  readonly values: readonly (string | number)[];
}

/** How often, and the place of the first, such as `B12`. */
export interface Found {
  count: number;
  first: string;
}

export interface SheetCells {
  readonly rows: readonly SheetRow[];
  /** Places of columns with at least one value, in their order. */
  readonly columns: readonly number[];
  /** Formulas of which the workbook does not keep the result. */
  readonly withoutValue: Found;
  readonly errors: Found;
  /** Areas of cells that are one; the value stands in the first of each. */
  readonly merged: Found;
  readonly hiddenRows: number;
}

/** As a sheet can have at most. */
const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
/** Values that are kept in memory before they become a table. */
const MOST_VALUES = 60e6;

/** LabError('dataset') for a sheet that is damaged, or too large. */
export async function readSheet(
  archive: Archive,
  entry: string,
  context: CellContext,
  path: string | undefined,
): Promise<SheetCells> {
  const reader = new SheetReader(context, path);
  await readXml(archive, entry, reader, path);
  return reader.finish();
}

/** Rows and columns that the sheet claims to have before its cells; undefined where it does not say. */
export async function readExtent(
  archive: Archive,
  entry: string,
  path: string | undefined,
): Promise<{ readonly rows: number; readonly columns: number } | undefined> {
  let extent: { readonly rows: number; readonly columns: number } | undefined;
  let done = false;
  await readXml(
    archive,
    entry,
    {
      open: (name, { ref = '' }) => {
        if (name === 'dimension') {
          const [from, to] = ref.split(':').map(placeOf);
          if (from && to) extent = { rows: to.row - from.row + 1, columns: to.column - from.column + 1 };
        }
        done ||= name === 'sheetData';
      },
      isDone: () => done,
    },
    path,
  );
  return extent;
}

class SheetReader {
  readonly #rows: SheetRow[] = [];
  readonly #filled = new Set<number>();
  readonly #withoutValue: Found = { count: 0, first: '' };
  readonly #errors: Found = { count: 0, first: '' };
  readonly #merged: Found = { count: 0, first: '' };
  #hiddenRows = 0;
  #values = 0;
  #row = 0;
  #column = -1;
  #rowColumns: number[] = [];
  #rowValues: (string | number)[] = [];
  #type = '';
  #meaning: NumberMeaning = 'number';
  #text = '';
  #hasValue = false;
  #hasFormula = false;
  /** Inside of what holds the value: `v`, or the `t` of a text that stands in the cell. */
  #inValue = false;
  #inHint = false;

  constructor(
    private readonly context: CellContext,
    private readonly path: string | undefined,
  ) {}

  readonly open = (name: string, attributes: Attributes): void => {
    if (name === 'c') this.#openCell(attributes);
    else if (name === 'v' || name === 't') {
      this.#inValue = !this.#inHint;
      this.#hasValue = true;
    } else if (name === 'f') this.#hasFormula = true;
    else if (name === 'rPh') this.#inHint = true;
    else if (name === 'row') this.#openRow(attributes);
    else if (name === 'mergeCell') this.#addMerged(attributes['ref']?.split(':')[0] ?? '');
  };

  readonly text = (text: string): void => {
    if (this.#inValue) this.#text += text;
  };

  readonly close = (name: string): void => {
    if (name === 'v' || name === 't') this.#inValue = false;
    else if (name === 'c') this.#closeCell();
    else if (name === 'rPh') this.#inHint = false;
    else if (name === 'row') this.#closeRow();
  };

  finish(): SheetCells {
    // Rows may stand in any order, though no program writes them so.
    if (this.#rows.some(({ number }, at) => at > 0 && number <= (this.#rows[at - 1]?.number ?? 0))) {
      this.#rows.sort((a, b) => a.number - b.number);
    }
    return {
      rows: this.#rows,
      columns: [...this.#filled].sort((a, b) => a - b),
      withoutValue: this.#withoutValue,
      errors: this.#errors,
      merged: this.#merged,
      hiddenRows: this.#hiddenRows,
    };
  }

  #openRow({ r, hidden }: Attributes): void {
    this.#row = r === undefined ? this.#row + 1 : Number(r);
    if (!(this.#row >= 1 && this.#row <= MOST_ROWS)) throw outside(this.path, `row ${r ?? this.#row}`);
    this.#column = -1;
    this.#rowColumns = [];
    this.#rowValues = [];
    if (hidden === '1' || hidden === 'true') this.#hiddenRows++;
  }

  #closeRow(): void {
    if (this.#rowColumns.length === 0) return;
    this.#values += this.#rowColumns.length;
    if (this.#values > MOST_VALUES) throw tooLarge(this.path);
    this.#rows.push({ number: this.#row, columns: this.#rowColumns, values: this.#rowValues });
  }

  #openCell({ r, t = 'n', s }: Attributes): void {
    this.#column = r === undefined ? this.#column + 1 : (placeOf(r)?.column ?? -1);
    if (!(this.#column >= 0 && this.#column < MOST_COLUMNS)) throw outside(this.path, `cell ${r ?? ''}`);
    this.#type = t;
    this.#meaning = s === undefined ? 'number' : (this.context.styles[Number(s)] ?? 'number');
    this.#text = '';
    this.#hasValue = false;
    this.#hasFormula = false;
  }

  #closeCell(): void {
    const type = this.#type;
    // The empty text is a result; an empty value of a number is none.
    const hasResult = this.#hasValue && (this.#text !== '' || type === 'str');
    if (this.#hasFormula && !hasResult) add(this.#withoutValue, this.#place());
    if (type === 'e' && this.#hasValue) add(this.#errors, this.#place());
    if (!this.#hasValue) return;
    const { strings, from1904 } = this.context;
    const value: CellValue = valueOf({ type, text: this.#text, meaning: this.#meaning }, strings, from1904);
    if (value === undefined) return;
    this.#filled.add(this.#column);
    this.#rowColumns.push(this.#column);
    this.#rowValues.push(value);
  }

  /** They stand behind the rows, in any order. */
  #addMerged(place: string): void {
    const [here, first] = [placeOf(place), placeOf(this.#merged.first)];
    if (here === undefined) return;
    this.#merged.count++;
    const isBefore =
      first === undefined || here.row < first.row || (here.row === first.row && here.column < first.column);
    if (isBefore) this.#merged.first = place;
  }

  #place(): string {
    return placeName(this.#row, this.#column);
  }
}

function add(found: Found, place: string): void {
  if (found.count++ === 0) found.first = place;
}

/** `B12` for row 12 and column 1. */
export function placeName(row: number, column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row}`;
}

/** Row from 1 and column from 0; undefined for what is no place. */
function placeOf(name: string): { readonly row: number; readonly column: number } | undefined {
  let column = 0;
  let at = name.startsWith('$') ? 1 : 0;
  for (; at < name.length; at++) {
    const letter = name.charCodeAt(at) & 0xdf;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  const row = Number(name.slice(at).replace('$', ''));
  return column === 0 || !Number.isInteger(row) ? undefined : { row, column: column - 1 };
}

function outside(path: string | undefined, place: string): LabError {
  return new LabError('dataset', `The workbook is damaged: no sheet has a ${place}.`, {
    advice: 'Open it in a spreadsheet program and save it again.',
    place: { path },
  });
}

function tooLarge(path: string | undefined): LabError {
  return new LabError('dataset', `The sheet has more than ${MOST_VALUES / 1e6} million values.`, {
    advice: 'Save it as CSV or Parquet, or keep the columns that matter.',
    place: { path },
  });
}
