/** `local-model-lab generate`: a prompt comes in, the text that a language model writes after it leaves. */
import type { Command } from 'commander';
import {
  CancelledError,
  type EngineWish,
  Generate,
  type GenerationResult,
  LabError,
  SamplingOptions,
  writeMilliseconds,
  writeCounted,
  writeNumber,
} from '../../protocol';
import type { Context, Work } from '../context';
import { defaultRunsFolder, findRun, languageModel } from '../find-run';
import { onInterrupt } from '../interrupt';
import { numberOption } from '../number-options';
import { engineOf, engineOption, jsonOption } from '../shared-options';
import { exitStatus } from '../usage';

interface GenerateOptions {
  readonly model?: string;
  readonly runs: string;
  readonly prompt: string;
  readonly engine?: EngineWish;
}

/** One option per sampling rule: its flag, and the sentence that explains it. */
const sampling = [
  ['temperature', '--temperature', 'how freely it writes: 0 always takes the likeliest character'],
  ['topK', '--top-k', 'only that many likeliest characters may be chosen; 0: no limit'],
  ['topP', '--top-p', 'only the likeliest that together reach this probability; 1: no limit'],
  ['seed', '--seed', 'equal seeds give equal texts'],
  ['length', '--length', 'characters to write'],
] as const satisfies readonly (readonly [keyof SamplingOptions, string, string])[];

export function addGenerate(program: Command, run: (work: Work) => Promise<void>): void {
  const command = program
    .command('generate')
    .description(
      'Writes text with a trained language model. The text goes to standard output as it is written.',
    )
    .argument('[run]', 'id (or its beginning), name or folder of the run whose model writes', 'latest')
    .option('--model <run>', 'the same as an option')
    .option('--runs <folder>', 'folder of the runs', defaultRunsFolder)
    .option('--prompt <text>', 'what the text begins with', '\n');
  const defaults = SamplingOptions.parse({});
  for (const [name, flag, description] of sampling) {
    command.addOption(numberOption(flag, SamplingOptions.shape[name], description).default(defaults[name]));
  }
  command
    .addOption(engineOption())
    .addOption(jsonOption())
    .action((name: string) => run((context) => generate(name, command.opts<GenerateOptions>(), context)));
}

async function generate(name: string, options: GenerateOptions, context: Context): Promise<number> {
  const { terminal } = context;
  const rules = samplingOf({ ...options });
  const engine = await context.engines.serving();
  const run = await findRun(engine, options.model ?? name, options.runs, languageModel);
  const interrupt = onInterrupt(
    () => terminal.tell('\nStopping.'),
    () => context.engines.kill(),
  );
  const show = printNews(context);
  try {
    const result = await engine.call(
      Generate,
      { runFolder: run.folder, prompt: options.prompt, sampling: rules, ...engineOf(options) },
      { signal: interrupt.signal, onProgress: ({ text }) => show(text) },
    );
    show(result.text);
    tellResult(result, context);
    return result.stopped ? exitStatus.interrupted : exitStatus.done;
  } catch (thrown) {
    if (thrown instanceof CancelledError) return exitStatus.interrupted;
    throw LabError.from(thrown);
  } finally {
    interrupt.dispose();
  }
}

function samplingOf(options: Readonly<Record<string, unknown>>): SamplingOptions {
  return SamplingOptions.parse(Object.fromEntries(sampling.map(([name]) => [name, options[name]])));
}

/** Prints what a growing text has more than at the last call; nothing where the result is wanted as JSON. */
function printNews({ json, terminal }: Context): (text: string) => void {
  let printed = 0;
  return (text) => {
    if (json) return;
    terminal.write(text.slice(printed));
    printed = Math.max(printed, text.length);
  };
}

function tellResult(result: GenerationResult, { json, terminal }: Context): void {
  const { text, tokens, tokensPerSecond, firstTokenMs } = result;
  if (json) terminal.printJson({ text, tokens, tokensPerSecond, firstTokenMs });
  else terminal.print();
  for (const note of result.notes) terminal.tell(`warning: ${note}`);
  if (json) return;
  terminal.tell(
    `${writeCounted(tokens, 'character')} · ${writeNumber(tokensPerSecond)}/s · first after ${writeMilliseconds(firstTokenMs)} · perplexity ${writeNumber(result.perplexity)}`,
  );
}
