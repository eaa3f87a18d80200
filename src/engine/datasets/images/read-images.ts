/** Many image files at once: which of them are images, what they have in common, and their pixels. */
import { open, readFile, stat } from 'node:fs/promises';
import type { DatasetIssue } from '../../../protocol/dataset';
import { CancelledError } from '../../../protocol/endpoint';
import { LabError } from '../../../protocol/errors';
import { writeCount, writeCounted } from '../../../protocol/words';
import type { Watching } from '../folder/folder';
import { keepFacts, keepPixels, knownFacts, knownPixels } from './decoded-images';
import { type ImageColumn, type ImagesFacts, MOST_BYTES, Pixels, samplesOf, shapeFor } from './image-column';
import {
  decodeImage,
  factsOfImage,
  formatOf,
  IMAGE_NAME,
  type ImageFacts,
  type ImageFormat,
  type ImageShape,
  SIGNATURE,
  thumbnailOf,
} from './image-file';
import { ImageFindings } from './image-findings';

/** A file that may be an image. */
export interface ImageSource {
  /** As it stands in the table. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

export interface ReadImagesOptions {
  /** What a model wants them to be; chosen by them where it is absent. */
  readonly shape?: ImageShape | undefined;
  /** Where there are many, a sample is looked into: for whoever only wants to know what there is. */
  readonly glance?: boolean | undefined;
  readonly watching?: Watching | undefined;
  /** Names of files that are no images by their names; they are only counted. */
  readonly others?: readonly string[] | undefined;
}

export interface ReadImages {
  /** By name, those that are images as far as they were looked into; in the order of the sources. */
  readonly names: readonly string[];
  /** Undefined where there is none. */
  readonly column: ImageColumn | undefined;
  readonly issues: readonly DatasetIssue[];
}

/** Files that are read at the same time: as many as the library has threads. */
const AT_ONCE = 4;
/** Images that a glance looks into, and bytes that it reads. */
const GLANCE_IMAGES = 2_000;
const GLANCE_BYTES = 200_000_000;
/** Bytes of a file; of a larger one nobody wants a small image. */
const MOST_FILE_BYTES = 200_000_000;

interface Found {
  readonly source: ImageSource;
  /** Changes when the file does. */
  readonly mark: string;
  readonly facts: ImageFacts;
}

/**
 * Reads images a few at a time. What is no image, or broken, or too large is left out, counted and said once each.
 * LabError('dataset') for more pixels than fit into memory; CancelledError when the signal ends it.
 */
export async function readImages(
  sources: readonly ImageSource[],
  { shape: wanted, glance = false, watching = {}, others = [] }: ReadImagesOptions = {},
): Promise<ReadImages> {
  const findings = new ImageFindings();
  for (const name of others) findings.leaveOut('other-file', name);
  const looked = glance ? sampleOf(sources) : sources;
  const headers = await inTurns(looked, watching, (source) => headerOf(source, findings));
  const found = headers.flatMap((header) => header ?? []);
  if (found.length === 0) return { names: [], column: undefined, issues: findings.issues() };
  const first =
    wanted ??
    shapeFor(
      found.map(({ facts }) => facts),
      found.every(({ facts }) => facts.grey),
    );
  requireRoom(sources.length, first);
  const { shape, pixels, broken } = await pixelsOf(found, first, { wanted, glance, watching }, findings);
  const leftOut = new Set(looked.map(({ name }) => name));
  for (const { source } of found) if (!broken.has(source.name)) leftOut.delete(source.name);
  const whole = found.filter(({ source }) => !broken.has(source.name));
  const names = sources.map(({ name }) => name).filter((name) => !leftOut.has(name));
  const issues = findings.issues();
  if (looked.length < sources.length) issues.push(onlyGlanced(looked.length, sources.length));
  if (whole.length === 0) return { names: [], column: undefined, issues };
  const pathOf = new Map(sources.map(({ name, path }) => [name, path]));
  const column: ImageColumn = {
    shape,
    facts: together(whole, names),
    pixels: (name) => pixels.get(name),
    thumbnail: (name, most) => thumbnail(pathOf.get(name), most),
  };
  return { names, column, issues };
}

/** Evenly spaced, the first among them. */
function sampleOf(sources: readonly ImageSource[]): readonly ImageSource[] {
  const stride = Math.ceil(sources.length / GLANCE_IMAGES);
  return stride <= 1 ? sources : sources.filter((_, at) => at % stride === 0);
}

async function headerOf(source: ImageSource, findings: ImageFindings): Promise<Found | undefined> {
  const { name, path } = source;
  let size: number;
  let mark: string;
  let format: ImageFormat | undefined;
  try {
    const file = await open(path, 'r');
    try {
      const state = await file.stat({ bigint: true });
      size = Number(state.size);
      mark = `${path}\0${state.size}\0${state.mtimeNs}\0${state.ino}`;
      const { buffer, bytesRead } = await file.read(Buffer.alloc(SIGNATURE), 0, SIGNATURE, 0);
      format = formatOf(buffer.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  } catch {
    findings.leaveOut('unreadable', name);
    return undefined;
  }
  if (format === undefined) {
    if (size === 0 && IMAGE_NAME.test(name)) findings.leaveOut('empty', name);
    else findings.leaveOut(IMAGE_NAME.test(name) ? 'no-image' : 'other-file', name);
    return undefined;
  }
  if (size > MOST_FILE_BYTES) {
    findings.leaveOut('too-large', name);
    return undefined;
  }
  const known = knownFacts(mark);
  if (known !== undefined) return { source, mark, facts: known };
  try {
    // The library asks for the whole file: headers may stand behind megabytes of a camera's notes.
    const facts = await factsOfImage(await readFile(path), format);
    keepFacts(mark, facts);
    return { source, mark, facts };
  } catch (thrown) {
    findings.leaveOut(reasonOf(thrown), name);
    return undefined;
  }
}

function reasonOf(thrown: unknown): 'too-large' | 'broken' {
  if (thrown instanceof LabError && thrown.code !== 'file') throw thrown;
  return thrown instanceof Error && /pixel limit/u.test(thrown.message) ? 'too-large' : 'broken';
}

/** Decodes what a glance may, or all. Images whose colours are all grey become grey, where no shape is wanted. */
async function pixelsOf(
  found: readonly Found[],
  first: ImageShape,
  { wanted, glance, watching }: { wanted: ImageShape | undefined; glance: boolean; watching: Watching },
  findings: ImageFindings,
): Promise<{ shape: ImageShape; pixels: Pixels; broken: ReadonlySet<string> }> {
  const broken = new Set<string>();
  const pixels = new Pixels(first, found.length);
  let bytesLeft = glance ? GLANCE_BYTES : Infinity;
  await inTurns(found, watching, async ({ source: { name, path }, facts, mark }) => {
    if (bytesLeft <= 0) return;
    const known = knownPixels(mark, first);
    if (known !== undefined) {
      pixels.set(name, known);
      findings.notice(facts, name);
      return;
    }
    try {
      const bytes = await readFile(path);
      bytesLeft -= Math.max(bytes.length, facts.width * facts.height);
      const decoded = await decodeImage(bytes, facts, first);
      pixels.set(name, decoded);
      keepPixels(mark, first, decoded);
      findings.notice(facts, name);
    } catch (thrown) {
      findings.leaveOut(reasonOf(thrown), name);
      broken.add(name);
    }
  });
  if (wanted !== undefined || first.channels === 1 || !pixels.areGrey())
    return { shape: first, pixels, broken };
  const shape: ImageShape = { ...first, channels: 1 };
  const grey = new Pixels(shape, found.length);
  for (const { source } of found) {
    const own = pixels.get(source.name);
    if (own !== undefined)
      grey.set(
        source.name,
        own.filter((_, at) => at % 3 === 0),
      );
  }
  return { shape, pixels: grey, broken };
}

/** A few at a time, in their order; says how far it is. */
async function inTurns<Item, Result>(
  items: readonly Item[],
  { signal, onProgress }: Watching,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    if (signal?.aborted === true) throw new CancelledError();
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(work))));
    onProgress?.(results.length, items.length);
  }
  return results;
}

function requireRoom(images: number, { height, width, channels }: ImageShape): void {
  if (images * height * width * channels <= MOST_BYTES) return;
  throw new LabError(
    'dataset',
    `${writeCounted(images, 'image')} of ${width} × ${height} pixels do not fit into memory.`,
    { advice: 'Take a sample of them, the same share of each class.' },
  );
}

function together(found: readonly Found[], names: readonly string[]): ImagesFacts {
  const counts = new Map<string, number>();
  for (const { facts } of found) counts.set(facts.format, (counts.get(facts.format) ?? 0) + 1);
  const bySize = found.map(({ facts: { width, height } }) => ({ width, height }));
  bySize.sort((a, b) => a.width * a.height - b.width * b.height);
  const [smallest = { width: 0, height: 0 }] = bySize;
  return {
    images: names.length,
    samples: samplesOf(names),
    formats: [...counts].map(([format, count]) => ({ format, count })).sort((a, b) => b.count - a.count),
    smallest,
    largest: bySize.at(-1) ?? smallest,
  };
}

async function thumbnail(path: string | undefined, most: number): Promise<Uint8Array | undefined> {
  if (path === undefined || (await stat(path)).size > MOST_FILE_BYTES) return undefined;
  const bytes = await readFile(path);
  const format = formatOf(bytes);
  return format === undefined ? undefined : thumbnailOf(bytes, await factsOfImage(bytes, format), most);
}

function onlyGlanced(looked: number, all: number): DatasetIssue {
  return {
    severity: 'information',
    code: 'images-sampled',
    message: `${writeCount(looked)} of ${writeCounted(all, 'file')} were looked into.`,
    advice: 'A training reads them all, and says which are left out.',
  };
}
