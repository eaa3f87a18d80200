import { expect, it } from 'vitest';
import { runProgram } from '../../../src/cli/program';
import type { Terminal } from '../../../src/cli/terminal';
import { families } from '../../../src/protocol/families';

/** What a command line says that ends before any engine is started, and its exit status. */
async function said(...args: string[]): Promise<{ status: number; text: string }> {
  const lines: string[] = [];
  const take = (line = '') => lines.push(line);
  const terminal: Terminal = {
    live: false,
    errorStream: process.stderr,
    write: take,
    print: take,
    printJson: () => undefined,
    tell: take,
  };
  const status = await runProgram(args, { enginePath: '/no/engine.cjs', terminal, seconds: () => 0 });
  return { status, text: lines.join('\n') };
}

it.each([
  [['train', 'a.csv', '--validation', '2'], '--validation is 2, but it must be a number from 0.02 to 0.9.'],
  [['train', 'a.csv', '--folds', '99'], '--folds is 99, but it must be 0 or a whole number from 2 to 50.'],
  [
    ['train', 'a.csv', '--folds', '1'],
    '--folds is 1, but it must be 0 or a whole number from 2 to 50. One fold leaves no rows to train on.',
  ],
  [
    ['train', 'a.csv', '--seed', '-1'],
    '--seed is -1, but it must be a whole number from 0 to 2,147,483,647.',
  ],
  [['train', 'a.csv', '--lr', 'fast'], '--lr is "fast", but it must be a number.'],
  [
    ['train', 'a.csv', '--name', 'n'.repeat(201)],
    '--name is 201 characters long, but it must be 1 to 200 characters long.',
  ],
  [
    ['train', 'a.csv', '--name', ' '],
    '--name is 0 characters long, but it must be 1 to 200 characters long.',
  ],
  [
    ['train', 'a.csv', '--first-line', '0.5'],
    '--first-line is 0.5, but it must be a whole number from 1 on.',
  ],
  [
    ['train', 'a.csv', '--task', 'clasification'],
    '--task is "clasification", but it must be classification or regression. Did you mean "classification"?',
  ],
  [
    ['train', 'a.csv', '--model', 'forest'],
    `--model is "forest", but it must be one of ${families.names.slice(0, -1).join(', ')} or ${families.names.at(-1) ?? ''}.`,
  ],
  [
    ['train', 'a.csv', '--provider', 'cude'],
    '--provider is "cude", but it must be one of cpu, auto, webgpu, cuda, dml or coreml. Did you mean "cuda"?',
  ],
  [
    ['predict', 'a.csv', '--engine', 'onx'],
    '--engine is "onx", but it must be one of auto, onnx, tensorflow or cpu. Did you mean "onnx"?',
  ],
  [
    ['predict', 'a.csv', '--formulas', 'kep'],
    '--formulas is "kep", but it must be keep or escape. Did you mean "keep"?',
  ],
  [['generate', '--temperature', '-1'], '--temperature is -1, but it must be a number from 0 to 5.'],
  [['generate', '--top-k', 'x'], '--top-k is "x", but it must be a whole number from 0 to 10,000.'],
  [['generate', '--top-p', '7'], '--top-p is 7, but it must be a number from 0.01 to 1.'],
  [['generate', '--length', '0'], '--length is 0, but it must be a whole number from 1 to 100,000.'],
])('%j ends with status 2 and names option, value and what is allowed', async (args, text) => {
  await expect(said(...args)).resolves.toEqual({ status: 2, text });
});
