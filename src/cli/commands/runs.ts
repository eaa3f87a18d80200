/** `local-model-lab runs`: lists, shows, renames and deletes runs. */
import { createInterface } from 'node:readline/promises';
import { resolve } from 'node:path';
import type { Command, CommandOptions } from 'commander';
import { DeleteRun, ListRuns, longestName, RenameRun, type RunSummary, showControls } from '../../protocol';
import type { Context, Work } from '../context';
import { anyRun, defaultRunsFolder, findRun, requireRunsFolder } from '../find-run';
import { summarizeRun, summarizeRuns } from '../summaries';
import { jsonOption } from '../shared-options';
import { exitStatus, UsageError } from '../usage';

interface RunsOptions {
  readonly runs: string;
  readonly yes?: boolean;
}

export function addRuns(program: Command, run: (work: Work) => Promise<void>): void {
  const runs = program
    .command('runs')
    .description('Lists the runs, newest first; shows, renames and deletes them.');
  const subcommand = (usage: string, description: string, more: CommandOptions = {}) =>
    runs
      .command(usage, more)
      .description(description)
      .option('--runs <folder>', 'folder of the runs', defaultRunsFolder)
      .addOption(jsonOption());

  const list = subcommand('list', 'lists the runs, newest first (what "runs" alone does, too)', {
    isDefault: true,
  });
  list.action(() => run((context) => listRuns(list.opts<RunsOptions>(), context)));
  runs.addHelpText('after', '\nRUN is an id (or its beginning), a name, a folder, or "latest".');

  const show = subcommand('show [run]', 'tells all about a run (default: the latest)');
  show.action((name = 'latest') =>
    run((context) => showRun(String(name), show.opts<RunsOptions>(), context)),
  );

  const rename = subcommand('rename <run> <name>', 'gives a run another name in lists');
  rename.action((name: string, newName: string) =>
    run((context) => renameRun(name, newName, rename.opts<RunsOptions>(), context)),
  );

  const remove = subcommand('delete <runs...>', 'deletes runs with their models, for good').option(
    '--yes',
    'do not ask',
  );
  remove.action((names: string[]) =>
    run((context) => deleteRuns(names, remove.opts<RunsOptions>(), context)),
  );
}

async function listRuns({ runs: folder }: RunsOptions, context: Context): Promise<number> {
  const { terminal, json, engines } = context;
  await requireRunsFolder(folder);
  const engine = await engines.serving();
  const runs = await engine.call(ListRuns, { runsFolders: [resolve(folder)] });
  if (json) {
    terminal.printJson({ runs });
  } else if (runs.length === 0) {
    terminal.print(`There are no runs in ${resolve(folder)}. "local-model-lab train FILE" makes one.`);
  } else {
    for (const line of summarizeRuns(runs)) terminal.print(line);
  }
  return exitStatus.done;
}

async function showRun(name: string, options: RunsOptions, context: Context): Promise<number> {
  const run = await findRun(await context.engines.serving(), name, options.runs, anyRun);
  tellRun(run, context);
  return exitStatus.done;
}

async function renameRun(
  name: string,
  newName: string,
  options: RunsOptions,
  context: Context,
): Promise<number> {
  const length = newName.trim().length;
  if (length === 0 || length > longestName) {
    throw new UsageError(`A name has 1 to ${longestName} characters, not ${length}.`, 'Write another name.');
  }
  const engine = await context.engines.serving();
  const { folder, id } = await findRun(engine, name, options.runs, anyRun);
  const run = await engine.call(RenameRun, { runFolder: folder, name: newName });
  if (context.json) context.terminal.printJson(run);
  else context.terminal.print(`${id} is now called "${run.name}".`);
  return exitStatus.done;
}

async function deleteRuns(names: readonly string[], options: RunsOptions, context: Context): Promise<number> {
  const { terminal, json } = context;
  const engine = await context.engines.serving();
  // All names are understood before anything is deleted.
  const runs = await Promise.all(names.map((name) => findRun(engine, name, options.runs, anyRun)));
  if (options.yes !== true && !(await agreed(runs))) {
    terminal.tell('Nothing was deleted.');
    return exitStatus.failed;
  }
  for (const { folder, id } of runs) {
    await engine.call(DeleteRun, { runFolder: folder, runsFolders: [resolve(options.runs)] });
    if (!json) terminal.print(`Deleted ${id}.`);
  }
  if (json) terminal.printJson({ deleted: runs.map(({ folder }) => folder) });
  return exitStatus.done;
}

async function agreed(runs: readonly RunSummary[]): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new UsageError('Deleting cannot be undone.', 'Say --yes to delete without being asked.');
  }
  const questions = createInterface({ input: process.stdin, output: process.stderr });
  const names = runs.map(({ id }) => showControls(id)).join(', ');
  const answer = await questions.question(`Delete ${names} for good? [y/N] `);
  questions.close();
  return /^y(es)?$/i.test(answer.trim());
}

function tellRun(run: RunSummary, { json, terminal }: Context): void {
  if (json) terminal.printJson(run);
  else for (const line of summarizeRun(run)) terminal.print(line);
}
