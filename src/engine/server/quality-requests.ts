/** What is asked about the quality of a dataset's rows. */
import type { z } from 'zod';
import { LabError } from '../../protocol/errors';
import type { QualityReport, TableMend } from '../../protocol/quality';
import type { CheckQuality, MendTable } from '../../protocol/quality-requests';
import {
  type DatasetSource,
  Folder,
  fromWholeFile,
  openTable,
  rowKind,
  SETTLED,
  sizeOf,
  type Table,
  type TableText,
  type Watching,
} from '../datasets';
import { checkQuality, mendTable, subjectOf } from '../quality';

type Question = Omit<z.infer<(typeof CheckQuality)['params']>, 'checks'>;

/** Files whose text is inside another one. */
const PACKED = /\.gz$/iu;

/** Of a folder whose images are compared. */
const MOST_BYTES_OF_IMAGES = 64e6;

interface Opened {
  readonly table: Table;
  readonly text: TableText | undefined;
}

export async function check(
  { checks, ...question }: z.infer<(typeof CheckQuality)['params']>,
  { signal }: { readonly signal: AbortSignal },
): Promise<QualityReport> {
  const { table, text } = await open(question, { signal });
  const subject = subjectOf(table, question);
  const findings = await checkQuality(subject, { checks, signal, text });
  return { rows: table.rows, checked: subject.rows.length, findings };
}

export async function mend({
  check: name,
  mend: wanted,
  column,
  ...question
}: z.infer<(typeof MendTable)['params']>): Promise<TableMend> {
  const { table, text } = await open(question);
  if (text === undefined) {
    throw new LabError('invalid', 'This kind of file cannot be edited as text.', {
      advice: 'Mend it with the program that wrote it.',
      place: { path: question.path },
    });
  }
  // What is mended is mended in every row, however many there are.
  const subject = subjectOf(table, { ...question, mostCells: Infinity });
  return mendTable(
    subject,
    name,
    { name: wanted, column: column === undefined ? -1 : table.find(column) },
    text,
  );
}

async function open({ path, text, settled, ...options }: Question, watching?: Watching): Promise<Opened> {
  const openSource = async (source: DatasetSource): Promise<Opened> => {
    const kind = await rowKind({ path, source, options, asked: options.kind });
    // Many images are not read whole because somebody looks at a folder.
    const glance = !(source instanceof Folder) || sizeOf(source) > MOST_BYTES_OF_IMAGES;
    const table = await openTable(kind, source, { ...options, path, watching, glance });
    const isText = typeof source === 'string' || (source instanceof Uint8Array && !PACKED.test(path));
    // The cells of a prepared table are not those of its file.
    const isOwn = table.original === undefined;
    return { table, text: isText && isOwn ? kind.textOf?.(source, table) : undefined };
  };
  if (text !== undefined) return openSource(text);
  const patience = settled === true ? SETTLED : undefined;
  return fromWholeFile(path, ({ source }) => openSource(source), { ...watching, patience });
}
