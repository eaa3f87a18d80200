/**
 * Free text as features: TF-IDF of words and word pairs, and of character n-grams within words. Term frequency is
 * sublinear (1 + ln tf), the inverse document frequency smoothed (ln((1 + n) / (1 + df)) + 1), each of the two
 * kinds scaled to length 1 (as in scikit-learn's TfidfVectorizer).
 */
import * as z from 'zod';
import type { Table } from '../../datasets/types';
import type { FeatureNote, SparseBlock, SparseFeature } from '../feature';

/** Most frequent terms kept of each kind (measured on 5,574 short messages: more gains nothing). */
const WORD_TERMS = 4000;
const GRAM_TERMS = 4000;
/** A term must occur in so many training rows. */
const FEWEST_ROWS = 2;
const SHORTEST_GRAM = 2;
const LONGEST_GRAM = 4;
/** Characters of a cell that are looked at. */
const TEXT_CUT = 20_000;
/** Rows of which the vocabulary is made, evenly spaced; all of them up to this number. */
const VOCABULARY_ROWS = 50_000;
/** Candidate terms kept in memory while counting; those seen once are dropped beyond. */
const CANDIDATES = 1_000_000;

const Terms = z.strictObject({ terms: z.array(z.string()), idf: z.array(z.number()) });
const TextBlockData = z
  .strictObject({ kind: z.literal('text'), column: z.string(), words: Terms, grams: Terms })
  .superRefine(({ column, words, grams }, context) => {
    if (words.terms.length === words.idf.length && grams.terms.length === grams.idf.length) return;
    context.addIssue({ code: 'custom', message: `terms and weights of "${column}" differ.` });
  });
type TextBlockData = z.infer<typeof TextBlockData>;
type Terms = z.infer<typeof Terms>;

export const feature: SparseFeature<TextBlockData> = {
  kind: 'text',
  storage: 'sparse',
  data: TextBlockData,
  fit: fitText,
  open: textBlock,
  note: noteOnCut,
};

function noteOnCut(
  _: TextBlockData,
  table: Table,
  column: number,
  rows: Uint32Array,
): FeatureNote | undefined {
  if (!rows.some((row) => table.cell(row, column).length > TEXT_CUT)) return undefined;
  return {
    code: 'long-text',
    message: `only the first ${TEXT_CUT} characters of a cell are used.`,
    advice: 'Shorten long cells.',
  };
}

function fitText(table: Table, column: number, rows: Uint32Array): TextBlockData {
  const stride = Math.max(1, Math.ceil(rows.length / VOCABULARY_ROWS));
  const words = new Map<string, number>();
  const grams = new Map<string, number>();
  let documents = 0;
  for (let position = 0; position < rows.length; position += stride) {
    const text = normalised(table.cell(rows[position] as number, column));
    documents++;
    countDocument(words, wordTerms(text));
    countDocument(grams, gramTerms(text));
  }
  return {
    kind: 'text',
    column: table.columns[column] as string,
    words: chosen(words, WORD_TERMS, documents),
    grams: chosen(grams, GRAM_TERMS, documents),
  };
}

function countDocument(counts: Map<string, number>, terms: readonly string[]): void {
  for (const term of new Set(terms)) counts.set(term, (counts.get(term) ?? 0) + 1);
  if (counts.size <= CANDIDATES) return;
  for (const [term, count] of counts) if (count === 1) counts.delete(term);
}

function chosen(counts: ReadonlyMap<string, number>, limit: number, documents: number): Terms {
  const kept = [...counts]
    .filter(([, count]) => count >= FEWEST_ROWS)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, limit)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    terms: kept.map(([term]) => term),
    idf: kept.map(([, count]) => Math.log((1 + documents) / (1 + count)) + 1),
  };
}

function textBlock(data: TextBlockData): SparseBlock {
  const wordIndex = new Map(data.words.terms.map((term, index) => [term, index]));
  const gramIndex = new Map(data.grams.terms.map((term, index) => [term, index]));
  const offset = data.words.terms.length;
  return {
    data,
    width: offset + data.grams.terms.length,
    names: [
      ...data.words.terms.map((term) => `${data.column} contains "${term}"`),
      ...data.grams.terms.map((term) => `${data.column} contains letters "${term}"`),
    ],
    encode(cell, emit) {
      const text = normalised(cell);
      emitWeights(wordTerms(text), wordIndex, data.words.idf, 0, emit);
      emitWeights(gramTerms(text), gramIndex, data.grams.idf, offset, emit);
    },
  };
}

function emitWeights(
  terms: readonly string[],
  indexOf: ReadonlyMap<string, number>,
  idf: readonly number[],
  offset: number,
  emit: (feature: number, value: number) => void,
): void {
  const counts = new Map<number, number>();
  for (const term of terms) {
    const index = indexOf.get(term);
    if (index !== undefined) counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  let square = 0;
  for (const [index, count] of counts) {
    const weight = (1 + Math.log(count)) * (idf[index] as number);
    counts.set(index, weight);
    square += weight * weight;
  }
  if (square === 0) return;
  const scale = 1 / Math.sqrt(square);
  for (const index of [...counts.keys()].sort((a, b) => a - b)) {
    emit(offset + index, (counts.get(index) as number) * scale);
  }
}

function normalised(cell: string): string {
  return (cell.length > TEXT_CUT ? cell.slice(0, TEXT_CUT) : cell).toLowerCase();
}

/** Words, single punctuation marks, and pairs of neighbours. */
function wordTerms(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]/gu) ?? [];
  const terms: string[] = [...words];
  for (let i = 1; i < words.length; i++) terms.push(`${words[i - 1] as string} ${words[i] as string}`);
  return terms;
}

/** Character n-grams of each stretch without spaces, its two ends marked by a space. */
function gramTerms(text: string): string[] {
  const terms: string[] = [];
  for (const stretch of text.split(/\s+/u)) {
    if (stretch === '') continue;
    const padded = ` ${stretch} `;
    for (let length = SHORTEST_GRAM; length <= LONGEST_GRAM; length++) {
      for (let at = 0; at + length <= padded.length; at++) terms.push(padded.slice(at, at + length));
    }
  }
  return terms;
}
