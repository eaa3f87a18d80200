/** Tables checked in one call, without a file, and mended as an editor would. */
import { rowKind, type Source } from '../../../src/engine/datasets';
import { checkQuality, mendTable, subjectOf, type SubjectWish } from '../../../src/engine/quality';
import type { QualityFinding, SpanEdit } from '../../../src/protocol';

export interface CheckWish extends SubjectWish {
  readonly checks?: readonly string[];
  readonly path?: string;
}

async function open(source: Source, { path = 'table.csv', ...wish }: CheckWish) {
  const kind = await rowKind({ path, source, options: {} });
  const table = await kind.open(source, { path });
  return { subject: subjectOf(table, wish), text: kind.textOf?.(source, table) };
}

export async function check(source: Source, wish: CheckWish = {}): Promise<QualityFinding[]> {
  const { subject, text } = await open(source, wish);
  return checkQuality(subject, { text, checks: wish.checks });
}

/** The text after a mend. */
export async function mended(
  source: string,
  choice: { readonly check: string; readonly mend: string; readonly column?: string } & CheckWish,
): Promise<string> {
  const { subject, text } = await open(source, { mostCells: Infinity, ...choice });
  if (text === undefined) throw new Error('this is no text');
  const column = choice.column === undefined ? -1 : subject.table.find(choice.column);
  const { edits } = await mendTable(subject, choice.check, { name: choice.mend, column }, text);
  return applied(source, edits);
}

/** As an editor applies edits: all at places of the text before. */
export function applied(text: string, edits: readonly SpanEdit[]): string {
  const lines = text.split(/\r\n|\r|\n/u);
  let offset = 0;
  const begins = lines.map((line) => {
    const begin = offset;
    offset += line.length + (text.startsWith('\r\n', offset + line.length) ? 2 : 1);
    return begin;
  });
  const at = (line: number, character: number): number =>
    line > lines.length ? text.length : (begins[line - 1] as number) + character - 1;
  return [...edits]
    .map(({ span, text: now }) => ({
      from: at(span.line, span.character),
      to: at(span.endLine, span.endCharacter),
      now,
    }))
    .sort((a, b) => b.from - a.from)
    .reduce((before, { from, to, now }) => before.slice(0, from) + now + before.slice(to), text);
}

/** A text between two places, as the finding has them. */
export function textAt(text: string, finding: QualityFinding | undefined, place = 0): string | undefined {
  const span = finding?.places[place]?.span;
  if (span === undefined) return undefined;
  const lines = text.split(/\r\n|\r|\n/u).slice(span.line - 1, span.endLine);
  if (span.character === undefined || span.endCharacter === undefined) return lines.join('\n');
  const last = lines.length - 1;
  return lines
    .map((line, at) =>
      line.slice(
        at === 0 ? (span.character ?? 1) - 1 : 0,
        at === last ? (span.endCharacter ?? 1) - 1 : undefined,
      ),
    )
    .join('\n');
}

/** Numbers that look like any: always the same ones. */
export function chance(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Rows of three numbers, a name and a class that depends on them: nothing is wrong with them. */
export function cleanRows(rows: number, seed = 1): string[] {
  const random = chance(seed);
  return Array.from({ length: rows }, (_, row) => {
    const a = 10 + 5 * random() + (row % 3);
    const b = 200 + 80 * random() - 10 * (row % 3);
    const c = 3 * random();
    const place = ['north', 'south', 'east'][Math.floor(3 * random())] ?? '';
    return `${a.toFixed(3)},${b.toFixed(2)},${c.toFixed(4)},${place},${['lima', 'pinto', 'navy'][row % 3] ?? ''}`;
  });
}

export const cleanHeader = 'length,weight,depth,place,kind';

export function cleanTable(rows = 300): string {
  return `${[cleanHeader, ...cleanRows(rows)].join('\n')}\n`;
}
