/**
 * The form of the Learn stage. Only the user's edits are kept, as typed; everything else comes from the draft, so a
 * new draft of the same file and target brings new suggestions and throws no edit away.
 */
import * as z from 'zod';
import { families, type HyperparameterField, hyperparameterFields } from '../../src/protocol/families';
import { Experiment, type ExperimentInput } from '../../src/protocol/experiment';
import { wholeReading } from '../../src/protocol/dataset';
import type { Draft } from '../../src/protocol/webview';
import { describeIssue } from '../app/describe-issue';

export const FormEdits = z.object({
  family: z.string().optional(),
  /** Hyperparameters as typed, by family and name. */
  values: z.record(z.string(), z.record(z.string(), z.string())).optional(),
  seed: z.string().optional(),
  validation: z.string().optional(),
  exclude: z.array(z.string()).optional(),
});
export type FormEdits = z.infer<typeof FormEdits>;

export interface FormField {
  readonly field: HyperparameterField;
  readonly text: string;
  readonly suggested: string;
  readonly edited: boolean;
  /** What is wrong with it, for people. */
  readonly error?: string | undefined;
}

export interface Form {
  readonly family: string;
  readonly fields: readonly FormField[];
  readonly seed: FormField;
  readonly validation: FormField;
  readonly exclude: readonly string[];
  /** Whether any setting differs from the suggestion. */
  readonly edited: boolean;
  /** Ready to train; undefined while a field has an error. */
  readonly experiment?: ExperimentInput | undefined;
}

/** Two drafts with the same key are the same form: another target keeps what was edited, as far as it applies. */
export function formKey({ dataset }: Draft): string {
  return JSON.stringify([dataset.path, dataset.kind]);
}

const seedField: HyperparameterField = {
  name: 'seed',
  title: 'Seed',
  description: 'The number that all randomness starts from; equal seeds give equal results.',
  kind: 'integer',
  initial: 1337,
  minimum: 0,
  maximum: 0x7fffffff,
  prominent: false,
};

const validationField: HyperparameterField = {
  name: 'validation',
  title: 'Validation share',
  description: 'The part of the data that is kept aside to judge the model on, between 0.02 and 0.9.',
  kind: 'number',
  initial: 0.2,
  minimum: 0.02,
  maximum: 0.9,
  prominent: false,
};

/** The form as it stands. @throws Error when the draft offers no model, which the extension never sends. */
export function readForm(draft: Draft, edits: FormEdits): Form {
  const choice = draft.models.find((model) => model.family === edits.family) ?? draft.models[0];
  if (choice === undefined) throw new Error(`The draft of ${draft.fileName} offers no model.`);
  const { family } = choice;
  const typed = edits.values?.[family] ?? {};
  const fields = hyperparameterFields(family).map((field) => {
    const suggested: Readonly<Record<string, number | string | undefined>> = choice.hyperparameters;
    return readField(field, String(suggested[field.name] ?? field.initial), typed[field.name]);
  });
  const errors = modelErrors(family, fields);
  const seed = readField(seedField, String(draft.seed), edits.seed);
  const validation = readField(validationField, String(draft.validation), edits.validation);
  const form = {
    family,
    fields: fields.map((field) => ({ ...field, error: errors.get(field.field.name) })),
    seed: { ...seed, error: valueError(Experiment.shape.seed, seed) },
    validation: { ...validation, error: valueError(validationSchema, validation) },
    exclude: excluded(draft, edits),
  };
  const all = [...form.fields, form.seed, form.validation];
  return {
    ...form,
    edited: all.some((field) => field.edited) || form.exclude.length > 0,
    ...(all.every((field) => field.error === undefined) ? { experiment: writeExperiment(draft, form) } : {}),
  };
}

/** The columns that are left out; the target is not among them, whatever was the target before. */
function excluded({ target }: Draft, edits: FormEdits): readonly string[] {
  return (edits.exclude ?? []).filter((name) => name !== target);
}

/**
 * The columns that a draft's models should be suggested without, where the draft does not know: what was left out in
 * the form before the file was looked at, or since. The order says nothing.
 */
export function exclusionToAsk(draft: Draft, edits: FormEdits): readonly string[] | undefined {
  const { dataset } = draft;
  if (dataset.kind !== 'table' || draft.target === undefined) return undefined;
  const columns = new Set(dataset.columns.map(({ name }) => name));
  const wanted = excluded(draft, edits).filter((name) => columns.has(name));
  const known = new Set(draft.exclude);
  return wanted.length === known.size && wanted.every((name) => known.has(name)) ? undefined : wanted;
}

/** The edits that make a form of what an experiment says. What equals the suggestion is no edit. */
export function editsOf(draft: Draft, experiment: Experiment): FormEdits {
  const { model, seed, split, exclude } = experiment;
  const { family } = model;
  const { dataset } = draft;
  const columns = new Set(dataset.kind === 'table' ? dataset.columns.map(({ name }) => name) : []);
  const suggested: Readonly<Record<string, unknown>> =
    draft.models.find((choice) => choice.family === family)?.hyperparameters ?? {};
  const values = Object.entries(model.hyperparameters).flatMap(([name, value]) =>
    value === suggested[name] ? [] : [[name, String(value)] as const],
  );
  return {
    ...(family === draft.models[0]?.family ? {} : { family }),
    values: { [family]: Object.fromEntries(values) },
    ...(seed === draft.seed ? {} : { seed: String(seed) }),
    ...(split.validation === draft.validation ? {} : { validation: String(split.validation) }),
    exclude: exclude.filter((name) => columns.has(name)),
  };
}

const validationSchema = Experiment.shape.split.unwrap().shape.validation;

function readField(field: HyperparameterField, suggested: string, typed: string | undefined): FormField {
  return { field, suggested, text: typed ?? suggested, edited: typed !== undefined };
}

/** The value of a field as the schema wants it; an empty or unreadable number is NaN, which every schema refuses. */
export function fieldValue({ field, text }: Pick<FormField, 'field' | 'text'>): number | string {
  if (field.kind === 'choice') return text;
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** One message per hyperparameter that is wrong. */
function modelErrors(family: string, fields: readonly FormField[]): Map<string, string> {
  const values = Object.fromEntries(fields.map((field) => [field.field.name, fieldValue(field)]));
  const checked = families.require(family).hyperparameters.safeParse(values);
  const errors = new Map<string, string>();
  for (const issue of checked.error?.issues ?? []) {
    const field = fields.find(({ field }) => field.name === issue.path[0])?.field;
    if (field !== undefined && !errors.has(field.name))
      errors.set(field.name, describeIssue(issue, field.kind === 'integer'));
  }
  return errors;
}

export function valueError(schema: z.ZodType, field: FormField): string | undefined {
  const issue = schema.safeParse(fieldValue(field)).error?.issues[0];
  return issue === undefined ? undefined : describeIssue(issue, field.field.kind === 'integer');
}

function writeExperiment(
  draft: Draft,
  form: Pick<Form, 'family' | 'fields' | 'seed' | 'validation' | 'exclude'>,
): ExperimentInput {
  const { dataset, asked = {} } = draft;
  const hyperparameters = Object.fromEntries(
    form.fields.map((field) => [field.field.name, fieldValue(field)]),
  );
  return {
    version: 1,
    dataset: { path: dataset.path, sha256: dataset.sha256, ...wholeReading(dataset, asked) },
    task: draft.task,
    ...(draft.target === undefined ? {} : { target: draft.target }),
    exclude: [...form.exclude],
    split: { validation: Number(form.validation.text), folds: 0 },
    // The names and the values were checked against the family's own schema above.
    model: { family: form.family, hyperparameters },
    seed: Number(form.seed.text),
  };
}

/** Edits with one hyperparameter typed anew; what equals the suggestion is no edit. */
export function editValue(edits: FormEdits, family: string, field: FormField, text: string): FormEdits {
  const values = { ...edits.values?.[family] };
  if (text === field.suggested) Reflect.deleteProperty(values, field.field.name);
  else values[field.field.name] = text;
  return { ...edits, values: { ...edits.values, [family]: values } };
}

/** Edits with the seed or the validation share typed anew. */
export function editSplit(edits: FormEdits, field: FormField, text: string): FormEdits {
  const value = text === field.suggested ? undefined : text;
  return field.field.name === 'seed' ? { ...edits, seed: value } : { ...edits, validation: value };
}

export function editColumn(edits: FormEdits, column: string, use: boolean): FormEdits {
  const others = (edits.exclude ?? []).filter((name) => name !== column);
  return { ...edits, exclude: use ? others : [...others, column] };
}
