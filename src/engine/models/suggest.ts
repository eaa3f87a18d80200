/** The families that fit a dataset, each with settings that suit it, the recommended one first. */
import { type DatasetSummary, type ModelChoice } from '../../protocol';
import { families, familiesFor, type Hyperparameters } from '../../protocol/families';
import { type DataFacts, type Defaults, type FactsAsked, factsOf } from './facts';

/** `asked.straight` is what a look at the rows said, where `needsLook` asks for one. */
export async function suggestModels(summary: DatasetSummary, asked: FactsAsked = {}): Promise<ModelChoice[]> {
  const facts = factsOf(summary, asked);
  const suited = await Promise.all(familiesFor(facts.task).map((name) => suggestion(name, facts)));
  return suited.sort((a, b) => b.rank - a.rank).map(({ choice }) => choice);
}

const defaultsOf = new Map<string, Defaults>();

/** Defaults of a family whose folder lies elsewhere, as in tests. */
export function installDefaults(name: string, defaults: Defaults): void {
  defaultsOf.set(name, defaults);
}

async function suggestion(
  name: string,
  facts: DataFacts,
): Promise<{ readonly choice: ModelChoice; readonly rank: number }> {
  let defaults = defaultsOf.get(name);
  if (defaults === undefined) {
    // Each folder of the catalogue has a `defaults.ts`; not by the family itself, which would load TensorFlow.js.
    ({ defaults } = (await import(`./${name}/defaults.ts`)) as { readonly defaults: Defaults });
    defaultsOf.set(name, defaults);
  }
  const { hyperparameters, rank } = defaults(facts);
  const whole = families.require(name).hyperparameters.parse(hyperparameters) as Hyperparameters;
  return { choice: { family: name, hyperparameters: whole }, rank };
}

/** With fewer features, or more rows for each, a perceptron does not learn by heart what a linear model would not. */
const MANY_FEATURES = 20;
const ROWS_OF_EACH = 30;
/** Larger files have rows enough, or would take too long to look at. */
const MOST_BYTES = 20e6;

/** Whether the kinds alone do not tell which family suits: many columns without text, and few rows for them. */
export function needsLook(summary: DatasetSummary, asked: FactsAsked = {}): boolean {
  if (summary.kind === 'text' || summary.bytes > MOST_BYTES) return false;
  const { hasText, liesApart, width } = factsOf(summary, asked);
  return !hasText && !liesApart && width >= MANY_FEATURES && summary.rows < ROWS_OF_EACH * width;
}
