/** Running text. */
import type { KindDescription } from '../../../../protocol/kinds';

export const kind: KindDescription = {
  name: 'text',
  title: 'Plain text',
  called: 'plain text',
  holds: 'text',
  extensions: ['.txt', '.text', '.md', '.markdown', '.log'],
  languages: ['plaintext', 'markdown'],
  sample: 'lighthouse.txt',
};
