/** Options that take one of several words: refused in the voice of the numbers, with the word that may have been meant. */
import { Option } from 'commander';
import { nearestName } from '../protocol';
import { outOfRange } from './number-options';

/** The choice that was typed, letter case aside. UsageError naming option, value and choices where there is none. */
export function choiceAmong<T extends string>(flag: string, choices: readonly T[], text: string): T {
  const found = choices.find((choice) => choice.toLowerCase() === text.trim().toLowerCase());
  if (found !== undefined) return found;
  throw outOfRange(flag, `"${text}"`, listChoices(choices), didYouMean(text, choices));
}

/** An option whose value is checked as soon as it is read. Its choices stand in the help. */
export function choiceOption(
  flag: string,
  value: string,
  choices: readonly string[],
  description: string,
): Option {
  return new Option(`${flag} <${value}>`, description)
    .choices(choices)
    .argParser((text) => choiceAmong(flag, choices, text));
}

/** `classification or regression`, `one of cpu, cuda or dml`. */
export function listChoices(choices: readonly string[]): string {
  const last = choices.at(-1) ?? '';
  if (choices.length <= 2) return choices.join(' or ');
  return `one of ${choices.slice(0, -1).join(', ')} or ${last}`;
}

/** A question, where one of the choices is near. */
export function didYouMean(text: string, choices: readonly string[]): string | undefined {
  const nearest = nearestName(text.trim(), choices);
  return nearest === undefined ? undefined : `Did you mean "${nearest}"?`;
}
