/** What each part of a reading can be set to. */
import type { ReadingPart } from '../../src/protocol/reading';

/** As a dropdown takes it; written out here, so that tests need no browser. */
interface Choice {
  readonly value: string;
  readonly title: string;
  readonly detail?: string;
}

/** What was found out comes first; once another was asked for, the way back to it does. */
export function choicesOf({ asked, text, choices }: ReadingPart): readonly Choice[] {
  const first = asked ? { value: '', title: 'Find it out' } : { value: '', title: text, detail: 'found out' };
  return [first, ...choices.map(({ value, label }) => ({ value, title: label }))];
}
