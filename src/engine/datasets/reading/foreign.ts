/** Files of another kind than a text or a table, named for what they are, whatever their ending says. */
import { LabError } from '../../../protocol/errors';

interface Foreign {
  /** E.g. `a gzip archive`. */
  readonly name: string;
  readonly advice: string;
}

const UNPACK = 'Unpack it, and open the file inside.';
const EXPORT = 'Open it in a spreadsheet program and save the sheet as CSV.';
const CONVERT = 'Convert it to CSV, for example with pandas (to_csv) or DuckDB (COPY … TO).';
const PICTURE = 'A table is a text file with one row a line, such as CSV.';

const SIGNATURES: readonly (readonly [readonly number[], Foreign])[] = [
  [[0x1f, 0x8b], { name: 'compressed with gzip', advice: UNPACK }],
  [[0x42, 0x5a, 0x68], { name: 'compressed with bzip2', advice: UNPACK }],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], { name: 'compressed with xz', advice: UNPACK }],
  [[0x28, 0xb5, 0x2f, 0xfd], { name: 'compressed with Zstandard', advice: UNPACK }],
  [[0x37, 0x7a, 0xbc, 0xaf], { name: 'a 7z archive', advice: UNPACK }],
  [[0x52, 0x61, 0x72, 0x21], { name: 'a RAR archive', advice: UNPACK }],
  [[0x50, 0x41, 0x52, 0x31], { name: 'a Parquet file', advice: CONVERT }],
  [[0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], { name: 'an Arrow file', advice: CONVERT }],
  [[0x46, 0x45, 0x41, 0x31], { name: 'a Feather file', advice: CONVERT }],
  [[0x4f, 0x62, 0x6a, 0x01], { name: 'an Avro file', advice: CONVERT }],
  [[0x89, 0x48, 0x44, 0x46], { name: 'an HDF5 file', advice: CONVERT }],
  [[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], { name: 'a NumPy array', advice: CONVERT }],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20], { name: 'an SQLite database', advice: CONVERT }],
  [[0x24, 0x46, 0x4c, 0x32], { name: 'an SPSS file', advice: CONVERT }],
  [[...Buffer.from('<stata_dta>')], { name: 'a Stata file', advice: CONVERT }],
  [[...Buffer.from('MATLAB 5.0 MAT-file')], { name: 'a MATLAB file', advice: CONVERT }],
  [[...Buffer.from('HEADER RECORD*******LIBRARY')], { name: 'a SAS transport file', advice: CONVERT }],
  [[0x52, 0x44, 0x58], { name: 'a file of R data', advice: 'Write the table with write.csv in R.' }],
  [[0x80, 0x04, 0x95], { name: 'a Python pickle', advice: CONVERT }],
  [[0xd0, 0xcf, 0x11, 0xe0], { name: 'an old Excel or Office file', advice: EXPORT }],
  [[0x25, 0x50, 0x44, 0x46, 0x2d], { name: 'a PDF', advice: 'Copy the table out of it into a CSV file.' }],
  [[0x89, 0x50, 0x4e, 0x47], { name: 'a PNG picture', advice: PICTURE }],
  [[0xff, 0xd8, 0xff], { name: 'a JPEG picture', advice: PICTURE }],
  [[0x47, 0x49, 0x46, 0x38], { name: 'a GIF picture', advice: PICTURE }],
  [[0x52, 0x49, 0x46, 0x46], { name: 'a sound, video or WebP file', advice: PICTURE }],
];

const ZIP: readonly number[] = [0x50, 0x4b, 0x03, 0x04];
const PROBE_BYTES = 8192;

/** LabError('dataset') for bytes that are no text. */
export function refuseBinary(bytes: Uint8Array, path: string | undefined): void {
  const foreign = binaryKind(bytes);
  if (foreign !== undefined) throw refusal(foreign, path);
}

/** LabError('dataset') for a text that holds something else than a table. */
export function refuseOtherText(bytes: Uint8Array, path: string | undefined): void {
  const foreign = textKind(bytes);
  if (foreign !== undefined) throw refusal(foreign, path);
}

/** Whether the text is of a known kind that is no table. */
export function isOtherText(bytes: Uint8Array): boolean {
  return textKind(bytes) !== undefined;
}

function refusal({ name, advice }: Foreign, path: string | undefined): LabError {
  return new LabError('dataset', `The file is ${name}, not a table.`, { advice, place: { path } });
}

function binaryKind(bytes: Uint8Array): Foreign | undefined {
  if (startsWith(bytes, ZIP)) return zipKind(bytes);
  return SIGNATURES.find(([signature]) => startsWith(bytes, signature))?.[1];
}

function zipKind(bytes: Uint8Array): Foreign {
  const names = Buffer.from(bytes.subarray(0, PROBE_BYTES)).toString('latin1');
  if (/\bxl\/|workbook/u.test(names)) return { name: 'an Excel workbook (xlsx)', advice: EXPORT };
  if (names.includes('opendocument.spreadsheet'))
    return { name: 'an OpenDocument sheet (ods)', advice: EXPORT };
  if (/\bword\//u.test(names))
    return { name: 'a Word document', advice: 'Copy the table out of it into a CSV file.' };
  if (names.includes('[Content_Types].xml')) return { name: 'an Office file', advice: EXPORT };
  return { name: 'a zip archive', advice: UNPACK };
}

function textKind(bytes: Uint8Array): Foreign | undefined {
  const beginning = Buffer.from(bytes.subarray(0, PROBE_BYTES)).toString('utf8').trimStart();
  if (/^<(?:!doctype\s+html|html|head|body|table)\b/iu.test(beginning)) {
    return {
      name: 'a web page (HTML)',
      advice: 'Download the data itself, or save the table of the page as CSV.',
    };
  }
  if (/^<\?xml\b/iu.test(beginning)) return { name: 'an XML file', advice: CONVERT };
  if (beginning.startsWith('{\\rtf')) return { name: 'a rich text (RTF)', advice: 'Save it as plain text.' };
  if (/^(?:%[^\n]*\n|\s)*@relation\s/iu.test(beginning)) {
    return {
      name: 'an ARFF file',
      advice: 'Save it as CSV: the names behind @attribute as the first line, then the lines below @data.',
    };
  }
  if (beginning.startsWith('version https://git-lfs.github.com/spec/')) {
    return {
      name: 'a pointer of Git LFS',
      advice: 'Fetch the file that it stands for with "git lfs pull".',
    };
  }
  if (isSql(beginning)) {
    return { name: 'a dump of SQL', advice: 'Load it into the database, and write the table out as CSV.' };
  }
  // Most tables hold neither sign.
  const [sparse, pairs] = [beginning.includes(':'), beginning.includes('=')];
  const lines = sparse || pairs ? linesOf(beginning, bytes.length > PROBE_BYTES) : [];
  if (sparse && areNearlyAll(lines, SPARSE)) {
    return {
      name: 'in the sparse format of LIBSVM',
      advice: 'Convert it to CSV, for example with scikit-learn (load_svmlight_file) and pandas (to_csv).',
    };
  }
  if (pairs && areNearlyAll(lines, PAIRS)) {
    return {
      name: 'a log of key=value pairs',
      advice: 'Write one row a line, with the keys as the names of columns.',
    };
  }
  if (isJson(beginning, bytes.length <= PROBE_BYTES)) return { name: 'JSON', advice: CONVERT };
  return undefined;
}

/** A statement, and a table that is made or filled. */
const SQL =
  /^(?:set|use|begin|start transaction|lock tables|pragma|drop table|create (?:table|database|schema)|insert into)\b[^]*?(?:^|\n)[ \t]*(?:create table|insert into)\b|^(?:create table|insert into)\s[^]*;\s*(?:\n|$)/iu;
/** A label, then places with their values. */
const SPARSE = /^[-+]?\d[\d.,]*(?: (?:qid|\d+):[-+.\de]+)+\s*(?:#.*)?$/iu;
const PAIRS = /^(?:\w[\w.-]*=(?:"[^"]*"|[^\s,;"=]+)(?:[ \t]+|$)){3,}$/u;

function isSql(beginning: string): boolean {
  return SQL.test(beginning.slice(endOfComments(beginning)));
}

/** Where what stands behind the comments of SQL begins. */
function endOfComments(text: string): number {
  let at = 0;
  for (;;) {
    const line = text.startsWith('--', at) || text.startsWith('#', at);
    if (!line && !text.startsWith('/*', at)) return at;
    const end = text.indexOf(line ? '\n' : '*/', line ? at : at + 2);
    if (end < 0) return text.length;
    at = end + (line ? 1 : 2);
    if (!line && text[at] === ';') at++;
    while (/\s/u.test(text.charAt(at))) at++;
  }
}

/** The lines of a beginning, without the last where it may be cut. */
function linesOf(beginning: string, cut: boolean): readonly string[] {
  const lines = beginning
    .split(/\r\n|\n|\r/u)
    .slice(0, 100)
    .filter((line) => line.trim() !== '');
  return cut && lines.length > 1 ? lines.slice(0, -1) : lines;
}

function areNearlyAll(lines: readonly string[], form: RegExp): boolean {
  return lines.length >= 3 && lines.filter((line) => form.test(line)).length >= 0.9 * lines.length;
}

/** An array or object of several lines, or one object a line. */
function isJson(beginning: string, whole: boolean): boolean {
  if (!/^(?:\{\s*(?:"[^"\n]*"\s*:|\})|\[\s*(?:[[{]|"|\d|\]))/u.test(beginning)) return false;
  if (whole) {
    try {
      JSON.parse(beginning);
      return true;
    } catch {
      // Perhaps one object a line.
    }
  }
  const lines = beginning.split(/\r?\n/u).filter((line) => line.trim() !== '');
  const [first = ''] = lines;
  if (/^\s*(?:\{|\[|\{\s*"[^"]*"\s*:.*)\s*$/u.test(first)) return true;
  try {
    const value: unknown = JSON.parse(first);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return !whole && lines.length === 1 && /^\[?\{"/u.test(first);
  }
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return bytes[0] === signature[0] && signature.every((byte, index) => bytes[index] === byte);
}
