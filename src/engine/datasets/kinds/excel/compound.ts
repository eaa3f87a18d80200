/**
 * Files of the container that Office used before 2007, and still uses around encrypted workbooks (MS-CFB): what they are,
 * by the names of their streams.
 */
import { LabError } from '../../../../protocol/errors';

const SIGNATURE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');
/** `Workbook` since Excel 97, `Book` before. */
const OLD = [Buffer.from('Workbook\0', 'utf16le'), Buffer.from('Book\0', 'utf16le')];

/** Undefined for a file that is no such container, or one of another program. */
export function compoundKind(bytes: Buffer): 'encrypted' | 'old' | undefined {
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return undefined;
  if (bytes.includes(ENCRYPTED)) return 'encrypted';
  return OLD.some((name) => bytes.includes(name)) ? 'old' : undefined;
}

/** LabError('dataset') for a workbook that is encrypted, or in the format before 2007. */
export function refuseCompound(bytes: Buffer, path: string | undefined): void {
  const kind = compoundKind(bytes);
  if (kind === 'encrypted') {
    throw new LabError('dataset', 'The workbook is protected by a password.', {
      advice:
        'Open it in a spreadsheet program, take the password off (in Excel: File, Info, Protect Workbook, Encrypt with Password, leave it empty), and save it.',
      place: { path },
    });
  }
  if (kind === 'old') {
    throw new LabError('dataset', 'The workbook is in the format that Excel used before 2007 (.xls).', {
      advice:
        'Open it in a spreadsheet program and save it as an Excel workbook (.xlsx), or the sheet as CSV.',
      place: { path },
    });
  }
}
