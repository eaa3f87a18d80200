/** Options that say how a table is written, for the commands that read one. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { EngineWish, ProviderWish, type TableFormat } from '../protocol';

export interface TableOptions {
  readonly header?: boolean;
  readonly separator?: TableFormat['separator'];
}

/** Names for separators that a shell makes hard to type. */
const separators: Readonly<Record<string, TableFormat['separator']>> = {
  ',': ',',
  comma: ',',
  ';': ';',
  semicolon: ';',
  '\t': '\t',
  '\\t': '\t',
  tab: '\t',
  '|': '|',
  pipe: '|',
};

export function addTableOptions(command: Command): Command {
  return command
    .option('--header', 'the first row names the columns (default: found out)')
    .option('--no-header', 'the first row is data; columns are then called "column 1", "column 2", …')
    .addOption(
      new Option(
        '--separator <character>',
        'comma, semicolon, tab or pipe, as a word or as the character (default: found out)',
      ).argParser(parseSeparator),
    );
}

export function parseSeparator(text: string): TableFormat['separator'] {
  const separator = separators[text.toLowerCase()];
  if (separator === undefined) throw new InvalidArgumentError('It must be comma, semicolon, tab or pipe.');
  return separator;
}

/** The given ones of the table options, as the endpoints want them. */
export function formatOf({ header, separator }: TableOptions): TableOptions {
  return { ...(header === undefined ? {} : { header }), ...(separator === undefined ? {} : { separator }) };
}

export function engineOption(): Option {
  return new Option(
    '--engine <name>',
    'what computes; auto takes the fastest that is there (default: auto)',
  ).choices(EngineWish.options);
}

export function providerOption(): Option {
  return new Option(
    '--provider <name>',
    'where a training computes: the processor or a device; auto tries them and takes a faster one (default: cpu)',
  ).choices(ProviderWish.options);
}

/** The asked-for engine, as the endpoints want it. */
export function engineOf({ engine }: { readonly engine?: EngineWish }): { readonly engine?: EngineWish } {
  return engine === undefined ? {} : { engine };
}

export function jsonOption(): Option {
  return new Option('--json', 'write the result as one JSON object on the last line of the output');
}
