/** Names of classes, short enough to stand beside a row and still told apart. */
import { showControls } from './plain-text';

/** Names come from files and may be long or hold line breaks. */
export function toLine(name: string): string {
  return showControls(name.replace(/\s+/g, ' ').trim());
}

/** At most `limit` characters; of a longer name the beginning and the end are kept, since names often differ there. */
export function shorten(name: string, limit = 40): string {
  const characters = Array.from(toLine(name));
  if (characters.length <= limit) return characters.join('');
  const head = Math.ceil((limit - 1) / 2);
  const tail = limit - 1 - head;
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - tail).join('')}`;
}

/**
 * The names in the order given, each of at most `limit` characters, so that different names stay different: where
 * beginning and end are the same, what stands between is shown from where it differs.
 */
export function shortenApart(names: readonly string[], limit: number): string[] {
  const short = new Map(names.map((name) => [name, shorten(name, limit)]));
  for (const group of clashes([...short.keys()], (name) => short.get(name) ?? '')) {
    for (const [name, text] of tellApart(group, limit)) short.set(name, text);
  }
  return names.map((name) => short.get(name) ?? '');
}

function clashes(names: readonly string[], textOf: (name: string) => string): string[][] {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const group = groups.get(textOf(name));
    if (group) group.push(name);
    else groups.set(textOf(name), [name]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Shows names that begin alike from where they differ; those that are still alike, from where they differ after that. */
function tellApart(group: readonly string[], limit: number): Map<string, string> {
  const lines = group.map((name) => Array.from(toLine(name)));
  const shared = sharedBeginning(lines);
  const head = Math.min(shared, Math.floor(limit / 4));
  const room = limit - head - 1;
  const short = new Map<string, string>();
  lines.forEach((line, index) => {
    const from = Math.min(shared, line.length);
    const rest = line.slice(from);
    const shown = rest.length > room ? [...rest.slice(0, room - 1), '…'] : rest;
    short.set(group[index] ?? '', `${line.slice(0, head).join('')}…${shown.join('')}`);
  });
  for (const alike of clashes(group, (name) => short.get(name) ?? '')) {
    // Names that are one line by line (their line breaks differ) stay alike.
    if (
      alike.length === group.length &&
      sharedBeginning(alike.map((name) => Array.from(toLine(name)))) === shared
    ) {
      continue;
    }
    for (const [name, text] of tellApart(alike, limit)) short.set(name, text);
  }
  return short;
}

function sharedBeginning(lines: readonly (readonly string[])[]): number {
  const [first = [], ...others] = lines;
  let length = 0;
  while (length < first.length && others.every((line) => line[length] === first[length])) length++;
  return length;
}
