/** Options that several commands have. */
import { stat } from 'node:fs/promises';
import { Option } from 'commander';
import { EngineWish, ProviderWish } from '../protocol';
import { choiceOption } from './choice-options';
import { UsageError } from './usage';

export function engineOption(): Option {
  return choiceOption(
    '--engine',
    'name',
    EngineWish.options,
    'what computes; auto takes the fastest that is there (default: auto)',
  );
}

export function providerOption(): Option {
  return choiceOption(
    '--provider',
    'name',
    ProviderWish.options,
    'where a training computes: the processor or a device; auto tries them and takes a faster one (default: cpu)',
  );
}

/** The asked-for engine, as the endpoints want it. */
export function engineOf({ engine }: { readonly engine?: EngineWish }): { readonly engine?: EngineWish } {
  return engine === undefined ? {} : { engine };
}

/** UsageError where the folder that an option's file lies in is none: told before the work, not after it. */
export async function requireFolder(folder: string, option: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() === true) return;
  throw new UsageError(`${option}: there is no folder ${folder}.`, 'Choose a folder that exists.', {
    path: folder,
  });
}

export function jsonOption(): Option {
  return new Option('--json', 'write the result as one JSON object on the last line of the output');
}
