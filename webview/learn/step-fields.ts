/** A step of the preparation while it is being written: what is typed, and the step that it makes. */
import { PreparationStep } from '../../src/protocol/preparation';

/** The form's section of steps, among those that are remembered as open. */
export const stepsSection = 'preparation';

export type StepKind = PreparationStep['do'];

/** As typed, by field. */
export interface TypedStep {
  readonly do: StepKind;
  readonly expression: string;
  readonly column: string;
  /** What fills; or lines of `value = other`; or columns parted by commas. */
  readonly values: string;
}

export interface StepKindTitle {
  readonly kind: StepKind;
  readonly title: string;
  /** One line. */
  readonly hint: string;
}

export const stepKinds: readonly StepKindTitle[] = [
  { kind: 'filter', title: 'Keep some rows', hint: 'Only rows for which it is true are learnt from.' },
  { kind: 'compute', title: 'Compute a column', hint: 'A new column, or one in the place of another.' },
  { kind: 'fill', title: 'Fill missing values', hint: 'One value stands in wherever the column has none.' },
  { kind: 'replace', title: 'Replace values', hint: 'One replacement a line: value = other.' },
  { kind: 'drop-duplicates', title: 'Drop duplicates', hint: 'The first of rows that are equal is kept.' },
];

export const expressionHint =
  'Numbers, "texts" and columns; column("a name with spaces"); + - * / ** % < <= > >= = != and or not in [ ]; ' +
  'if(a > 1, "much", "little"), isMissing(a), coalesce(a, 0), round, log, min, max, year, month, lower, length, contains and more.';

export function emptyStep(kind: StepKind, column = ''): TypedStep {
  return { do: kind, expression: '', column, values: '' };
}

export function typedOf(step: PreparationStep): TypedStep {
  switch (step.do) {
    case 'filter':
      return { ...emptyStep('filter'), expression: step.where };
    case 'compute':
      return { ...emptyStep('compute', step.column), expression: step.as };
    case 'fill':
      return { ...emptyStep('fill', step.column), values: step.with };
    case 'replace':
      return {
        ...emptyStep('replace', step.column),
        values: Object.entries(step.values)
          .map(([from, to]) => `${from} = ${to}`)
          .join('\n'),
      };
    case 'drop-duplicates':
      return { ...emptyStep('drop-duplicates'), values: step.columns?.join(', ') ?? '' };
  }
}

/** The step, or undefined while something that it needs is not typed. */
export function stepOf({ do: kind, expression, column, values }: TypedStep): PreparationStep | undefined {
  const written = ((): unknown => {
    switch (kind) {
      case 'filter':
        return { do: kind, where: expression };
      case 'compute':
        return { do: kind, column: column.trim(), as: expression };
      case 'fill':
        return { do: kind, column, with: values };
      case 'replace':
        return { do: kind, column, values: pairsIn(values) };
      case 'drop-duplicates':
        return values.trim() === ''
          ? { do: kind }
          : { do: kind, columns: values.split(',').map((name) => name.trim()) };
    }
  })();
  const parsed = PreparationStep.safeParse(written);
  return parsed.success ? parsed.data : undefined;
}

/** Undefined where a line is no replacement, or there is none. */
function pairsIn(text: string): Record<string, string> | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const pairs = lines.map((line) => {
    const at = line.indexOf('=');
    return at < 0 ? undefined : ([line.slice(0, at).trim(), line.slice(at + 1).trim()] as const);
  });
  if (pairs.length === 0 || pairs.includes(undefined)) return undefined;
  return Object.fromEntries(pairs as (readonly [string, string])[]);
}

/** The steps with one of them moved, taken out, or put in the place of another (`index` behind the last: added). */
export function moved(steps: readonly PreparationStep[], index: number, by: -1 | 1): PreparationStep[] {
  const order = [...steps];
  const [step] = order.splice(index, 1);
  if (step !== undefined) order.splice(index + by, 0, step);
  return order;
}

export function without(steps: readonly PreparationStep[], index: number): PreparationStep[] {
  return steps.filter((_, at) => at !== index);
}

export function placed(
  steps: readonly PreparationStep[],
  index: number,
  step: PreparationStep,
): PreparationStep[] {
  const changed = [...steps];
  changed[index] = step;
  return changed;
}
