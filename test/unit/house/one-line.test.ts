/** What a family, a task or a kind of dataset touches outside its own folder: the one line in the catalogue. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { families, kinds, tasks } from '../../../src/protocol';

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

  it.each(tasks.names)(
    'the task %s is known to the catalogue and families that learn it directly',
    (name) => {
      const direct = families.all
        .filter(({ trained, tasks: own = [] }) => trained === 'directly' && own.includes(name))
        .map((family) => `src/engine/models/${family.name}/description.ts`);
      expect(touched('tasks', name).sort()).toEqual(['src/catalogue/index.ts', ...direct].sort());
    },
  );

  it.each(kinds.names)('the kind of dataset %s is known to the catalogue alone', (name) => {
    const inside = `src/engine/datasets/kinds/${name}/`;
    const pattern = new RegExp(`from '[^']*/kinds/${name}/[^']*'`);
    // The room's door gives tests the readers of the two oldest kinds without asking what a file is.
    const door = 'src/engine/datasets/index.ts';
    const others = sources.filter((path) => !path.startsWith(inside) && path !== door);
    expect(others.filter((path) => pattern.test(readFileSync(join(root, path), 'utf8')))).toEqual([
      'src/catalogue/kinds.ts',
    ]);
  });
});
