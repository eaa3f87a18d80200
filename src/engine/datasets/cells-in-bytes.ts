/** Cells as places in the bytes of a file. */
import { rowSearch } from './byte-search';
import type { CellSource } from './cell-source';
import { cellText } from './cell-text';
import { codeCells, type CodedTexts } from './coded-texts';
import type { TableFormat } from '../../protocol/dataset';
import { mayBePlaceholder, maybePlaceholders } from './placeholders';
import { type PlainNumbers, plainNumbers } from './plain-numbers';
import type { Rows } from './row-places';
import { isMissingBytes, mayBeNumber, parseNumber } from './values';

export class CellsInBytes implements CellSource {
  readonly decimal: '.' | ',';
  readonly #comma: boolean;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly places: Rows,
    readonly columns: readonly string[],
    private readonly format: TableFormat,
  ) {
    this.decimal = format.decimal;
    this.#comma = format.decimal === ',';
  }

  get rows(): number {
    return this.places.records;
  }

  has(row: number, column: number): boolean {
    const { firstCell } = this.places;
    return (firstCell[row] as number) + column < (firstCell[row + 1] as number);
  }

  text(row: number, column: number): string {
    if (!this.has(row, column)) return '';
    return cellText(this.bytes, this.#start(row, column), this.#end(row, column), this.format);
  }

  plainNumber(row: number, column: number): number {
    return parseNumber(this.bytes, this.#start(row, column), this.#end(row, column), this.#comma);
  }

  plainNumbers(column: number, stride: number): PlainNumbers {
    return plainNumbers(this.bytes, this.places, column, stride, this.#comma);
  }

  maybePlaceholder(row: number, column: number): boolean {
    return mayBePlaceholder(this.bytes, this.#start(row, column), this.#end(row, column));
  }

  maybePlaceholders(column: number, stride: number): readonly number[] {
    return maybePlaceholders(this.bytes, this.places, column, stride);
  }

  maybeNumber(row: number, column: number): boolean {
    return mayBeNumber(this.bytes, this.#start(row, column), this.#end(row, column));
  }

  wasMissing(row: number, column: number): boolean {
    return isMissingBytes(this.bytes, this.#start(row, column), this.#end(row, column));
  }

  rowSearch(text: string): ((row: number) => boolean) | undefined {
    return rowSearch(this.bytes, this.places, text);
  }

  dayOf(): undefined {
    return undefined;
  }

  coded(column: number): CodedTexts | undefined {
    return codeCells(this.bytes, this.places, column, this.format);
  }

  #start(row: number, column: number): number {
    return this.places.cellStart[(this.places.firstCell[row] as number) + column] as number;
  }

  #end(row: number, column: number): number {
    return this.places.cellEnd[(this.places.firstCell[row] as number) + column] as number;
  }
}
