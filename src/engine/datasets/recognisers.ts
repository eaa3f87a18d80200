/** Kinds of columns that are told by more than the lab's own judgement; the room of features fills this in. */
import type { Facts } from './column-facts';

/** Whether a column is of a kind, by what was counted of it and its name. */
export type Recogniser = (facts: Facts, name: string) => boolean;

const recognisers = new Map<string, Recogniser>();

export function recogniseBy(kind: string, recogniser: Recogniser): void {
  recognisers.set(kind, recogniser);
}

export function forgetRecogniser(kind: string): void {
  recognisers.delete(kind);
}

/** The first kind that knows the column for its own. */
export function recognisedKind(facts: Facts, name: string): string | undefined {
  for (const [kind, recognises] of recognisers) if (recognises(facts, name)) return kind;
  return undefined;
}

/** False where a kind that recognises its columns does not know this one. */
export function mayBeOfKind(kind: string, facts: Facts, name: string): boolean {
  return recognisers.get(kind)?.(facts, name) ?? true;
}
