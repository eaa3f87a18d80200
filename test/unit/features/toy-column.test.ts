/** A kind of column that lives in a folder of the tests alone, learnt from like those of the lab. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable } from '../../../src/engine/datasets';
import { encoderFromJSON, fitEncoder, installFeature, removeFeature } from '../../../src/engine/features';
import { factsOf } from '../../../src/engine/models/facts';
import { columnKinds, ColumnWish, type ReadingWishes } from '../../../src/protocol';
import { inspectTable } from '../datasets/inspected';
import { columnKind } from './colour/description';
import { feature } from './colour/feature';

const shades = Array.from(
  { length: 60 },
  (_, row) => `#${((row * 4) % 256).toString(16).padStart(2, '0')}00ff`,
);
const csv = `paint,name,size,label\n${shades
  .map((shade, row) => `${shade},wall ${row % 3},${row * 1.5},${row % 2 ? 'warm' : 'cold'}`)
  .join('\n')}\n`;

function kindOf(column: string, text = csv, columns?: ReadingWishes['columns']) {
  const { columns: found } = inspectTable(Buffer.from(text), { path: 'paint.csv', columns });
  return found.find(({ name }) => name === column);
}

const withoutKind = kindOf('paint')?.kind;
beforeAll(() => {
  columnKinds.add(columnKind);
  installFeature(feature);
});
afterAll(() => {
  columnKinds.remove('colour');
  removeFeature('colour');
});

describe('a kind of column of a folder of its own', () => {
  const table = readTable(csv);
  const options = { target: 'label', answer: 'name' } as const;

  it('is recognised only where it is known, and leaves the other columns what they are', () => {
    expect(withoutKind).not.toBe('colour');
    const { columns } = inspectTable(Buffer.from(csv), { path: 'paint.csv' });
    expect(columns.map(({ kind }) => kind)).toEqual(['colour', 'category', 'number', 'category']);
  });

  it('is asked for like any other kind, where the values are of it', () => {
    expect(ColumnWish.safeParse({ kind: 'colour' }).success).toBe(true);
    const one = csv.replace('#0000ff', 'pale pink');
    expect(kindOf('paint', one)?.kind).not.toBe('colour');
    expect(kindOf('paint', csv, { paint: { kind: 'colour' } })?.kind).toBe('colour');
    expect(kindOf('name', csv, { name: { kind: 'colour' } })).toMatchObject({
      kind: 'category',
      note: 'Its values are not of the kind "colour".',
    });
  });

  it('counts among what a row becomes', () => {
    const facts = factsOf(inspectTable(Buffer.from(csv), { path: 'paint.csv' }), { target: 'label' });
    expect(facts).toMatchObject({ width: 3 + 3 + 1, hasDense: true, hasText: false });
  });

  it('is learnt from the training rows alone, stored, opened again, named and encoded', () => {
    const encoder = fitEncoder(table, Uint32Array.from([0, 1]), options);
    expect(encoder.features.map(({ column, kind, width }) => [column, kind, width])[0]).toEqual([
      'paint',
      'colour',
      3,
    ]);
    expect(encoder.featureNames.slice(0, 3)).toEqual(['paint: red', 'paint: green', 'paint: blue']);
    expect(encoder.notes[0]).toMatchObject({ code: 'colours', message: 'Column "paint": it holds colours.' });
    const stored: unknown = JSON.parse(JSON.stringify(encoder));
    expect(stored).toMatchObject({
      blocks: [{ kind: 'colour', column: 'paint', mean: [2 / 255, 0, 1] }, {}, {}],
    });
    const back = encoderFromJSON(stored);
    const encoded = back.encode(table, Uint32Array.from([0, 3])).dense();
    const { width } = back;
    expect(encoded[0]).toBeCloseTo(-2 / 255, 6);
    expect(encoded[width]).toBeCloseTo(10 / 255, 6);
    expect(encoded).toEqual(encoder.encode(table, Uint32Array.from([0, 3])).dense());
  });

  it('says itself what lies outside of it', () => {
    const encoder = fitEncoder(
      table,
      Uint32Array.from(shades, (_, row) => row),
      options,
    );
    const other = readTable('paint,name,size,label\n#0000ff,wall 1,3,cold\npink,wall 1,3,cold\n');
    expect([...encoder.outside(other, Uint32Array.from([0, 1]))]).toEqual([
      [1, [{ column: 'paint', value: 'pink' }]],
    ]);
  });

  it('is refused in a stored encoder whose data are not its own, and where it is not known', () => {
    const stored = (block: object) => ({
      format: 'local-model-lab/encoder',
      version: 1,
      blocks: [block],
      notes: [],
    });
    expect(() => encoderFromJSON(stored({ kind: 'colour', column: 'paint', mean: [1] }))).toThrow(/damaged/u);
    expect(() => encoderFromJSON(stored({ kind: 'smell', column: 'paint' }))).toThrow(/no kind "smell"/u);
  });
});

const root = join(import.meta.dirname, '..', '..', '..');
const sources = ['src/catalogue', 'src/engine', 'src/protocol'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.split(sep).join('/')}`),
);

it.each(['number', 'boolean', 'category', 'date', 'text'])(
  'the folder of the kind %s is known to the catalogue alone',
  (name) => {
    const pattern = new RegExp(`from '[^']*/features/${name}/|from '\\./${name}/feature'`, 'u');
    expect(sources.filter((path) => pattern.test(readFileSync(join(root, path), 'utf8')))).toEqual([
      'src/catalogue/index.ts',
    ]);
  },
);
