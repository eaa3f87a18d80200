/** Plain text, decoded. */
import type { DatasetIssue } from '../../../../protocol/dataset';
import { LabError } from '../../../../protocol/errors';
import type { Encoding } from '../../../../protocol/reading';
import { decode, lineOfReplacement } from '../../decode';
import type { TextFile } from '../../types';

/** `encoding`: found out where it is absent. LabError('dataset') for what is no text, or an empty one. */
export function decodeText(bytes: Uint8Array, path?: string, encoding?: Encoding): TextFile {
  const decoded = decode(bytes, path, encoding);
  const text = new TextDecoder().decode(decoded.bytes);
  if (text === '') {
    throw new LabError('dataset', 'The file is empty.', {
      advice: 'A language model needs some thousands of characters to learn from.',
      place: { path, line: 1 },
    });
  }
  const invalid = decoded.valid ? [] : [invalidBytes(lineOfReplacement(text))];
  return {
    text,
    encoding: decoded.encoding,
    bytes: bytes.length,
    issues: [...decoded.issues, ...invalid],
  };
}

function invalidBytes(line: number | undefined): DatasetIssue {
  return {
    severity: 'warning',
    code: 'invalid-encoding',
    message: 'Some bytes of this line are no UTF-8 and read as \ufffd.',
    advice: 'Find the encoding in which the file was written and save it as UTF-8.',
    line,
  };
}
