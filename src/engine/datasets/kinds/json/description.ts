/** Records in JSON: one object a line, or a list of objects. */
import type { KindDescription } from '../../../../protocol/kinds';

export const kind: KindDescription = {
  name: 'json',
  title: 'JSON records',
  called: 'a table',
  holds: 'rows',
  // A `.json` is nearly always something else than data to learn from: it is read when asked for, and not offered.
  extensions: ['.jsonl', '.ndjson'],
  languages: ['jsonl'],
};
