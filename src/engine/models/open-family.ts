/** From a family's name to what is in its folder, which is loaded at first need. */
import { LabError } from '../../protocol/errors';
import { families } from '../../protocol/families';
import type { Family, FeatureFamily, TokenFamily } from './family';

const opened = new Map<string, Family>();

/** The family of that name. LabError('invalid') for one that the catalogue does not list. */
export async function openFamily(name: string): Promise<Family> {
  const known = opened.get(name);
  if (known !== undefined) return known;
  families.require(name);
  // The catalogue lists no name without a folder; each folder's `family.ts` exports a `family`.
  const { family } = (await import(`./${name}/family.ts`)) as { readonly family: Family };
  opened.set(name, family);
  return family;
}

/** A family whose folder lies elsewhere, as in tests. Its description is added to `families`. */
export function installFamily(name: string, family: Family): void {
  opened.set(name, family);
}

/** LabError('mismatch') for a family that does not learn from rows. */
export async function openFeatureFamily(name: string): Promise<FeatureFamily> {
  const family = await openFamily(name);
  if (family.takes === 'features') return family;
  throw new LabError('mismatch', `The model family "${name}" does not learn from the rows of a table.`);
}

/** LabError('mismatch') for a family that does not learn from text. */
export async function openTokenFamily(name: string): Promise<TokenFamily> {
  const family = await openFamily(name);
  if (family.takes === 'tokens') return family;
  throw new LabError('mismatch', `The model family "${name}" does not learn from running text.`);
}
