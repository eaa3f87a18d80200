/** Rows -> numbers for a model, by statistics of the training rows that are stored with it. */
import * as z from 'zod';
import type { DatasetIssue } from '../../protocol/dataset';
import { LabError } from '../../protocol/errors';
import type { OutsideCell } from '../../protocol/marks';
import { ColumnReading, READ_BEFORE } from './column-reading';
import { DenseRows, SparseBuilder, SparseRows } from './encoded-rows';
import type { DenseBlock } from './feature';
import { BooleanBlockData, booleanBlock, CategoryBlockData, categoryBlock } from './feature-category';
import { dateBlock, DateBlockData } from './feature-date';
import { numberBlock, NumberBlockData } from './feature-number';
import { textBlock, TextBlockData } from './feature-text';
import type { TextBlock } from './feature-text';
import { outsideCells } from './outside';
import type { EncodedRows, Encoder, FeatureBlock, Table } from './types';
import { writeCounted } from '../../protocol/words';

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
export type EncoderNote = z.infer<typeof Note>;

const EncoderData = z.strictObject({
  format: z.literal('local-model-lab/encoder'),
  version: z.literal(1),
  blocks: z.array(BlockData),
  notes: z.array(Note),
  /** By column; absent in models that were trained before there were any. */
  readings: z.record(z.string(), ColumnReading).optional(),
});
export type EncoderData = z.infer<typeof EncoderData>;

export function encoderOf(data: EncoderData): Encoder {
  return new ColumnEncoder(data);
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
  return encoderOf(parsed.data);
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
