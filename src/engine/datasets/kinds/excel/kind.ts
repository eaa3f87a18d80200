/** Workbooks: recognised by what they are, a zip archive with sheets in it, or by their names. */
import { LabError } from '../../../../protocol/errors';
import { openPartForModel } from '../../part-for-model';
import { guessedPart, tellPart } from '../../parts';
import type { ReadTableOptions, Table } from '../../types';
import { type ModelDataset, type RowKind, type Source, Sureness } from '../dataset-kind';
import type { KindFile } from '../kind-file';
import { Archive } from './archive';
import { chooseSheet, sheetWords } from './choose-sheet';
import { compoundKind, refuseCompound } from './compound';
import { kind as description } from './description';
import { sheetIssues } from './found';
import { readSheet } from './sheet';
import { sheetTable } from './sheet-table';
import { readStyles } from './styles';
import { readStrings, readWorkbook } from './workbook';

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
/** The directory of an archive stands at its end, and a workbook's is short. */
const DIRECTORY = 65_536;

export const kind: RowKind = { holds: 'rows', recognise, open, openForModel };

function recognise({ source, extension }: KindFile): number {
  if (typeof source === 'string') return Sureness.no;
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.length);
  const isNamed = description.extensions.includes(extension);
  if (bytes.subarray(0, 4).equals(ZIP)) {
    return isNamed || holdsSheets(bytes) ? Sureness.byContent : Sureness.no;
  }
  return compoundKind(bytes) === undefined ? Sureness.no : Sureness.byContent;
}

/** By the names in the archive: at its beginning where it is cut. */
function holdsSheets(bytes: Buffer): boolean {
  const [first, last] = [bytes.subarray(0, DIRECTORY), bytes.subarray(-DIRECTORY)];
  return first.includes('xl/work') || last.includes('xl/work');
}

/** LabError('dataset') for what is no workbook that can be read, and says which. */
async function open(source: Source, options: ReadTableOptions): Promise<Table> {
  const { path } = options;
  if (typeof source === 'string') throw textInstead(path);
  refuseCompound(Buffer.from(source.buffer, source.byteOffset, source.length), path);
  const archive = await Archive.open(source, path);
  const { sheets, from1904, strings, styles } = await readWorkbook(archive, path);
  const context = {
    from1904,
    strings: await readStrings(archive, strings, path),
    styles: await readStyles(archive, styles, path),
  };
  const { chosen, all, fitting } = await chooseSheet(archive, sheets, context, options);
  const cells = chosen.cells ?? (await readSheet(archive, chosen.entry, context, path));
  return sheetTable(
    {
      cells,
      name: chosen.name,
      issues: [...guessedPart(fitting, chosen.name, sheetWords), ...sheetIssues(cells)],
      part: (wishes) => tellPart(all, chosen.name, sheetWords, wishes),
    },
    options,
  );
}

/** The model's own workbook is read as it was; in another one, the model's names make a row a header. */
function openForModel(source: Source, options: ReadTableOptions, model: ModelDataset): Promise<Table> {
  const { header } = model.reading;
  const { firstLine, units } = options.path === model.path ? model.reading : {};
  const knownNames = header === false ? undefined : model.columns;
  return openPartForModel(open, source, { header, firstLine, units, knownNames, ...options }, model);
}

function textInstead(path: string | undefined): LabError {
  return new LabError('dataset', 'A workbook is no text that an editor could hold.', {
    advice: 'Save the file, and choose it in the list of files.',
    place: { path },
  });
}
