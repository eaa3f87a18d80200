/** Options that several commands have. */
import { Option } from 'commander';
import { EngineWish, ProviderWish } from '../protocol';
import { choiceOption } from './choice-options';

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

export function jsonOption(): Option {
  return new Option('--json', 'write the result as one JSON object on the last line of the output');
}
