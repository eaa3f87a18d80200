import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { givenHyperparameters, withHyperparameters } from '../../../src/cli/hyperparameter-options';
import { flagOf } from '../../../src/cli/flags';
import { numberWithin } from '../../../src/cli/number-options';
import { buildProgram } from '../../../src/cli/program';
import { families, hyperparameterFields, ModelChoice } from '../../../src/protocol';

function trainHelp(): string {
  const program = buildProgram(() => Promise.resolve());
  return program.commands.find((command) => command.name() === 'train')?.helpInformation() ?? '';
}

const mlp = ModelChoice.parse({ family: 'mlp', hyperparameters: {} });
const transformer = ModelChoice.parse({ family: 'transformer', hyperparameters: {} });

describe('the options of train', () => {
  it.each(
    families.names.flatMap((family) => hyperparameterFields(family).map((field) => [family, field] as const)),
  )('explain every hyperparameter of $0 with its default: $1.name', (family, field) => {
    const help = trainHelp().replaceAll(/\s+/g, ' ');
    const start = help.indexOf(` ${flagOf(field.name)} <`);
    expect(start).toBeGreaterThan(-1);
    const end = help.slice(start + 3).search(/ --[a-z]/);
    const own = end < 0 ? help.slice(start) : help.slice(start, start + 3 + end);
    expect(own).toContain(field.description);
    expect(own).toContain(family);
    expect(own).toMatch(new RegExp(`default: [^)]*${String(field.initial).replace('.', '\\.')}`));
  });

  it('are named as the hyperparameters are, in the spelling of options', () => {
    expect(flagOf('weightDecay')).toBe('--weight-decay');
    expect(flagOf('lr')).toBe('--lr');
  });

  it('take numbers with exponents and refuse words', () => {
    expect(numberWithin('--lr', z.number(), '1e-3')).toBe(0.001);
    expect(() => numberWithin('--lr', z.number(), 'many')).toThrow(
      '--lr is "many", but it must be a number.',
    );
    expect(() => numberWithin('--lr', z.number(), '')).toThrow('--lr is "", but it must be a number.');
  });
});

describe('given hyperparameters', () => {
  it('are picked out of the other options', () => {
    expect(givenHyperparameters({ lr: 0.1, seed: 3, target: 'x', activation: 'tanh' })).toEqual({
      lr: 0.1,
      activation: 'tanh',
    });
  });

  it('replace what was suggested and leave the rest', () => {
    const { hyperparameters } = withHyperparameters(mlp, { width: 32, activation: 'gelu' });
    expect(hyperparameters).toEqual({ ...mlp.hyperparameters, width: 32, activation: 'gelu' });
  });

  it('are refused where the family lacks them, with the families that have them', () => {
    expect(() => withHyperparameters(mlp, { heads: 4 })).toThrow(
      '--heads is no option of the family "mlp"; transformer has it.',
    );
    expect(() => withHyperparameters(transformer, { epochs: 4 })).toThrow('linear and mlp have it.');
  });

  it('are refused outside their range, with the option that is wrong', () => {
    expect(() => withHyperparameters(mlp, { layers: 99 })).toThrow(
      '--layers is 99, but it must be a whole number from 1 to 8.',
    );
    expect(() => withHyperparameters(mlp, { layers: 1.5 })).toThrow(
      '--layers is 1.5, but it must be a whole number from 1 to 8.',
    );
    expect(() => withHyperparameters(mlp, { lr: -1 })).toThrow(
      '--lr is -1, but it must be a number above 0, at most 10.',
    );
    expect(() => withHyperparameters(mlp, { epochs: 0 })).toThrow(
      '--epochs is 0, but it must be a whole number from 1 to 100,000.',
    );
    expect(() => withHyperparameters(transformer, { width: 130 })).toThrow(
      '--width is 130: The width must be a multiple of the heads',
    );
  });
});
