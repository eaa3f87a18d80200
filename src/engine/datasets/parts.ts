/** Files that hold several tables: which of them is read, and how that is told to whoever may choose another. */
import type { DatasetIssue } from '../../protocol/dataset';
import { LabError } from '../../protocol/errors';
import { nearestName } from '../../protocol/nearest-name';
import type { ReadingPart, ReadingWishes } from '../../protocol/reading';
import { writeCounted } from '../../protocol/words';

/** A sheet, table or list of a file. */
export interface FilePart {
  readonly name: string;
  /** As far as they are known without reading all of it. */
  readonly rows?: number | undefined;
  readonly columns?: number | undefined;
  /** What a person should know of it before choosing it, e.g. `hidden`. */
  readonly note?: string | undefined;
}

/** What the parts of a kind of file are called, e.g. `sheet` and `sheets`. */
export interface PartWords {
  readonly one: string;
  readonly many: string;
}

/** Parts that are named where one is asked for that is not there. */
const NAMED = 12;
/** Parts that the list of choices offers. */
const OFFERED = 200;

/** A part was asked for that the file does not have. */
export class MissingPart extends LabError {}

/** The part that is asked for, by its name; letter case aside where that leaves no doubt. MissingPart for another. */
export function findPart<T extends FilePart>(
  parts: readonly T[],
  asked: string,
  words: PartWords,
  path: string | undefined,
): T {
  const alike = parts.filter(({ name }) => name.trim().toLowerCase() === asked.trim().toLowerCase());
  const found = parts.find(({ name }) => name === asked) ?? (alike.length === 1 ? alike[0] : undefined);
  if (found !== undefined) return found;
  const names = parts.map(({ name }) => name);
  const near = nearestName(asked, names);
  const listed = names
    .slice(0, NAMED)
    .map((name) => `"${name}"`)
    .join(', ');
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  throw new MissingPart('dataset', `The file has no ${words.one} "${asked}".`, {
    advice: `${near === undefined ? '' : `Did you mean "${near}"? `}Its ${words.many} are ${listed}${more}.`,
    place: { path },
  });
}

/** The part that is read among all of the file, for people who may choose another. */
export function tellPart(
  parts: readonly FilePart[],
  chosen: string,
  { one }: PartWords,
  wishes: ReadingWishes,
): ReadingPart {
  const offered = parts.slice(0, OFFERED);
  const known = parts.find(({ name }) => name === chosen);
  return {
    field: 'part',
    title: `${one.charAt(0).toUpperCase()}${one.slice(1)}`,
    value: chosen,
    text: `${one} "${chosen}"`,
    told: parts.length > 1,
    asked: wishes.part !== undefined,
    choices: (known === undefined || offered.includes(known) ? offered : [known, ...offered]).map((part) => ({
      value: part.name,
      label: labelOf(part),
    })),
  };
}

/** `Data (120 rows, 5 columns)`. */
function labelOf({ name, rows, columns, note }: FilePart): string {
  const facts = [
    ...(rows === undefined ? [] : [writeCounted(rows, 'row')]),
    ...(columns === undefined ? [] : [writeCounted(columns, 'column')]),
    ...(note === undefined ? [] : [note]),
  ];
  return facts.length === 0 ? name : `${name} (${facts.join(', ')})`;
}

/** Said where several parts could have been meant and none was asked for. */
export function guessedPart(
  fitting: readonly FilePart[],
  chosen: string,
  { one, many }: PartWords,
): DatasetIssue[] {
  if (fitting.length < 2) return [];
  return [
    {
      severity: 'information',
      code: 'guessed-part',
      message: `The file has ${fitting.length} ${many} that could be meant: "${chosen}" is read.`,
      advice: `Choose another ${one} where it says how the file is read.`,
    },
  ];
}
