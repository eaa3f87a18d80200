/** `local-model-lab prepare FILE`: a table comes in, the table as the steps leave it is written. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { WritePrepared, writeCount, writeCounted } from '../../protocol';
import { inspectAsAsked } from '../ask-reading';
import type { Context, Work } from '../context';
import { onInterrupt } from '../interrupt';
import { tellIssues } from '../issues';
import { showProgress } from '../progress';
import { addPreparationOptions } from '../preparation-options';
import { addTableOptions, type TableOptions } from '../reading-options';
import { stepLines } from '../dataset-summary';
import { jsonOption } from '../shared-options';
import { exitStatus, UsageError } from '../usage';

interface PrepareOptions extends TableOptions {
  readonly out: string;
}

export function addPrepare(program: Command, run: (work: Work) => Promise<void>): void {
  const command = program
    .command('prepare')
    .description(
      'Writes a table as the steps of a preparation leave it to a new CSV. The file itself stays as it is.',
    )
    .argument('<file>', 'a table of any kind')
    .requiredOption('--out <file>', 'the CSV to write');
  addPreparationOptions(addTableOptions(command))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExample:\n  local-model-lab prepare flats.csv --filter "price > 0" --compute "rate=price / area" --out clean.csv',
    )
    .action((file: string) => run((context) => prepare(file, command.opts<PrepareOptions>(), context)));
}

async function prepare(file: string, options: PrepareOptions, context: Context): Promise<number> {
  const { terminal, engines } = context;
  const path = resolve(file);
  const engine = await engines.serving();
  const { summary, asked } = await inspectAsAsked(engine, { path, kind: 'table' }, options);
  if (summary.kind === 'text') throw new UsageError('A text has no rows to prepare.');
  tellIssues(path, summary.issues, terminal);
  const progress = showProgress(terminal);
  const interrupt = onInterrupt(
    () => progress.tell('Stopping: nothing is written.'),
    () => {
      progress.end();
      engines.kill();
    },
  );
  try {
    const output = resolve(options.out);
    const { rows } = await engine.call(
      WritePrepared,
      { path, kind: summary.source, output, ...asked },
      {
        signal: interrupt.signal,
        onProgress: ({ rows: done, total }) =>
          progress.update(done, total, `${writeCount(done)} of ${writeCounted(total, 'row')}`),
      },
    );
    progress.end();
    if (context.json) terminal.printJson({ rows, output, steps: summary.steps ?? [] });
    else
      for (const line of [...stepLines(summary), `${writeCounted(rows, 'row')} written`, output])
        terminal.print(line);
    return exitStatus.done;
  } finally {
    progress.end();
    interrupt.dispose();
  }
}
