/** Arrow files and streams, and Feather files of version 2, which are the same. */
import { type RowKind, Sureness } from '../dataset-kind';
import type { KindFile } from '../kind-file';
import { kind as description } from './description';
import { FILE, FIRST_VERSION, isSigned } from './signatures';

export const kind: RowKind = {
  holds: 'rows',
  recognise,
  // The library is large, and most files are others.
  open: async (source, options) => (await import('./open-arrow')).openArrow(source, options),
};

function recognise({ source, extension }: KindFile): number {
  if (typeof source === 'string') return Sureness.no;
  if (isSigned(source, FILE) || isSigned(source, FIRST_VERSION)) return Sureness.byContent;
  if (description.extensions.includes(extension)) return Sureness.byName;
  return isStream(source) ? Sureness.byLooks : Sureness.no;
}

/** A sign that more follows, and the length of a first message that fits into the file. */
function isStream(bytes: Uint8Array): boolean {
  if (bytes.length < 16) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = view.getInt32(4, true);
  return view.getUint32(0, true) === 0xffffffff && length > 0 && length % 8 === 0 && length < bytes.length;
}
