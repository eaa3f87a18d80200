/** From the name of a kind of column to what is in its folder. */
import { columnKinds } from '../../protocol/column-kinds';
import { forgetRecogniser, recogniseBy } from '../datasets/recognisers';
import type { Feature } from './feature';

const opened = new Map<string, Feature>();

/**
 * Loads the folder of every kind of column that the catalogue lists. Encoding is synchronous, at every keystroke: so all
 * are loaded before the first request that reads a table is answered.
 */
export async function openFeatures(): Promise<void> {
  for (const name of columnKinds.names) {
    if (opened.has(name)) continue;
    // The catalogue lists no name without a folder; each folder's `feature.ts` exports a `feature`.
    const { feature } = (await import(`./${name}/feature.ts`)) as { readonly feature: Feature };
    installFeature(feature);
  }
}

/** A kind whose folder lies elsewhere, as in tests. Its description is added to `columnKinds`. */
export function installFeature(feature: Feature): void {
  opened.set(feature.kind, feature);
  if (feature.recognise !== undefined) recogniseBy(feature.kind, feature.recognise.bind(feature));
}

export function removeFeature(kind: string): void {
  opened.delete(kind);
  forgetRecogniser(kind);
}

/** Undefined for a kind of which nothing can be learnt, or that this version does not know. */
export function findFeature(kind: string): Feature | undefined {
  return opened.get(kind);
}

/** An error of the programmer for a kind that is not opened. */
export function featureOf(kind: string): Feature {
  const feature = opened.get(kind);
  if (feature === undefined) throw new Error(`The kind of column "${kind}" is not opened.`);
  return feature;
}
