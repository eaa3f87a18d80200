/** A table as its steps leave it, as a new file. */
import { resolve } from 'node:path';
import type { z } from 'zod';
import { CancelledError } from '../../protocol/endpoint';
import type { WritePrepared } from '../../protocol/engine';
import { LabError } from '../../protocol/errors';
import { csvLine, fromWholeFile, isSameFile, openRows, SETTLED, type Table } from '../datasets';
import { writeFileAtomically } from '../runs';

/** Rows that are written at once. */
const CHUNK = 2000;

interface Context {
  readonly signal: AbortSignal;
  readonly progress: (progress: { readonly rows: number; readonly total: number }) => void;
}

export async function write(
  { path, text, settled, output, ...reading }: z.infer<(typeof WritePrepared)['params']>,
  { signal, progress }: Context,
): Promise<{ readonly rows: number }> {
  if (await isSameFile(resolve(output), resolve(path))) {
    throw new LabError('invalid', 'The new file would overwrite the one that it is made of.', {
      advice: 'Choose another name: nothing of yours is changed.',
      place: { path },
    });
  }
  const options = { ...reading, path };
  const table =
    text === undefined
      ? await fromWholeFile(path, ({ source }) => openRows(source, options), {
          patience: settled === true ? SETTLED : undefined,
        })
      : await openRows(text, options);
  await writeFileAtomically(output, linesOf(table, signal, progress)).catch((thrown: unknown) => {
    throw signal.aborted ? new CancelledError() : thrown;
  });
  return { rows: table.rows };
}

/** The cells as they stand in the table: the lab, and whoever reads the file next, reads them as before. */
async function* linesOf(
  table: Table,
  signal: AbortSignal,
  progress: Context['progress'],
): AsyncGenerator<string> {
  yield csvLine(table.columns);
  for (let start = 0; start < table.rows; start += CHUNK) {
    // Between two pieces the engine answers others.
    await new Promise(setImmediate);
    if (signal.aborted) throw new CancelledError();
    const end = Math.min(table.rows, start + CHUNK);
    const lines: string[] = [];
    for (let row = start; row < end; row++) {
      lines.push(csvLine(table.columns.map((_, column) => table.cell(row, column))));
    }
    yield lines.join('');
    progress({ rows: end, total: table.rows });
  }
}
