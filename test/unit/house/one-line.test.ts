/** What a family or a task touches outside its own folder: the one line in the catalogue. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { families, tasks } from '../../../src/protocol';

const root = join(import.meta.dirname, '..', '..', '..');
const sources = ['src/catalogue', 'src/engine', 'src/protocol'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.split(sep).join('/')}`),
);

/** Sources outside the folder that import from it, or know the name of what lives there. */
function touched(room: string, name: string): string[] {
  const own = `src/engine/${room}/${name}/`;
  const pattern = new RegExp(`from '[^']*/${name}/[^']*'|['"]${name}['"]`);
  return sources.filter(
    (path) => !path.startsWith(own) && pattern.test(readFileSync(join(root, path), 'utf8')),
  );
}

describe('outside its folder', () => {
  it.each(families.names)('the family %s is known to the catalogue alone', (name) => {
    expect(touched('models', name)).toEqual(['src/catalogue/index.ts']);
  });

  it.each(tasks.names)('the task %s is known to the catalogue alone', (name) => {
    expect(touched('tasks', name)).toEqual(['src/catalogue/index.ts']);
  });
});
