/** Rows -> numbers for a model, by statistics of the training rows that are stored with it. */
import * as z from 'zod';
import type { DatasetIssue } from '../../protocol/dataset';
import { LabError } from '../../protocol/errors';
import type { OutsideCell } from '../../protocol/marks';
import { writeCounted } from '../../protocol/words';
import { ColumnReading, READ_BEFORE } from '../datasets/column-reading';
import type { Table } from '../datasets/types';
import { DenseRows, SparseBuilder, SparseRows } from './encoded-rows';
import type { BlockData, DenseBlock, SparseBlock } from './feature';
import { featureOf, findFeature } from './open-features';
import { outsideCells } from './outside';
import type { EncodedRows, Encoder, FeatureBlock } from './types';

/** Held against the schema of its kind. */
const Block = z
  .looseObject({ kind: z.string(), column: z.string() })
  .transform((block, context): BlockData => {
    const feature = findFeature(block.kind);
    if (feature === undefined) {
      context.addIssue({ code: 'custom', path: ['kind'], message: `There is no kind "${block.kind}".` });
      return z.NEVER;
    }
    const parsed = feature.data.safeParse(block);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      context.issues.push({ ...issue, input: block } as z.core.$ZodRawIssue);
    }
    return z.NEVER;
  });

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
  blocks: z.array(Block),
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
  readonly #sparse: readonly SparseBlock[];
  readonly #denseWidth: number;

  constructor(data: EncoderData) {
    this.#data = data;
    this.notes = data.notes;
    this.readings =
      data.readings ?? Object.fromEntries(data.blocks.map(({ column }) => [column, READ_BEFORE]));
    const dense: DenseBlock[] = [];
    const sparse: SparseBlock[] = [];
    for (const block of data.blocks) {
      const feature = featureOf(block.kind);
      if (feature.storage === 'sparse') sparse.push(feature.open(block));
      else dense.push(feature.open(block));
    }
    this.#dense = dense;
    this.#sparse = sparse;
    const features: FeatureBlock[] = [];
    let offset = 0;
    for (const { data: own, width, shape } of [...dense, ...sparse]) {
      features.push({ column: own.column, kind: own.kind, offset, width, ...(shape && { shape }) });
      offset += width;
    }
    this.features = features;
    this.width = offset;
    this.#denseWidth = dense.reduce((sum, { width }) => sum + width, 0);
    this.featureNames = [...dense, ...sparse].flatMap(({ names }) => names);
    this.storage = sparse.length > 0 ? 'sparse' : 'dense';
  }

  /** LabError('dataset') when the rows would not fit into memory. */
  encode(table: Table, rows: Uint32Array): EncodedRows {
    requireRoom(table, rows.length, this.#dense, this.#denseWidth);
    const front = new Float32Array(rows.length * this.#denseWidth);
    // Rows by rows, so that what is written lies near by.
    for (let from = 0; from < rows.length; from += FILLED_ROWS) {
      const some = rows.subarray(from, from + FILLED_ROWS);
      const out = front.subarray(from * this.#denseWidth);
      let offset = 0;
      for (const block of this.#dense) {
        block.fill(table, some, out, this.#denseWidth, offset);
        offset += block.width;
      }
    }
    const dense = new DenseRows(rows.length, this.#denseWidth, front);
    return this.#sparse.length === 0
      ? dense
      : new SparseRows(dense, this.width, this.#encodeSparse(table, rows));
  }

  #encodeSparse(table: Table, rows: Uint32Array) {
    const builder = new SparseBuilder();
    const columns = this.#sparse.map(({ data }) => table.find(data.column));
    for (const row of rows) {
      let offset = this.#denseWidth;
      this.#sparse.forEach((block, index) => {
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
    return outsideCells([...this.#dense, ...this.#sparse], table, rows);
  }

  toJSON(): EncoderData {
    return this.#data;
  }
}

/** Rows that are filled by all blocks, one after the other. */
const FILLED_ROWS = 512;

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
