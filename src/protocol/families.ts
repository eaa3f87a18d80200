/**
 * The families of models: each as data, from which the form, the command line's options, the experiment's JSON schema
 * and the checks are made. A family is described in its own folder (`src/engine/models/<family>/description.ts`), with
 * the settings of `hyperparameters.ts` where others have them, too, and listed in `src/catalogue`.
 */
import * as z from 'zod';
import { Registry } from './registry';
import { tasks } from './tasks';

export interface FamilyDescription {
  readonly name: string;
  /** `Multilayer perceptron` */
  readonly title: string;
  /** One line for people who choose between families. */
  readonly whenToUse: string;
  /** Rows as numbers, or running text as tokens. */
  readonly takes: 'features' | 'tokens';
  /**
   * By gradients, step by step: then it learns every task of what it takes that has a loss. Directly: by counting or
   * solving, with no learning rate; then only the tasks that it names.
   */
  readonly trained: 'by gradients' | 'directly';
  /** The tasks that it can do; all that fit where it names none. */
  readonly tasks?: readonly string[] | undefined;
  readonly hyperparameters: z.ZodObject;
  /** The hyperparameter that says how many characters it looks back on: a text must be long enough for it. */
  readonly looksBackBy?: string | undefined;
}

export const families = new Registry<FamilyDescription>('model family');

/** The names of the families that can learn a task, in the order of the catalogue. */
export function familiesFor(task: string): string[] {
  const description = tasks.find(task);
  if (description === undefined) return [];
  const input = description.learnsFrom === 'rows' ? 'features' : 'tokens';
  return families.all
    .filter(
      ({ takes, trained, tasks: own }) =>
        takes === input && (own?.includes(task) ?? (trained === 'by gradients' && description.byGradients)),
    )
    .map(({ name }) => name);
}

/** As lists call a family: its title, or its name where this version does not know it. */
export function familyTitle(name: string): string {
  return families.find(name)?.title ?? name;
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
export function hyperparameterFields(family: string): HyperparameterField[] {
  const { hyperparameters } = families.require(family);
  const schema = z.toJSONSchema(hyperparameters, { io: 'input' }) as JsonObjectSchema;
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

/** Values of a family's hyperparameters: numbers, and the words of choices. */
export type Hyperparameters = Readonly<Record<string, number | string>>;

/** A family with its settings. Defaults may be left out; what the family does not know or allow is refused. */
export const ModelChoice = z
  .strictObject({ family: z.string(), hyperparameters: z.record(z.string(), z.unknown()) })
  .transform((choice, context): ModelChoice => {
    const family = families.find(choice.family);
    if (family === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['family'],
        message: `There is no model family "${choice.family}". Choose one of ${families.names.join(', ')}.`,
      });
      return z.NEVER;
    }
    const settings = family.hyperparameters.safeParse(choice.hyperparameters);
    if (settings.success) {
      return { family: choice.family, hyperparameters: settings.data as Hyperparameters };
    }
    for (const issue of settings.error.issues) {
      context.issues.push({
        ...issue,
        input: choice.hyperparameters,
        path: ['hyperparameters', ...issue.path],
      } as z.core.$ZodRawIssue);
    }
    return z.NEVER;
  });
export interface ModelChoice {
  readonly family: string;
  readonly hyperparameters: Hyperparameters;
}

/** The JSON schema of a choice: one variant for each family. */
export function modelJsonSchema(): Record<string, unknown> {
  return {
    oneOf: families.all.map(({ name, hyperparameters }) => {
      const settings: Record<string, unknown> = {
        ...z.toJSONSchema(hyperparameters, { io: 'input', target: 'draft-7' }),
      };
      Reflect.deleteProperty(settings, '$schema');
      return {
        type: 'object',
        properties: { family: { type: 'string', const: name }, hyperparameters: settings },
        required: ['family', 'hyperparameters'],
        additionalProperties: false,
      };
    }),
  };
}
