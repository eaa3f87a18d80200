/**
 * The model families and their hyperparameters, each declared once (zod): the sidebar's form, the command line's
 * options, the experiment file's JSON schema and the checks all come from here.
 *
 * They live in `protocol` and not beside the forward functions because all four rooms need them and only `protocol`
 * may be shared; the engine keeps one file per family that takes its schema from here.
 */
import * as z from 'zod';
import type { Task } from '../dataset';
import { LinearHyperparameters } from './linear';
import { MlpHyperparameters } from './mlp';
import { TransformerHyperparameters } from './transformer';

export { LinearHyperparameters, MlpHyperparameters, TransformerHyperparameters };

export const families = {
  linear: {
    title: 'Linear',
    tasks: ['classification', 'regression'],
    whenToUse: 'The fastest and the easiest to explain: a baseline, and often best for text columns.',
    hyperparameters: LinearHyperparameters,
  },
  mlp: {
    title: 'Multilayer perceptron',
    tasks: ['classification', 'regression'],
    whenToUse:
      'Finds curves and combinations of columns: the usual choice for tables of numbers and categories.',
    hyperparameters: MlpHyperparameters,
  },
  transformer: {
    title: 'Transformer',
    tasks: ['language-model'],
    whenToUse: 'Learns to write text, character by character.',
    hyperparameters: TransformerHyperparameters,
  },
} as const satisfies Record<string, FamilyDescription>;

export interface FamilyDescription {
  readonly title: string;
  readonly tasks: readonly Task[];
  /** One line for people who choose between families. */
  readonly whenToUse: string;
  readonly hyperparameters: z.ZodType<Record<string, unknown>>;
}

export type FamilyName = keyof typeof families;
export const familyNames = Object.keys(families) as FamilyName[];

export function familiesFor(task: Task): FamilyName[] {
  return familyNames.filter((name) => (families[name].tasks as readonly Task[]).includes(task));
}

/** One hyperparameter as a form or a command-line option shows it. */
export interface HyperparameterField {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly kind: 'integer' | 'number' | 'choice';
  readonly initial: number | string;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  /** True when the value must be larger than `minimum`, not equal to it. */
  readonly exclusiveMinimum?: boolean | undefined;
  readonly choices?: readonly string[] | undefined;
  /** One of the few that matter most; the rest is folded. */
  readonly prominent: boolean;
}

/** The fields of a family in the order of their declaration, derived from its zod schema. */
export function hyperparameterFields(family: FamilyName): HyperparameterField[] {
  const schema = z.toJSONSchema(families[family].hyperparameters, { io: 'input' }) as JsonObjectSchema;
  return Object.entries(schema.properties).map(([name, property]) => ({
    name,
    title: property.title ?? name,
    description: property.description ?? '',
    kind: property.enum ? 'choice' : property.type === 'integer' ? 'integer' : 'number',
    initial: property.default ?? 0,
    minimum: property.exclusiveMinimum ?? property.minimum,
    maximum: property.maximum,
    exclusiveMinimum: property.exclusiveMinimum !== undefined,
    choices: property.enum,
    prominent: property.prominent === true,
  }));
}

interface JsonObjectSchema {
  readonly properties: Readonly<
    Record<
      string,
      {
        readonly type?: string;
        readonly title?: string;
        readonly description?: string;
        readonly default?: number | string;
        readonly minimum?: number;
        readonly exclusiveMinimum?: number;
        readonly maximum?: number;
        readonly enum?: readonly string[];
        readonly prominent?: boolean;
      }
    >
  >;
}
