/** Delimited tables: by their names, or by their looks. */
import { isOtherText } from '../../reading/foreign';
import type { TableText } from '../../table-text';
import type { Table } from '../../types';
import { type RowKind, type Source, Sureness } from '../dataset-kind';
import type { KindFile } from '../kind-file';
import { kind as description } from './description';
import { openForModel } from './for-model';
import { chooseReading } from './reading/choose';
import { isClearlyTable } from './reading/clearly';
import { delimitedText } from './delimited-text';
import { readTable } from './table';

/** Nobody looks for a table in them. */
const MARKUP_EXTENSIONS = new Set(['.md', '.markdown']);
/** Their files are tables only where they are plainly cut into columns. */
const TEXT_EXTENSIONS = new Set(['.txt', '.text']);
/** Agreement among records that makes a file of unknown extension a table. */
const TABLE_AGREEMENT = 0.95;

export const kind: RowKind = { holds: 'rows', recognise, open: readTable, openForModel, textOf };

function textOf(_: Source, table: Table): TableText | undefined {
  return delimitedText(table);
}

function recognise(file: KindFile): number {
  const { extension, options } = file;
  if (description.extensions.includes(extension)) return Sureness.byName;
  if (options.separator !== undefined) return Sureness.byLooks;
  // Any text is a table to a person who says so.
  if (file.wanted === 'rows') return Sureness.perhaps;
  if (MARKUP_EXTENSIONS.has(extension)) return Sureness.no;
  const decoded = file.decoded();
  if (decoded === undefined || isOtherText(decoded)) return Sureness.no;
  const chosen = chooseReading(decoded, options);
  const { columns, agreement, records } = chosen;
  const isTable = TEXT_EXTENSIONS.has(extension)
    ? isClearlyTable(decoded, chosen)
    : columns > 1 && records > 1 && agreement >= TABLE_AGREEMENT;
  return isTable ? Sureness.byLooks : Sureness.no;
}
