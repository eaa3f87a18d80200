/** A whole file, row by row, into a CSV with what the model says beside what the file says. */
import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { DatasetIssue } from '../../protocol/dataset';
import type { FormulaPolicy, PredictionProgress, PredictionResult } from '../../protocol/engine';
import { CancelledError } from '../../protocol/endpoint';
import { LabError } from '../../protocol/errors';
import {
  csvLine,
  fromWholeFile,
  isSameFile,
  placeOf,
  type ReadTableOptions,
  rowKeys,
  type Table,
} from '../datasets';
import { missingColumns } from '../features';
import { renameWithRetries } from '../runs';
import { headerFor, lineFor } from './csv';
import { FormulaGuard } from './formulas';
import { oddCells, unpredictedRows } from './issues';
import { Judgements } from './judgements';
import { measureSlots } from './metrics';
import { outsideRows } from './outside-rows';
import type { Predictor } from './predictor';
import { readOtherwise } from './read-otherwise';
import { readForModel } from './read-table';
import { unknownClasses } from './unknown-classes';

/** Rows that are written at once. */
const chunk = 2000;
/** ms between two messages. */
const interval = 100;

export interface PredictFileRequest extends ReadTableOptions {
  readonly path: string;
  readonly output: string;
  /** What becomes of cells that a spreadsheet would compute; `escape` where nothing is said. */
  readonly formulas?: FormulaPolicy | undefined;
  readonly signal?: AbortSignal | undefined;
  /** At most ten times a second. */
  readonly onProgress?: ((progress: PredictionProgress) => void) | undefined;
}

/**
 * Predicts every row of a file, again where the file moves meanwhile. The output appears whole or not at all. LabError('mismatch') when the file lacks
 * columns that the model needs; CancelledError when the signal ends it. A file without the target column is fine.
 */
export async function predictFile(
  predictor: Predictor,
  request: PredictFileRequest,
): Promise<PredictionResult> {
  const output = resolve(request.output);
  if (await isSameFile(output, resolve(request.path))) {
    throw new LabError('invalid', 'The predictions would overwrite the file that they are made of.', {
      advice: 'Choose another file for the output.',
      place: { path: request.path },
    });
  }
  // Not the name with an ending: a long name is allowed, a longer one is not.
  const temporary = join(dirname(output), `.${randomBytes(6).toString('hex')}.tmp`);
  // The wait for a file that is being written says nothing of the speed.
  let began = 0;
  try {
    const watching = { signal: request.signal };
    const judged = await fromWholeFile(
      request.path,
      async ({ source }) => {
        began = performance.now();
        const table = await readForModel(predictor, source, { ...request, watching });
        requireColumns(predictor, table);
        return writeRows(predictor, table, request, temporary).catch((thrown: unknown) => {
          throw thrown instanceof CancelledError ? thrown : cannotWrite(output, thrown);
        });
      },
      watching,
    );
    await renameWithRetries(temporary, output).catch((thrown: unknown) => {
      throw cannotWrite(output, thrown);
    });
    request.onProgress?.({ rows: judged.table.rows, total: judged.table.rows });
    return resultOf(predictor, judged, request, output, (performance.now() - began) / 1000);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw thrown;
  }
}

interface JudgedTable {
  readonly table: Table;
  readonly judgements: Judgements;
  /** `[rows]`: where the judgement of each row is. */
  readonly slots: Int32Array;
  readonly formulas: FormulaGuard;
}

/** Judges a table and writes its rows with what was found to the file `temporary`, anew where it is there. */
async function writeRows(
  predictor: Predictor,
  table: Table,
  request: PredictFileRequest,
  temporary: string,
): Promise<JudgedTable> {
  const judgements = new Judgements(predictor);
  const keys = rowKeys(table);
  const slots = new Int32Array(table.rows);
  const formulas = new FormulaGuard(request.formulas ?? 'escape');
  // What the file says stands as it is beside what the model says.
  const written = table.original ?? table;
  await rm(temporary, { force: true });
  const file = await open(temporary, 'wx');
  try {
    await file.appendFile(csvLine(formulas.guard(headerFor(predictor, written), table.format.firstLine)));
    let told = -Infinity;
    for (let start = 0; start < table.rows; start += chunk) {
      if (request.signal?.aborted) throw new CancelledError();
      const end = Math.min(table.rows, start + chunk);
      const rows = Uint32Array.from({ length: end - start }, (_, at) => start + at);
      const found = await judgements.update(table, (row) => keys[row] as number, rows);
      slots.set(found.slots, start);
      const lines: string[] = [];
      for (let row = start; row < end; row++) {
        const cells = lineFor(predictor, judgements, written, row, slots[row] as number);
        lines.push(csvLine(formulas.guard(cells, table.startLine[row] ?? 1, placeOf(table, row))));
      }
      await file.appendFile(lines.join(''));
      const now = performance.now();
      if (now - told < interval) continue;
      told = now;
      request.onProgress?.({ rows: end, total: table.rows });
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { table, judgements, slots, formulas };
}

function resultOf(
  predictor: Predictor,
  { table, judgements, slots, formulas }: JudgedTable,
  request: PredictFileRequest,
  output: string,
  seconds: number,
): PredictionResult {
  const unpredicted = unpredictedRows(table, slots, judgements);
  const predicted = table.rows - (unpredicted?.rows ?? 0);
  return {
    rows: table.rows,
    predicted,
    unpredicted,
    seconds,
    rowsPerSecond: predicted / seconds,
    output,
    metrics: measureSlots(predictor, judgements, slots),
    reading: table.tell(request),
    readOtherwise: readOtherwise(predictor, table),
    issues: [
      ...table.issues,
      ...writtenInUtf8(table),
      ...formulas.issues(),
      ...oddCells(table, slots, judgements),
      ...outsideRows(table, slots, judgements),
      ...unknownClasses(predictor, table, slots, judgements),
    ],
  };
}

/** Names the file that was asked for, and not the temporary one beside it. */
function cannotWrite(output: string, thrown: unknown): LabError {
  const error = LabError.from(thrown, output);
  if (error.code !== 'file') return error;
  const missing = error.cause instanceof Error && (error.cause as NodeJS.ErrnoException).code === 'ENOENT';
  const why = missing ? 'Its folder is not there.' : error.message;
  return new LabError('file', `The predictions cannot be written to ${output}. ${why}`, {
    advice: 'Choose a folder that exists and can be written.',
    place: { path: output },
    cause: thrown,
  });
}

/** Predictions are UTF-8, which holds the letters of every class; who goes on with them should know. */
function writtenInUtf8({ format }: Table): DatasetIssue[] {
  if (format.encoding === 'utf-8') return [];
  return [
    {
      severity: 'information',
      code: 'written-in-utf-8',
      message: `The file is encoded in ${format.encoding}; the predictions are written in UTF-8.`,
      advice: 'Choose UTF-8 where you open them.',
    },
  ];
}

function requireColumns(predictor: Predictor, table: Table): void {
  const [lacking] = missingColumns(predictor.encoder, table);
  if (!lacking) return;
  throw new LabError('mismatch', lacking.message, {
    advice: lacking.advice,
    place: { path: table.path, line: lacking.line },
  });
}
