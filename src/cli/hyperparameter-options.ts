/** The options of `train` for every hyperparameter of every family, derived from the schemas in src/protocol. */
import { Option } from 'commander';
import * as z from 'zod';
import { families, type HyperparameterField, hyperparameterFields, ModelChoice } from '../protocol';
import { choiceAmong } from './choice-options';
import { flagOf } from './flags';
import { allowedBy, numberWithin, outOfRange } from './number-options';
import { UsageError } from './usage';

/** Values given on the command line, by hyperparameter name. */
export type GivenHyperparameters = Readonly<Record<string, number | string>>;

/** A hyperparameter as the families declare it that have it. */
interface Declaration {
  readonly family: string;
  readonly field: HyperparameterField;
}

function declarations(): Map<string, Declaration[]> {
  const byName = new Map<string, Declaration[]>();
  for (const family of families.names) {
    for (const field of hyperparameterFields(family)) {
      const known = byName.get(field.name);
      if (known) known.push({ family, field });
      else byName.set(field.name, [{ family, field }]);
    }
  }
  return byName;
}

/** One commander option per hyperparameter, in the order of their declaration. */
export function hyperparameterOptions(): Option[] {
  return [...declarations()].map(([name, declared]) => {
    const choices = declared[0]?.field.choices;
    const option = new Option(
      `${flagOf(name)} <${choices ? 'choice' : 'number'}>`,
      describe(declared),
    ).helpGroup('Hyperparameters:');
    return choices
      ? option.choices(choices).argParser((text) => choiceAmong(flagOf(name), choices, text))
      : option.argParser((text) => numberWithin(flagOf(name), z.number(), text));
  });
}

/**
 * Explains a hyperparameter with its families and defaults; where the families explain it in different words, each in
 * its own: `mlp: Hidden layers … (default: 2). transformer: Blocks … (default: 4).`
 */
function describe(declared: readonly Declaration[]): string {
  const sentences = new Set(declared.map(({ field }) => field.description));
  if (sentences.size === 1) {
    const defaults = new Set(declared.map(({ field }) => field.initial));
    const each = declared.map(({ family, field }) =>
      defaults.size === 1 ? family : `${family} ${field.initial}`,
    );
    const only = defaults.size === 1 ? `${[...defaults].join()}; ` : '';
    return `${[...sentences].join()} (default: ${only}${each.join(', ')})`;
  }
  return declared
    .map(({ family, field }) => `${family}: ${field.description} (default: ${field.initial})`)
    .join(' ');
}

/** The hyperparameters among the parsed options of a command. */
export function givenHyperparameters(options: Readonly<Record<string, unknown>>): GivenHyperparameters {
  const given: Record<string, number | string> = {};
  for (const name of declarations().keys()) {
    const value = options[name];
    if (typeof value === 'number' || typeof value === 'string') given[name] = value;
  }
  return given;
}

/** `model` with the given values in place of its own. UsageError for what its family lacks or does not allow. */
export function withHyperparameters(model: ModelChoice, given: GivenHyperparameters): ModelChoice {
  const { family } = model;
  const known = hyperparameterFields(family).map(({ name }) => name);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const having = (declarations().get(name) ?? []).map((declared) => declared.family).join(' and ');
    throw new UsageError(
      `${flagOf(name)} is no option of the family "${family}"; ${having} ${having.includes(' and ') ? 'have' : 'has'} it.`,
      `${family} has ${known.map(flagOf).join(', ')}.`,
    );
  }
  const checked = ModelChoice.safeParse({ family, hyperparameters: { ...model.hyperparameters, ...given } });
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const name = issue?.path.at(-1);
  const help = '"local-model-lab train --help" explains every hyperparameter.';
  if (typeof name !== 'string') throw new UsageError('The hyperparameters do not fit together.', help);
  const value = String(given[name] ?? (model.hyperparameters as Readonly<Record<string, unknown>>)[name]);
  // A rule that several hyperparameters share says itself what is wrong.
  if (issue?.code === 'custom') throw new UsageError(`${flagOf(name)} is ${value}: ${issue.message}`, help);
  const shape: Readonly<Record<string, z.ZodType>> = families.require(family).hyperparameters.shape;
  const schema = shape[name];
  throw outOfRange(flagOf(name), value, schema === undefined ? 'another value' : allowedBy(schema), help);
}
