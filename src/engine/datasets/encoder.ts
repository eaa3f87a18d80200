/** Rows -> numbers for a model, with statistics learnt on the training rows only and stored with the model. */
import * as z from 'zod';
import type { ColumnSummary, DatasetIssue } from '../../protocol/dataset';
import { joinSentences, LabError } from '../../protocol/errors';
import type { OutsideCell } from '../../protocol/marks';
import { ColumnReading, READ_BEFORE } from './column-reading';
import { looksLikeIdentifier } from './column-kinds';
import { describeColumn } from './columns';
import { DenseRows, SparseBuilder, SparseRows } from './encoded-rows';
import type { DenseBlock } from './feature';
import {
  BooleanBlockData,
  booleanBlock,
  CategoryBlockData,
  categoryBlock,
  fitBoolean,
  fitCategory,
} from './feature-category';
import { dateBlock, DateBlockData, fitDate } from './feature-date';
import { fitNumber, numberBlock, NumberBlockData } from './feature-number';
import { fitText, TEXT_CUT, textBlock, TextBlockData } from './feature-text';
import type { TextBlock } from './feature-text';
import { outsideCells } from './outside';
import { requireColumn } from './target-column';
import { targetGroups } from './target-groups';
import type { EncodedRows, Encoder, FeatureBlock, FitEncoderOptions, Table } from './types';
import { writeCount, writeCounted } from '../../protocol/words';

const BlockData = z.discriminatedUnion('kind', [
  NumberBlockData,
  DateBlockData,
  BooleanBlockData,
  CategoryBlockData,
  TextBlockData,
]);
export type BlockData = z.infer<typeof BlockData>;

const Note = z.strictObject({
  severity: z.enum(['error', 'warning', 'information']),
  code: z.string(),
  message: z.string(),
  advice: z.string(),
});
const EncoderData = z.strictObject({
  format: z.literal('local-model-lab/encoder'),
  version: z.literal(1),
  blocks: z.array(BlockData),
  notes: z.array(Note),
  /** By column; absent in models that were trained before there were any. */
  readings: z.record(z.string(), ColumnReading).optional(),
});
type EncoderData = z.infer<typeof EncoderData>;

/**
 * Learns how to encode the table's columns from the given (training) rows; what kind each is of is given, or judged by
 * these rows, too. LabError('dataset') when there is no
 * such target, no row, or no column left to learn from.
 */
export function fitEncoder(table: Table, rows: Uint32Array, options: FitEncoderOptions): Encoder {
  requireColumn(table, options.target);
  options.exclude?.forEach((name) => requireColumn(table, name));
  if (rows.length === 0) {
    throw new LabError('dataset', 'There are no rows to train on.', { place: { path: table.path } });
  }
  const groups = options.columns ? undefined : targetGroups(table, options.target, options.task);
  const leftOut = new Set([options.target, ...(options.exclude ?? [])]);
  const blocks: BlockData[] = [];
  const notes: z.infer<typeof Note>[] = [];
  const readings: Record<string, ColumnReading> = {};
  for (const [column, name] of table.columns.entries()) {
    if (leftOut.has(name)) continue;
    const given = options.columns?.[column];
    const summary = given ? inRows(table, given, rows) : describeColumn(table, column, rows, groups);
    const data = fitBlock(table, column, rows, summary);
    if (data !== undefined) {
      blocks.push(data);
      readings[name] = table.reader.found(column).reading;
    }
    notes.push(...notesOn(table, column, rows, summary, data));
  }
  if (blocks.length === 0) useCounters(table, rows, leftOut, blocks, notes, readings);
  if (blocks.length === 0) {
    throw new LabError('dataset', `No column is left to predict "${options.target}" from.`, {
      advice:
        joinSentences(...notes.map(({ message }) => message)) || 'The table needs at least one more column.',
      place: { path: table.path },
    });
  }
  return new ColumnEncoder({ format: 'local-model-lab/encoder', version: 1, blocks, notes, readings });
}

/** The column as it is, but left out where these rows say nothing of it: there would be no statistics to learn. */
function inRows(table: Table, column: ColumnSummary, rows: Uint32Array): ColumnSummary {
  const { index, kind } = column;
  if (kind === 'identifier' || kind === 'constant' || kind === 'empty' || varies(table, index, rows))
    return column;
  const missing = table.isMissing(rows[0] as number, index);
  return {
    ...column,
    kind: missing ? 'empty' : 'constant',
    note: `Left out: it has ${missing ? 'no values' : 'the same value'} in the rows that are learnt from.`,
  };
}

/** Whether two of the rows differ in the column; a missing value differs from all others. */
function varies(table: Table, column: number, rows: Uint32Array): boolean {
  const valueOf = (row: number): string | undefined =>
    table.isMissing(row, column) ? undefined : table.value(row, column);
  const first = valueOf(rows[0] as number);
  return rows.some((row) => valueOf(row) !== first);
}

/** Numbers that only count the rows are better than nothing to learn from: `y = x + 2` for x from 1 to 24. */
function useCounters(
  table: Table,
  rows: Uint32Array,
  leftOut: ReadonlySet<string>,
  blocks: BlockData[],
  notes: z.infer<typeof Note>[],
  readings: Record<string, ColumnReading>,
): void {
  for (const [column, name] of table.columns.entries()) {
    if (leftOut.has(name) || looksLikeIdentifier(name)) continue;
    if (table.reader.wish(column)?.kind === 'left-out') continue;
    const numbers = table.numbers(column);
    const values = new Set(Array.from(rows, (row) => numbers[row]));
    if (values.size < 2) continue;
    blocks.push(fitNumber(table, column, rows));
    readings[name] = table.reader.found(column).reading;
    const others = notes.filter(({ message }) => !message.startsWith(`Column "${name}":`));
    notes.splice(0, notes.length, ...others, {
      severity: 'information',
      code: 'counting-column',
      message: `Column "${name}": it looks like a count of the rows and is used, since there is nothing else to learn from.`,
      advice: '',
    });
  }
}

function fitBlock(
  table: Table,
  column: number,
  rows: Uint32Array,
  { kind }: ColumnSummary,
): BlockData | undefined {
  switch (kind) {
    case 'number':
      return fitNumber(table, column, rows);
    case 'boolean':
      return fitBoolean(table, column, rows);
    case 'category':
      return fitCategory(table, column, rows);
    case 'text':
      return fitText(table, column, rows);
    case 'date':
      return fitDate(table, column, rows);
    case 'identifier':
    case 'constant':
    case 'empty':
      return undefined;
  }
}

function notesOn(
  table: Table,
  column: number,
  rows: Uint32Array,
  summary: ColumnSummary,
  data: BlockData | undefined,
): z.infer<typeof Note>[] {
  const note = (code: string, message: string, advice: string) => [
    { severity: 'information' as const, code, message: `Column "${summary.name}": ${message}`, advice },
  ];
  if (summary.note !== undefined) {
    const code = data === undefined ? `${summary.kind}-column` : 'odd-values';
    return note(code, summary.note.charAt(0).toLowerCase() + summary.note.slice(1), '');
  }
  if (data?.kind === 'text' && rows.some((row) => table.cell(row, column).length > TEXT_CUT)) {
    return note(
      'long-text',
      `only the first ${TEXT_CUT} characters of a cell are used.`,
      'Shorten long cells.',
    );
  }
  if (data?.kind === 'category' && data.buckets > 0) {
    return note(
      'many-categories',
      `it has many values, which share ${data.buckets} features by hashing.`,
      '',
    );
  }
  if (data?.kind === 'category' && data.other.length > 0) {
    return note(
      'rare-categories',
      `${data.other.length === 1 ? '1 rare value has' : `${writeCount(data.other.length)} rare values share`} one feature.`,
      '',
    );
  }
  return [];
}

/** LabError('damaged') when the data are no encoder's. */
export function encoderFromJSON(json: unknown): Encoder {
  const parsed = EncoderData.safeParse(json);
  if (!parsed.success) {
    throw new LabError('damaged', `The stored encoder is damaged: ${z.prettifyError(parsed.error)}`, {
      advice: 'Train the model again.',
    });
  }
  for (const block of parsed.data.blocks) {
    if (block.kind === 'text') {
      if (
        block.words.terms.length !== block.words.idf.length ||
        block.grams.terms.length !== block.grams.idf.length
      ) {
        throw new LabError(
          'damaged',
          `The stored encoder is damaged: terms and weights of "${block.column}" differ.`,
          {
            advice: 'Train the model again.',
          },
        );
      }
    }
  }
  return new ColumnEncoder(parsed.data);
}

class ColumnEncoder implements Encoder {
  readonly width: number;
  readonly storage: 'dense' | 'sparse';
  readonly features: readonly FeatureBlock[];
  readonly featureNames: readonly string[];
  readonly notes: readonly DatasetIssue[];
  readonly readings: Readonly<Record<string, ColumnReading>>;
  readonly #data: EncoderData;
  readonly #dense: readonly DenseBlock[];
  readonly #text: readonly TextBlock[];
  readonly #denseWidth: number;

  constructor(data: EncoderData) {
    this.#data = data;
    this.notes = data.notes;
    this.readings =
      data.readings ?? Object.fromEntries(data.blocks.map(({ column }) => [column, READ_BEFORE]));
    const dense: DenseBlock[] = [];
    const text: TextBlock[] = [];
    for (const block of data.blocks) {
      if (block.kind === 'text') text.push(textBlock(block));
      else dense.push(denseBlock(block));
    }
    this.#dense = dense;
    this.#text = text;
    const features: FeatureBlock[] = [];
    let offset = 0;
    for (const { data: own, width } of [...dense, ...text]) {
      features.push({ column: own.column, kind: own.kind, offset, width });
      offset += width;
    }
    this.features = features;
    this.width = offset;
    this.#denseWidth = dense.reduce((sum, { width }) => sum + width, 0);
    this.featureNames = [...dense, ...text].flatMap(({ names }) => names);
    this.storage = text.length > 0 ? 'sparse' : 'dense';
  }

  /** LabError('dataset') when the rows would not fit into memory. */
  encode(table: Table, rows: Uint32Array): EncodedRows {
    requireRoom(table, rows.length, this.#dense, this.#denseWidth);
    const front = new Float32Array(rows.length * this.#denseWidth);
    let offset = 0;
    for (const block of this.#dense) {
      block.fill(table, rows, front, this.#denseWidth, offset);
      offset += block.width;
    }
    const dense = new DenseRows(rows.length, this.#denseWidth, front);
    return this.#text.length === 0 ? dense : new SparseRows(dense, this.width, this.#encodeText(table, rows));
  }

  #encodeText(table: Table, rows: Uint32Array) {
    const builder = new SparseBuilder();
    const columns = this.#text.map(({ data }) => table.find(data.column));
    for (const row of rows) {
      let offset = this.#denseWidth;
      this.#text.forEach((block, index) => {
        const column = columns[index] as number;
        const first = offset;
        if (column >= 0) {
          block.encode(table.cell(row, column), (feature, value) => {
            builder.add(first + feature, value);
          });
        }
        offset += block.width;
      });
      builder.endRow();
    }
    return builder.finish();
  }

  outside(table: Table, rows: Uint32Array): ReadonlyMap<number, readonly OutsideCell[]> {
    const blocks = this.#data.blocks.filter((block) => block.kind !== 'date');
    return outsideCells(blocks, table, rows);
  }

  toJSON(): EncoderData {
    return this.#data;
  }
}

/** Numbers of one part of a table, encoded: 1 GiB. */
const MOST_NUMBERS = 2 ** 28;

function requireRoom(table: Table, rows: number, blocks: readonly DenseBlock[], width: number): void {
  if (rows * width <= MOST_NUMBERS) return;
  const widest = [...blocks].sort((a, b) => b.width - a.width).slice(0, 3);
  const named = widest.map(({ data, width: own }) => `"${data.column}" (${own})`).join(', ');
  throw new LabError(
    'dataset',
    `${writeCounted(rows, 'row')} of ${writeCounted(width, 'feature')} each do not fit into memory; the most are made of ${named}.`,
    {
      advice: 'Exclude columns with many different values, or take a sample of the rows.',
      place: { path: table.path },
    },
  );
}

function denseBlock(data: Exclude<BlockData, TextBlockData>): DenseBlock {
  switch (data.kind) {
    case 'number':
      return numberBlock(data);
    case 'date':
      return dateBlock(data);
    case 'boolean':
      return booleanBlock(data);
    case 'category':
      return categoryBlock(data);
  }
}
