/** Parquet files: known by their signature. */
import { type RowKind, Sureness } from '../dataset-kind';
import type { KindFile } from '../kind-file';
import { kind as description } from './description';

export const kind: RowKind = {
  holds: 'rows',
  recognise,
  // The library is large, and most files are others.
  open: async (source, options) => (await import('./open-parquet')).openParquet(source, options),
};

const SIGNATURE = /^PAR[1E]$/u;

function recognise({ source, extension }: KindFile): number {
  if (typeof source !== 'string' && SIGNATURE.test(Buffer.from(source.subarray(0, 4)).toString('latin1')))
    return Sureness.byContent;
  return description.extensions.includes(extension) ? Sureness.byName : Sureness.no;
}
