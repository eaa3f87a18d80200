/** What a text holds, whatever kind of file it was. */
import type { TextSummary } from '../../protocol/dataset';
import { CharacterVocabulary } from './character-vocabulary';
import type { FileFacts } from './summarise-table';
import type { TextFile } from './types';

export function summariseText({ text, issues }: TextFile, facts: FileFacts): TextSummary {
  let characters = 0;
  let lines = 1;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0xdc00 || unit > 0xdfff) characters++;
    if (unit === 0x0a || (unit === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) lines++;
  }
  const last = text.charCodeAt(text.length - 1);
  return {
    kind: 'text',
    source: facts.source,
    path: facts.path,
    characters,
    vocabulary: CharacterVocabulary.fromText(text).size,
    lines: last === 0x0a || last === 0x0d ? lines - 1 : lines,
    issues,
    sha256: facts.sha256,
    bytes: facts.bytes,
  };
}
