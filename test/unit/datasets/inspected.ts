/** A delimited table, or a text, opened and inspected in one call, without a file. */
import { decodeText, readTable, type ReadTableOptions, sha256 } from '../../../src/engine/datasets';
import { summariseTable, type TableQuestion } from '../../../src/engine/datasets/summarise-table';
import { summariseText } from '../../../src/engine/datasets/summarise-text';
import type { TableSummary, TextSummary } from '../../../src/protocol';

export function inspectTable(
  bytes: Uint8Array,
  options: ReadTableOptions & TableQuestion & { readonly path: string },
): TableSummary {
  const { path } = options;
  const facts = { path, sha256: sha256(bytes), bytes: bytes.length };
  return summariseTable(readTable(bytes, options), options, facts);
}

export function inspectText(bytes: Uint8Array, path: string): TextSummary {
  return summariseText(decodeText(bytes, path), { path, sha256: sha256(bytes), bytes: bytes.length });
}
