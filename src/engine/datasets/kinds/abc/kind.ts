/** Collections of tunes: by their names, or by the fields that begin a tune. They are learnt from as running text. */
import type { DatasetIssue } from '../../../../protocol/dataset';
import { writeCounted } from '../../../../protocol/words';
import type { TextFile } from '../../types';
import { Sureness, type TextKind } from '../dataset-kind';
import { decodeText } from '../text/text';
import { kind as description } from './description';
import { type Tune, tunesOf } from './tunes';

/** The number of a tune, other fields, and the key, which is the last of them. */
const BEGINNING = /^(?:%abc[^\n]*\n(?:[^\n]*\n){0,20})?X: *\d+[^\n]*\n(?:[A-Za-z+%]:?[^\n]*\n){0,40}?K:/mu;

export const kind: TextKind = {
  holds: 'text',
  recognise: (file) => {
    if (description.extensions.includes(file.extension)) return Sureness.byName;
    const beginning = file.beginning()?.slice(0, 4096).replace(/\r\n?/gu, '\n') ?? '';
    return BEGINNING.test(beginning) ? Sureness.byLooks : Sureness.no;
  },
  open: (source, { path, encoding }) => {
    const bytes = typeof source === 'string' ? Buffer.from(source, 'utf8') : source;
    const file = decodeText(bytes, path, encoding);
    // One sign ends a line, on whatever machine the tunes were written down.
    const text = file.text.replace(/\r\n?/gu, '\n');
    return { ...file, text, issues: [...file.issues, ...tuneIssues(text)] } satisfies TextFile;
  },
};

function tuneIssues(text: string): readonly DatasetIssue[] {
  const tunes = tunesOf(text);
  const [first] = tunes;
  if (first === undefined) {
    return [
      {
        severity: 'warning',
        code: 'no-tunes',
        message: 'No tune begins in this file: no line begins with "X:".',
        advice: 'It is learnt from as any text. In ABC notation each tune begins with a line such as "X:1".',
      },
    ];
  }
  return [
    collection(tunes, first),
    ...lacking(tunes, 'tune-without-key', ({ hasKey }) => !hasKey, {
      what: 'no key ("K:"), which ends the header',
      advice: 'Write the key below the other fields, such as "K:D".',
    }),
    ...lacking(tunes, 'tune-without-music', ({ hasKey, hasMusic }) => hasKey && !hasMusic, {
      what: 'a header and no music',
      advice: 'Write the notes below the key, without an empty line between.',
    }),
    ...lacking(tunes, 'tune-without-title', ({ title }) => title === '', {
      what: 'no title ("T:")',
      advice: 'Nothing needs to be done: it is learnt from as the others.',
      severity: 'information',
    }),
  ];
}

function collection(tunes: readonly Tune[], { title, line }: Tune): DatasetIssue {
  const called = title === '' ? '' : `, the first "${title}"`;
  return {
    severity: 'information',
    code: 'tunes',
    message: `The file holds ${writeCounted(tunes.length, 'tune')}${called}.`,
    advice: 'They are learnt from as running text, one after the other.',
    line,
    rows: tunes.length,
  };
}

interface Lack {
  readonly what: string;
  readonly advice: string;
  readonly severity?: DatasetIssue['severity'];
}

function lacking(
  tunes: readonly Tune[],
  code: string,
  lacks: (tune: Tune) => boolean,
  { what, advice, severity = 'warning' }: Lack,
): DatasetIssue[] {
  const found = tunes.filter(lacks);
  const [first] = found;
  if (first === undefined) return [];
  const rows = found.length;
  return [
    {
      severity,
      code,
      message: `${writeCounted(rows, 'tune')} ${rows === 1 ? 'has' : 'have'} ${what}, the first in line ${first.line} (X:${first.number}).`,
      advice,
      line: first.line,
      rows,
      lines: found.slice(0, 100).map(({ line }) => line),
    },
  ];
}
