/**
 * Steps that prepare a table before anything is learnt from it, in their order: kept in the experiment and with the model,
 * whose predictions are made of rows that were prepared in the same way. Each is data; expressions are parsed, never run.
 */
import * as z from 'zod';

/** Characters of an expression. */
export const longestExpression = 2_000;

const Expression = z.string().trim().min(1).max(longestExpression);
const ColumnName = z.string().min(1).max(1_000);

export const PreparationStep = z.discriminatedUnion('do', [
  z
    .strictObject({
      do: z.literal('filter'),
      where: Expression.meta({
        description: 'Rows for which it is true are kept, e.g. price > 0 and city != "Bonn".',
      }),
    })
    .meta({ description: 'Keeps some of the rows to learn from.' }),
  z
    .strictObject({
      do: z.literal('compute'),
      column: ColumnName.meta({ description: 'A new column, or one to put in the place of another.' }),
      as: Expression.meta({ description: 'What each row holds, e.g. price / area.' }),
    })
    .meta({ description: 'Computes a column from others.' }),
  z
    .strictObject({
      do: z.literal('fill'),
      column: ColumnName,
      with: z.string().max(1_000).meta({ description: 'What stands in for a missing value.' }),
    })
    .meta({ description: 'Puts one value where the column has none.' }),
  z
    .strictObject({
      do: z.literal('replace'),
      column: ColumnName,
      values: z.record(z.string(), z.string()).meta({
        description: 'Which values become which, e.g. {"LF": "Low Fat"}; an empty one becomes missing.',
      }),
    })
    .meta({ description: 'Puts values of a column in the place of others.' }),
  z
    .strictObject({
      do: z.literal('drop-duplicates'),
      columns: z
        .array(ColumnName)
        .min(1)
        .max(1_000)
        .optional()
        .meta({ description: 'Columns by which rows are equal; all of them when absent.' }),
    })
    .meta({ description: 'Keeps the first of rows that are equal.' }),
]);
export type PreparationStep = z.infer<typeof PreparationStep>;

export const PreparationSteps = z.array(PreparationStep).max(100);

/** What a prepared table is written as, beside the file that it is made of. */
export const preparedFile = {
  title: 'CSV files',
  ending: 'csv',
  nameOf: (name: string) => `${name}.prepared.csv`,
};

/** What a step did to the table at hand. */
export interface StepOutcome {
  /** The step as `writeStep` has it. */
  readonly words: string;
  /** Rows that came to the step, and rows that it left. */
  readonly rowsBefore: number;
  readonly rowsAfter: number;
  /** Cells that it changed; of a computed column the cells that hold a value. */
  readonly cells?: number | undefined;
  /** Rows in which a filter's or a column's expression has no value. */
  readonly missing?: number | undefined;
}

/** A step as one line: `keep rows where price > 0`. */
export function writeStep(step: PreparationStep): string {
  switch (step.do) {
    case 'filter':
      return `keep rows where ${step.where}`;
    case 'compute':
      return `${step.column} = ${step.as}`;
    case 'fill':
      return `fill ${step.column} with "${step.with}"`;
    case 'replace': {
      const pairs = Object.entries(step.values).map(([from, to]) => `"${from}" by "${to}"`);
      return `in ${step.column}, replace ${pairs.slice(0, 3).join(', ')}${pairs.length > 3 ? ` and ${pairs.length - 3} more` : ''}`;
    }
    case 'drop-duplicates':
      return step.columns === undefined
        ? 'drop rows that stand twice'
        : `drop rows that are equal in ${step.columns.join(', ')}`;
  }
}
