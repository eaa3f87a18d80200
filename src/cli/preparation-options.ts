/** Options for the steps that prepare a table: each may be repeated, and all are done in the order in which they stand. */
import { type Command, Option } from 'commander';
import { PreparationStep } from '../protocol';
import { UsageError } from './usage';

/** A step, and how many stood before it on the command line. */
interface OrderedStep {
  readonly order: number;
  readonly step: PreparationStep;
}

/** As commander hands them over. */
export interface PreparationOptions {
  readonly filter?: readonly OrderedStep[];
  readonly compute?: readonly OrderedStep[];
  readonly fill?: readonly OrderedStep[];
  readonly replace?: readonly OrderedStep[];
  readonly dropDuplicates?: readonly OrderedStep[];
}

let stepsGiven = 0;

export function addPreparationOptions(command: Command): Command {
  const step = (flags: string, description: string, parse: (text: string) => PreparationStep) =>
    command.addOption(
      new Option(flags, description)
        .helpGroup('What is done to the rows before anything is learnt, in the order of the options:')
        .argParser((text: string, before: readonly OrderedStep[] | undefined) => [
          ...(before ?? []),
          { order: stepsGiven++, step: parse(text) },
        ]),
    );
  step('--filter <expression>', 'learn from rows for which it is true, e.g. "price > 0"', (where) =>
    checked('--filter', { do: 'filter', where }),
  );
  step('--compute <column=expression>', 'a column of your own, e.g. "ratio=price / area"', (text) => {
    const [column, as] = parted('--compute', text, 'a column and an expression, written column=expression');
    return checked('--compute', { do: 'compute', column, as });
  });
  step('--fill <column=value>', 'what stands in where a column has no value, e.g. "age=0"', (text) => {
    const [column, value] = parted('--fill', text, 'a column and a value, written column=value');
    return checked('--fill', { do: 'fill', column, with: value });
  });
  step(
    '--replace <column=value=other>',
    'a value that is put in the place of another, e.g. "fat=LF=Low Fat"',
    (text) => {
      const wanted = 'a column and two values, written column=value=other';
      const [column, values] = parted('--replace', text, wanted);
      const [from, to] = parted('--replace', values, wanted);
      return checked('--replace', { do: 'replace', column, values: { [from]: to } });
    },
  );
  step(
    '--drop-duplicates <columns>',
    'keep the first of rows that are equal in these columns, parted by commas; all for all columns',
    (text) =>
      checked(
        '--drop-duplicates',
        text === 'all'
          ? { do: 'drop-duplicates' }
          : { do: 'drop-duplicates', columns: text.split(',').map((name) => name.trim()) },
      ),
  );
  return command;
}

/** The steps in the order in which they were given; undefined without any. */
export function preparationSteps(options: PreparationOptions): PreparationStep[] | undefined {
  const given = [options.filter, options.compute, options.fill, options.replace, options.dropDuplicates]
    .flatMap((steps) => steps ?? [])
    .sort((a, b) => a.order - b.order);
  return given.length === 0 ? undefined : given.map(({ step }) => step);
}

function parted(flag: string, text: string, wanted: string): [string, string] {
  const at = text.indexOf('=');
  if (at <= 0) throw new UsageError(`${flag} "${text}": this is not ${wanted}.`);
  return [text.slice(0, at).trim(), text.slice(at + 1)];
}

function checked(flag: string, step: PreparationStep): PreparationStep {
  const parsed = PreparationStep.safeParse(step);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`${flag}: ${issue?.message ?? 'this is no step'}.`);
}
