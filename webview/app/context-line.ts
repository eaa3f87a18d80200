/** The line above the tabs: what is being learnt from, and how much of it there is. */
import type { Draft } from '../../src/protocol/webview';
import { writeNumber } from '../../src/protocol/words';

const taskNames = {
  classification: 'classification',
  regression: 'regression',
  'language-model': 'language model',
} as const;

/** `penguins.csv → species · classification · 344 rows`, in its parts: a line may end between them. */
export function contextLine(draft: Draft): {
  readonly file: string;
  readonly target?: string;
  readonly rest: readonly string[];
} {
  const { dataset } = draft;
  const size =
    dataset.kind === 'table'
      ? `${writeNumber(dataset.rows)} ${dataset.rows === 1 ? 'row' : 'rows'}`
      : `${writeNumber(dataset.characters)} characters`;
  return {
    file: draft.fileName,
    ...(draft.target === undefined ? {} : { target: draft.target }),
    rest: [taskNames[draft.task], size],
  };
}
