/** The command line as a whole: its commands, its help, and what becomes of failures. */
import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { CancelledError, describeError, LabError } from '../protocol';
import { addGenerate } from './commands/generate';
import { addInspect } from './commands/inspect';
import { addPrepare } from './commands/prepare';
import { addPredict } from './commands/predict';
import { addRuns } from './commands/runs';
import { addTrain } from './commands/train';
import type { Context, Work } from './context';
import { Engines } from './engine';
import type { Terminal } from './terminal';
import { exitStatus, UsageError } from './usage';

export interface ProgramOptions {
  /** Absolute path of the engine's bundle. */
  readonly enginePath: string;
  readonly terminal: Terminal;
  /** Seconds since the command was started. */
  readonly seconds: () => number;
}

/** Runs a command line (without the program's name). Answers with the exit status; never rejects. */
export async function runProgram(args: readonly string[], options: ProgramOptions): Promise<number> {
  let status: number = exitStatus.done;
  const program = buildProgram(async (work, asked) => {
    status = await runWork(work, asked, options);
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitStatus.done : exitStatus.usage;
    options.terminal.tell(describeError(LabError.from(thrown)));
    return thrown instanceof UsageError ? exitStatus.usage : exitStatus.failed;
  }
}

/** What the options that every command has ask for. */
export interface Asked {
  readonly json: boolean;
  readonly verbose: boolean;
}

export function buildProgram(run: (work: Work, asked: Asked) => Promise<void>): Command {
  const program = new Command('local-model-lab')
    .description('Trains small models on local files, predicts with them and lets them write.')
    .version(version)
    .option('--verbose', "show the engine's log", false)
    .showHelpAfterError('("--help" explains every option)')
    .exitOverride();
  let json = false;
  program.hook('preAction', (_, command) => {
    json = command.opts<{ json?: boolean }>().json ?? false;
  });
  const runAsked = (work: Work) => run(work, { json, verbose: program.opts<Asked>().verbose });
  addTrain(program, runAsked);
  addPredict(program, runAsked);
  addGenerate(program, runAsked);
  addRuns(program, runAsked);
  addInspect(program, runAsked);
  addPrepare(program, runAsked);
  return program;
}

async function runWork(work: Work, { json, verbose }: Asked, options: ProgramOptions): Promise<number> {
  const { terminal, seconds } = options;
  const engines = new Engines(options.enginePath, (line) => {
    if (verbose) terminal.tell(`engine: ${line}`);
  });
  const context: Context = { engines, terminal, json, seconds };
  try {
    return await work(context);
  } catch (thrown) {
    if (thrown instanceof CancelledError) {
      terminal.tell('Cancelled.');
      return exitStatus.interrupted;
    }
    terminal.tell(describeError(LabError.from(thrown)));
    return thrown instanceof UsageError ? exitStatus.usage : exitStatus.failed;
  } finally {
    await engines.dispose();
  }
}
