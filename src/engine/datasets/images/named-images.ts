/**
 * Columns whose cells name image files beside the table. Only files inside the table's folder are read, whatever a cell says
 * and wherever links lead.
 */
import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { DatasetIssue } from '../../../protocol/dataset';
import { CancelledError } from '../../../protocol/endpoint';
import { writeCounted } from '../../../protocol/words';
import type { ReadTableOptions, Table } from '../types';
import type { ImageColumn } from './image-column';
import { IMAGE_NAME } from './image-file';
import { type ImageSource, readImages } from './read-images';

/** Folders beside the table in which images are looked for, the table's own first. */
const FOLDERS = ['', 'images', 'img'];
/** Rows by which most columns are found to be none of images. */
const FIRST_ROWS = 5;
/** Names of which so many must be there. */
const SAMPLE = 50;
const SHARE = 0.5;
/** Files that are asked for at the same time. */
const AT_ONCE = 64;

/** Reads the images that the table's columns name, and says what of them could not be read. */
export async function attachNamedImages(table: Table, options: ReadTableOptions): Promise<void> {
  const { path } = options;
  if (path === undefined || !isAbsolute(path) || table.images !== undefined) return;
  const found = new Map<string, ImageColumn>();
  const issues: DatasetIssue[] = [];
  for (const [column, name] of table.columns.entries()) {
    if (!mayNameImages(table, column)) continue;
    const named = namesOf(table, column);
    const folder = await folderOf(dirname(path), [...named.keys()]);
    if (folder === undefined) continue;
    const { sources, outside, missing } = await placesOf(folder, [...named.keys()], options);
    const read = await readImages(sources, {
      shape: options.imageShapes?.[name],
      glance: options.glance,
      watching: options.watching,
    });
    issues.push(...read.issues, ...unread(table, name, named, outside, missing));
    if (read.column !== undefined) found.set(name, read.column);
  }
  if (found.size > 0) table.images = found;
  if (issues.length > 0) table.issues = [...table.issues, ...issues];
}

function mayNameImages(table: Table, column: number): boolean {
  const rows = Math.min(FIRST_ROWS, table.rows);
  let named = 0;
  for (let row = 0; row < rows; row++) if (IMAGE_NAME.test(table.value(row, column))) named++;
  return rows > 0 && named > SHARE * rows;
}

/** The rows of each name. */
function namesOf(table: Table, column: number): Map<string, number[]> {
  const names = new Map<string, number[]>();
  for (let row = 0; row < table.rows; row++) {
    const name = table.value(row, column);
    if (name === '' || table.isMissing(row, column)) continue;
    const rows = names.get(name);
    if (rows === undefined) names.set(name, [row]);
    else rows.push(row);
  }
  return names;
}

/** The folder in which most of the names are files; undefined where there is none. */
async function folderOf(base: string, names: readonly string[]): Promise<string | undefined> {
  const stride = Math.max(1, Math.floor(names.length / SAMPLE));
  const some = names.filter((_, at) => at % stride === 0).slice(0, SAMPLE);
  for (const each of FOLDERS) {
    const folder = await realpath(join(base, each)).catch(() => undefined);
    if (folder === undefined) continue;
    const places = await Promise.all(some.map((name) => placeOf(folder, name)));
    const there = places.filter((place) => place !== 'missing' && place !== 'outside').length;
    if (there > 0 && there >= SHARE * places.filter((place) => place !== 'outside').length) return folder;
  }
  return undefined;
}

interface Places {
  readonly sources: readonly ImageSource[];
  readonly outside: readonly string[];
  readonly missing: readonly string[];
}

async function placesOf(
  folder: string,
  names: readonly string[],
  { watching }: ReadTableOptions,
): Promise<Places> {
  const sources: ImageSource[] = [];
  const outside: string[] = [];
  const missing: string[] = [];
  for (let start = 0; start < names.length; start += AT_ONCE) {
    if (watching?.signal?.aborted === true) throw new CancelledError();
    const some = names.slice(start, start + AT_ONCE);
    const places = await Promise.all(some.map((name) => placeOf(folder, name)));
    some.forEach((name, at) => {
      const place = places[at];
      if (place === 'outside') outside.push(name);
      else if (typeof place === 'object') sources.push({ name, path: place.path });
      else missing.push(name);
    });
  }
  return { sources, outside, missing };
}

/** `folder`: without links in it. */
async function placeOf(
  folder: string,
  name: string,
): Promise<{ readonly path: string } | 'outside' | 'missing'> {
  if (name.includes('\0')) return 'missing';
  if (/^[a-z][a-z0-9+.-]+:/iu.test(name)) return 'outside';
  const path = resolve(folder, name.replaceAll('\\', '/'));
  if (!isInside(folder, path)) return 'outside';
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return 'missing';
  return isInside(folder, real) ? { path: real } : 'outside';
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function unread(
  table: Table,
  column: string,
  named: ReadonlyMap<string, readonly number[]>,
  outside: readonly string[],
  missing: readonly string[],
): DatasetIssue[] {
  const told = (names: readonly string[], code: string, said: string, advice: string): DatasetIssue[] => {
    const rows = names.flatMap((name) => named.get(name) ?? []).sort((a, b) => a - b);
    const [first] = rows;
    if (first === undefined) return [];
    const lines = rows.slice(0, 100).map((row) => table.startLine[row] as number);
    return [
      {
        severity: 'warning',
        code,
        message: `"${column}" names ${said} in ${writeCounted(rows.length, 'row')}, the first "${names[0] ?? ''}".`,
        advice,
        line: lines[0],
        rows: rows.length,
        lines,
      },
    ];
  };
  return [
    ...told(
      outside,
      'image-outside',
      "images outside of the table's folder, which are not read,",
      'Put them into the folder, and name them from there.',
    ),
    ...told(
      missing,
      'image-missing',
      'images that are not there',
      "Put them where their names say, from the table's folder on, or leave these rows out.",
    ),
  ];
}
