/** Weights are finite numbers: a model with others would answer nonsense in silence. */
import { LabError } from '../../protocol/errors';
import type { StoredTensor } from './safetensors';

/**
 * LabError('damaged') that names the first value which is no number. `what`: subject and verb of the sentence. Tensors of
 * 64 bits are figures of rows and not weights.
 */
export function requireFinite(tensors: ReadonlyMap<string, StoredTensor>, path: string, what: string): void {
  for (const [name, { data }] of tensors) {
    if (data instanceof Float64Array) continue;
    const at = data.findIndex((value) => !Number.isFinite(value));
    if (at < 0) continue;
    throw new LabError('damaged', `${what} damaged: value ${at} of "${name}" is ${String(data[at])}.`, {
      place: { path },
      advice: 'Train again, resume from a checkpoint, or restore the file from a copy.',
    });
  }
}
