/** What a workbook says of itself: its sheets in their order, where each lies in the archive, and how days are counted. */
import { posix } from 'node:path';
import { LabError } from '../../../../protocol/errors';
import { type Archive, damaged } from './archive';
import { attributeNamed, readXml } from './xml';

export interface SheetEntry {
  readonly name: string;
  /** Its part in the archive. */
  readonly entry: string;
  readonly hidden: boolean;
}

export interface Workbook {
  readonly sheets: readonly SheetEntry[];
  /** Whether days count from 1904, as old Macs have it, and not from 1900. */
  readonly from1904: boolean;
  /** Parts in the archive, where they are there. */
  readonly strings: string | undefined;
  readonly styles: string | undefined;
}

interface Relation {
  readonly type: string;
  readonly target: string;
}

/** LabError('dataset') for an archive that is no workbook, or one without sheets of cells. */
export async function readWorkbook(archive: Archive, path: string | undefined): Promise<Workbook> {
  const root = await relationsOf(archive, '', path);
  const main = [...root.values()].find(({ type }) => type.endsWith('/officeDocument'))?.target;
  const entry = main ?? 'xl/workbook.xml';
  if (!archive.has(entry)) throw noWorkbook(path);
  const relations = await relationsOf(archive, entry, path);
  const byType = (type: string) =>
    [...relations.values()].find((each) => each.type.endsWith(`/${type}`) && archive.has(each.target))
      ?.target;
  const sheets: SheetEntry[] = [];
  let from1904 = false;
  await readXml(
    archive,
    entry,
    {
      open: (name, attributes) => {
        if (name === 'workbookPr') from1904 = /^(?:1|true)$/u.test(attributes['date1904'] ?? '');
        if (name !== 'sheet') return;
        const relation = relations.get(attributeNamed(attributes, 'id') ?? '');
        // Sheets of charts and of dialogs hold no cells.
        if (relation?.type.endsWith('/worksheet') !== true || !archive.has(relation.target)) return;
        const { state = 'visible' } = attributes;
        sheets.push({ name: attributes['name'] ?? '', entry: relation.target, hidden: state !== 'visible' });
      },
    },
    path,
  );
  if (sheets.length === 0) throw noWorkbook(path);
  return { sheets, from1904, strings: byType('sharedStrings'), styles: byType('styles') };
}

/** What a part refers to, by the ids that it uses; empty for one that refers to nothing. */
async function relationsOf(
  archive: Archive,
  part: string,
  path: string | undefined,
): Promise<ReadonlyMap<string, Relation>> {
  const folder = posix.dirname(part);
  const entry = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const found = new Map<string, Relation>();
  if (!archive.has(entry)) return found;
  await readXml(
    archive,
    entry,
    {
      open: (name, { Id: id, Type: type, Target: target, TargetMode: mode }) => {
        if (name !== 'Relationship' || id === undefined || type === undefined || target === undefined) return;
        if (mode === 'External') return;
        found.set(id, {
          type,
          target: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
        });
      },
    },
    path,
  );
  return found;
}

function noWorkbook(path: string | undefined): LabError {
  return new LabError('dataset', 'The file is a zip archive without a sheet of an Excel workbook.', {
    advice: 'Unpack it and open the file inside, or save the sheet as CSV or as .xlsx.',
    place: { path },
  });
}

/** The shared strings of a workbook: rich text put together, its phonetic hints left out. */
export async function readStrings(
  archive: Archive,
  entry: string | undefined,
  path: string | undefined,
): Promise<readonly string[]> {
  if (entry === undefined) return [];
  const strings: string[] = [];
  let text = '';
  let length = 0;
  let inText = false;
  let inHint = false;
  await readXml(
    archive,
    entry,
    {
      open: (name) => {
        if (name === 'si') text = '';
        else if (name === 'rPh') inHint = true;
        else if (name === 't') inText = !inHint;
      },
      text: (piece) => {
        if (inText) text += piece;
      },
      close: (name) => {
        if (name === 't') inText = false;
        else if (name === 'rPh') inHint = false;
        else if (name === 'si') {
          strings.push(unescaped(text));
          length += text.length;
          if (length > MOST_CHARACTERS) throw damaged(path, new RangeError('more text than can be read'));
        }
      },
    },
    path,
  );
  return strings;
}

/** Of all texts of a workbook together. */
const MOST_CHARACTERS = 2 ** 30;

/** `_x000D_` stands for a character that XML has not. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([\dA-Fa-f]{4})_/gu, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
