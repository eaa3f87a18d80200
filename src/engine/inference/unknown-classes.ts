/** Labels that the model has no class for, beside the classes that may have been meant. */
import type { DatasetIssue } from '../../protocol/dataset';
import { nearestName } from '../../protocol/nearest-name';
import type { Table } from '../datasets';
import { UNKNOWN_CLASS } from '../tasks';
import type { Judgements } from './judgements';
import type { Predictor } from './predictor';

/** Classes that are named; the rest is counted. */
const named = 4;
/** Characters of a label that are quoted. */
const quoted = 40;

interface Label {
  readonly name: string;
  readonly first: number;
  count: number;
}

/** Whether there are labels and the model knows none of them: then they are of another kind, and nothing is measured. */
export function knowsNoLabel(slots: Int32Array, { label }: Judgements): boolean {
  let unknown = false;
  for (const slot of slots) {
    if (slot < 0) continue;
    const index = label[slot] as number;
    if (index >= 0) return false;
    if (index === UNKNOWN_CLASS) unknown = true;
  }
  return unknown;
}

/** One issue for all of them, at the first row. */
export function unknownClasses(
  { target }: Predictor,
  table: Table,
  slots: Int32Array,
  judgements: Judgements,
): DatasetIssue[] {
  if (target.answer !== 'name') return [];
  const column = table.find(target.column);
  const found = new Map<string, Label>();
  slots.forEach((slot, row) => {
    if (slot < 0 || judgements.label[slot] !== UNKNOWN_CLASS) return;
    const name = table.value(row, column);
    const seen = found.get(name);
    if (seen) seen.count++;
    else found.set(name, { name, first: row, count: 1 });
  });
  const labels = [...found.values()];
  const [first] = labels;
  if (first === undefined) return [];
  const place = { line: table.startLine[first.first], column: column + 1 };
  return knowsNoLabel(slots, judgements)
    ? [{ ...noneKnown(labels, target.column, target.classes), ...place }]
    : [{ ...someUnknown(labels, target.classes), ...place }];
}

function noneKnown(labels: readonly Label[], column: string, classes: readonly string[]): DatasetIssue {
  const pairs = meant(labels, classes);
  const model = listNames(classes.map((name) => quote(name)));
  return {
    severity: 'warning',
    code: 'no-known-class',
    message:
      `The model knows none of the labels in "${column}": this file has ${listLabels(labels)}; the model has ${model}. ` +
      'The rows are predicted, but not measured.',
    advice:
      pairs.length === 0
        ? 'Choose a model that was trained on these classes, or correct the labels.'
        : `Write ${listNames(pairs.map(([label, name]) => `${quote(name)} instead of ${quote(label)}`))}, to measure the model on this file.`,
  };
}

function someUnknown(labels: readonly Label[], classes: readonly string[]): DatasetIssue {
  const rows = labels.reduce((sum, { count }) => sum + count, 0);
  const what = labels.length === 1 ? 'the class' : `${labels.length} classes of this file:`;
  const pairs = meant(labels, classes);
  const hint =
    pairs.length === 0
      ? ''
      : ` Did you mean ${listNames(pairs.map(([label, name]) => `${quote(name)} for ${quote(label)}`))}?`;
  return {
    severity: 'warning',
    code: 'unknown-class',
    message:
      `The model was not trained on ${what} ${listLabels(labels)}: ` +
      `${rows === 1 ? 'that row counts' : 'those rows count'} as wrong.${hint}`,
    advice: 'Correct the labels, or train again with rows of these classes.',
  };
}

/** Labels with the class that each may mean. */
function meant(labels: readonly Label[], classes: readonly string[]): (readonly [string, string])[] {
  return labels.slice(0, named).flatMap(({ name }) => {
    const nearest = nearestName(name, classes);
    return nearest === undefined ? [] : [[name, nearest] as const];
  });
}

function listLabels(labels: readonly Label[]): string {
  return listNames(
    labels.map(({ name, count }) => `${quote(name)} (${count === 1 ? '1 row' : `${count} rows`})`),
  );
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, named);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

function quote(name: string): string {
  return `"${name.length > quoted ? `${name.slice(0, quoted - 1)}…` : name}"`;
}
