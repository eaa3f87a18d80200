/** Running text: whatever is no other kind, and Markdown however it looks. */
import { Sureness, type TextKind } from '../dataset-kind';
import { decodeText } from './text';

const MARKUP = new Set(['.md', '.markdown']);

export const kind: TextKind = {
  holds: 'text',
  recognise: ({ extension, options }) =>
    MARKUP.has(extension) && options.separator === undefined ? Sureness.byName : Sureness.perhaps,
  open: (source, { path, encoding }) =>
    decodeText(typeof source === 'string' ? Buffer.from(source, 'utf8') : source, path, encoding),
};
