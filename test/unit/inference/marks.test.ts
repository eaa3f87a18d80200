import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Backend, openBackend } from '../../../src/engine/backends';
import { MarkedDocument, Predictor } from '../../../src/engine/inference';
import { loadModel } from '../../../src/engine/runs';
import { type Marks, Part, Verdict } from '../../../src/protocol';
import { fruitTable, type TrainedRun, trainFruits } from './trained-run';

let backend: Backend;
let fruit: TrainedRun;
let price: TrainedRun;
beforeAll(async () => {
  backend = await openBackend('onnx', { threads: 1 });
  fruit = await trainFruits(backend, 'fruit');
  price = await trainFruits(backend, 'price');
});
afterAll(() => {
  for (const { folder, predictor } of [fruit, price]) {
    predictor.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
  backend.dispose();
});

function open(text: string, run = fruit): MarkedDocument {
  return new MarkedDocument('doc', run.predictor, run.path, { text, version: 1 });
}

/** Replaces the first `from` by `to`, as an editor tells it. */
function edit(document: MarkedDocument, text: string, version: number, from: string, to: string) {
  const offset = text.indexOf(from);
  expect(offset).toBeGreaterThanOrEqual(0);
  return document.edit(version, [{ offset, length: from.length, text: to }]);
}

/** The marks without what differs from answer to answer. */
function comparable(marks: Marks) {
  return { ...marks, version: 0, timing: undefined, predicted: 0 };
}

test('all rows of the training file are marked, with their verdicts, parts and lines', async () => {
  const marks = await open(fruit.text).marks();
  expect(marks).toMatchObject({
    rows: 240,
    predicted: 240,
    task: 'classification',
    target: 'fruit',
    classes: ['apple', 'banana'],
    issues: [],
  });
  expect(marks.classIndex).toBeInstanceOf(Int32Array);
  expect(marks.startLine[0]).toBe(1);
  expect(marks.endLine[239]).toBe(240);
  const right = marks.verdict.filter((verdict) => verdict === Verdict.right).length;
  expect(right / 240).toBeCloseTo(marks.metrics!.accuracy!, 10);
  expect(marks.metrics!.accuracy).toBeGreaterThan(0.95);
  expect(marks.part.filter((part) => part === Part.training)).toHaveLength(192);
  expect(marks.part.filter((part) => part === Part.validation)).toHaveLength(48);
  marks.confidence.forEach((confidence, row) => {
    expect(confidence).toBeGreaterThanOrEqual(0.5);
    expect(marks.unsure[row]).toBe(confidence < 0.6 ? 1 : 0);
  });
});

test('an edit judges the changed row only, and gives the same marks as a document opened with that text', async () => {
  const document = open(fruit.text);
  await document.marks();
  const line = fruit.text.split('\n')[5]!;
  const changed = '120,17.5,yellow,apple,1';
  const marks = await edit(document, fruit.text, 2, line, changed);
  expect(marks.version).toBe(2);
  expect(marks.predicted).toBe(1);
  expect(marks.verdict[4]).toBe(Verdict.wrong);
  expect(marks.part[4]).toBe(Part.fresh);
  const anew = await open(fruit.text.replace(line, changed)).marks();
  expect(comparable(marks)).toEqual(comparable(anew));
  const back = await edit(document, fruit.text.replace(line, changed), 3, changed, line);
  expect(back.predicted).toBe(0);
  expect(comparable(back)).toEqual(comparable(await open(fruit.text).marks()));
});

test('edits sent without waiting are answered in order', async () => {
  const document = open(fruit.text);
  const answers = await Promise.all([
    document.marks(),
    document.edit(2, [{ offset: fruit.text.length, length: 0, text: '160,7.1,red,apple,1\n' }]),
    document.edit(3, [{ offset: fruit.text.length + 20, length: 0, text: '111,17.1,yellow,,1\n' }]),
  ]);
  expect(answers.map(({ version, rows }) => [version, rows])).toEqual([
    [1, 240],
    [2, 241],
    [3, 242],
  ]);
  expect(answers[2].verdict[241]).toBe(Verdict.unlabelled);
  expect(answers[2].classes[answers[2].classIndex[241]!]).toBe('banana');
});

test('rows with too many or too few cells are not predicted, a word among numbers is missing, and issues tell the lines', async () => {
  const text = fruit.text + '160,7.2\n160,7.2,red,apple,1,2,3\nheavy,7.2,red,apple,1\n';
  const marks = await open(text).marks();
  expect([...marks.classIndex.slice(240)]).toEqual([-1, -1, marks.classIndex[242]]);
  expect(marks.classIndex[242]).toBeGreaterThanOrEqual(0);
  expect([...marks.verdict.slice(240, 242)]).toEqual([0, 0]);
  expect(marks.issues.map(({ code, line }) => [code, line])).toEqual([
    [expect.stringContaining('few'), 242],
    [expect.stringContaining('many'), 243],
    ['not-a-number', 244],
  ]);
  const document = open(text);
  await document.marks();
  expect(document.row(240).probabilities).toBeUndefined();
});

test('a column with words where the model knows numbers is one error, at its first line', async () => {
  const [header, ...lines] = fruit.text.trim().split('\n');
  const text = [header, ...lines.map((line) => line.replace(/^[^,]*/, 'heavy'))].join('\n');
  const marks = await open(text).marks();
  expect(marks.issues).toMatchObject([{ severity: 'error', code: 'wrong-kind', line: 2, column: 1 }]);
  expect(marks.classIndex.every((index) => index === -1)).toBe(true);
});

test('a renamed column is an issue, no crash, and mending it brings the marks back without judging anew', async () => {
  const document = open(fruit.text);
  await document.marks();
  const broken = await edit(document, fruit.text, 2, 'length', 'lenght');
  expect(broken.issues[0]).toMatchObject({ severity: 'error', code: 'missing-column' });
  expect(new Set(broken.classIndex)).toEqual(new Set([-1]));
  expect(broken.metrics).toBeUndefined();
  const mended = await edit(document, fruit.text.replace('length', 'lenght'), 3, 'lenght', 'length');
  expect(mended.predicted).toBe(0);
  expect(mended.metrics!.accuracy).toBeGreaterThan(0.95);
});

test('another order of the names in the header changes what the rows mean', async () => {
  const document = open(fruit.text);
  await document.marks();
  const swapped = await edit(document, fruit.text, 2, 'weight,length', 'length,weight');
  expect(swapped.predicted).toBe(240);
  const anew = await open(fruit.text.replace('weight,length', 'length,weight')).marks();
  expect(comparable(swapped)).toEqual(comparable(anew));
});

test.each([
  ['nothing', ''],
  ['a header only', 'weight,length,colour,fruit,price\n'],
])('a document of %s has an issue and no rows', async (_, text) => {
  const marks = await open(text).marks();
  expect(marks.rows).toBe(0);
  expect(marks.issues[0]).toMatchObject({ severity: 'error' });
});

test('a TSV with the same columns is marked by a model of a CSV that was read with commas', async () => {
  const saved = await loadModel(fruit.runFolder);
  const experiment = {
    ...saved.experiment,
    dataset: { ...saved.experiment.dataset, separator: ',' as const },
  };
  const predictor = await Predictor.open(backend, { ...saved, experiment });
  const marks = await open(fruit.text.replaceAll(',', '\t'), { ...fruit, predictor }).marks();
  expect(marks.issues).toEqual([]);
  expect(marks.metrics).toEqual((await open(fruit.text).marks()).metrics);
  predictor.dispose();
});

test('a file without the target column is predicted without verdicts', async () => {
  const marks = await open('colour,length,weight\nred,7.4,160\nyellow,17.4,115\n').marks();
  expect([...marks.classIndex].map((index) => marks.classes[index])).toEqual(['apple', 'banana']);
  expect([...marks.verdict]).toEqual([Verdict.unlabelled, Verdict.unlabelled]);
  expect(marks.metrics).toBeUndefined();
});

test('a label that the model does not know is wrong, in the verdict and in the accuracy, and is named', async () => {
  const known = await open(fruit.text).marks();
  const marks = await open(fruit.text + '160,7.2,red,cherry,1\n161,7.1,red,cherry,1\n').marks();
  expect([...marks.verdict.slice(240)]).toEqual([Verdict.wrong, Verdict.wrong]);
  const right = marks.verdict.filter((verdict) => verdict === Verdict.right).length;
  expect(marks.metrics!.accuracy).toBeCloseTo(right / 242, 10);
  expect(marks.metrics!.loss).toBeCloseTo(known.metrics!.loss, 10);
  expect(marks.issues).toMatchObject([
    { code: 'unknown-class', line: 242, message: expect.stringMatching(/"cherry".*2 rows/u) as string },
  ]);
});

test('an edit outside the text is refused, and the document goes on', async () => {
  const document = open(fruit.text);
  await expect(document.edit(2, [{ offset: 1e6, length: 5, text: '' }])).rejects.toMatchObject({
    code: 'invalid',
  });
  expect((await document.marks()).rows).toBe(240);
});

test('a row in full names every class, the likeliest first', async () => {
  const document = open(fruit.text);
  const marks = await document.marks();
  const row = document.row(0);
  expect(row.label).toBe('banana');
  expect(row.probabilities).toHaveLength(2);
  expect(row.probabilities![0]!.name).toBe(marks.classes[marks.classIndex[0]!]);
  expect(row.probabilities![0]!.probability).toBeCloseTo(marks.confidence[0]!, 6);
  expect(row.probabilities![0]!.probability + row.probabilities![1]!.probability).toBeCloseTo(1, 9);
});

test('numbers are predicted in their own units, with an interval that decides the verdict', async () => {
  const document = open(price.text, price);
  const marks = await document.marks();
  expect(marks.task).toBe('regression');
  expect(marks.metrics!.r2).toBeGreaterThan(0.5);
  const truth = price.text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',')[4]));
  truth.forEach((value, row) => {
    const inside = Math.abs(marks.value[row]! - value) <= marks.confidence[row]!;
    expect(marks.verdict[row]).toBe(inside ? Verdict.right : Verdict.wrong);
  });
  const { value, interval } = document.row(3);
  expect(interval![0]).toBeLessThan(value!);
  expect(interval![1]).toBeGreaterThan(value!);
});

test('without a known interval no number is called right or wrong', async () => {
  const saved = await loadModel(price.runFolder);
  const preprocess = { ...saved.preprocess };
  if (preprocess.kind === 'table') {
    delete (preprocess as { intervalHalfWidth?: number }).intervalHalfWidth;
    delete (preprocess as { interval?: unknown }).interval;
  }
  const predictor = await Predictor.open(backend, { ...saved, preprocess });
  const marks = await open(price.text, { ...price, predictor }).marks();
  expect(marks.verdict.every((verdict) => verdict === Verdict.unlabelled)).toBe(true);
  predictor.dispose();
});

test('the interval follows the row, and a run without a curve keeps one width for all', async () => {
  const saved = await loadModel(price.runFolder);
  if (saved.preprocess.kind !== 'table') throw new Error('no table');
  const widths = async (interval: { at: number[]; halfWidth: number[] } | undefined) => {
    const preprocess = { ...saved.preprocess, interval, intervalHalfWidth: 0.5 };
    const predictor = await Predictor.open(backend, { ...saved, preprocess });
    const document = open(price.text, { ...price, predictor });
    const marks = await document.marks();
    const { value, interval: ends } = document.row(3);
    predictor.dispose();
    expect((ends![1] - ends![0]) / 2).toBeCloseTo(marks.confidence[3]!, 4);
    expect(value! - ends![0]).toBeCloseTo(marks.confidence[3]!, 4);
    return new Set([...marks.confidence].map((width) => width.toFixed(2)));
  };
  expect((await widths({ at: [11, 17], halfWidth: [0.2, 1.4] })).size).toBeGreaterThan(10);
  expect(await widths(undefined)).toEqual(new Set(['0.50']));
});

test('a number with a label tells what must be added to the prediction to come to it', async () => {
  const document = open(price.text, price);
  const marks = await document.marks();
  const label = Number(price.text.split('\n')[4]!.split(',')[4]);
  expect(marks.residual[3]).toBeCloseTo(label - marks.value[3]!, 4);
  expect(document.row(3).residual).toBeCloseTo(label - marks.value[3]!, 4);
  const unlabelled = await open('weight,length,colour\n160,7.2,red\n', price).marks();
  expect(unlabelled.residual[0]).toBeNaN();
});

test('values far from all that training saw are named, and the model is not called sure of them', async () => {
  const document = open(
    'weight,length,colour,fruit\n160,7.2,red,apple\n16000,7.2,red,apple\n160,7.2,violet,\n185,7.2,red,apple\n,7.2,red,apple\n',
  );
  const marks = await document.marks();
  expect([...marks.outside]).toEqual([0, 1, 1, 0, 0]);
  expect([...marks.unsure]).toEqual([0, 1, 1, 0, 0]);
  expect(document.row(1).outside).toEqual([
    { column: 'weight', value: '16000', seen: { low: 110, high: 178 } },
  ]);
  expect(document.row(2).outside).toEqual([{ column: 'colour', value: 'violet' }]);
  expect(document.row(0).outside).toBeUndefined();
});

test('a run of before ranges were kept calls no number outside', async () => {
  const saved = await loadModel(fruit.runFolder);
  const preprocess = structuredClone(saved.preprocess);
  if (preprocess.kind !== 'table') throw new Error('no table');
  for (const block of (preprocess.encoder as { blocks: { seen?: unknown }[] }).blocks) delete block.seen;
  const predictor = await Predictor.open(backend, { ...saved, preprocess });
  const marks = await open('weight,length,colour\n16000,7.2,red\n', { ...fruit, predictor }).marks();
  expect([...marks.outside]).toEqual([0]);
  predictor.dispose();
});

test('labels of which the model knows none are named beside its classes, and nothing is measured', async () => {
  const text = fruitTable(20).replaceAll('apple', 'Apples').replaceAll('banana', 'Bananas');
  const marks = await open(text).marks();
  expect(marks.metrics).toBeUndefined();
  expect(new Set(marks.verdict)).toEqual(new Set([Verdict.unlabelled]));
  expect(marks.issues).toMatchObject([{ severity: 'warning', code: 'no-known-class', line: 2, column: 4 }]);
  const { message, advice } = marks.issues[0]!;
  expect(message).toMatch(
    /"Bananas" \(7 rows\) and "Apples" \(13 rows\); the model has "apple" and "banana"/u,
  );
  expect(advice).toMatch(/"apple" instead of "Apples"/u);
});

test('many unknown classes are one issue, with the nearest names and the number of rows', async () => {
  const added = ['appel', 'kiwi', 'plum', 'pear', 'fig', 'appel'];
  const text = fruit.text + added.map((name) => `160,7.2,red,${name},1\n`).join('');
  const { issues } = await open(text).marks();
  expect(issues).toHaveLength(1);
  expect(issues[0]).toMatchObject({ code: 'unknown-class', line: 242 });
  expect(issues[0]!.message).toMatch(/5 classes.*"appel" \(2 rows\).* and 1 more.*"apple" for "appel"/u);
});

test('rows without a prediction are counted, with the line of the first', async () => {
  expect((await open(fruit.text).marks()).unpredicted).toBeUndefined();
  const marks = await open(fruit.text + '160,7.2\nheavy,7.2,red,apple,1\n160,7.2,red,apple,1\n').marks();
  expect(marks.unpredicted).toEqual({ rows: 1, line: 242 });
});

test('one edited row of 5,000 is answered by judging one row', async () => {
  let text = fruitTable(5000);
  const document = open(text);
  await document.marks();
  const times: { total: number; parse: number; predict: number }[] = [];
  for (let version = 2; version < 42; version++) {
    const offset = text.indexOf('\n', 60_000 + version * 50) + 1;
    const inserted = String(1 + (version % 8));
    const marks = await document.edit(version, [{ offset, length: 1, text: inserted }]);
    text = text.slice(0, offset) + inserted + text.slice(offset + 1);
    expect(marks.predicted).toBeLessThanOrEqual(1);
    times.push({ total: marks.timing.totalMs, parse: marks.timing.parseMs, predict: marks.timing.predictMs });
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!.toFixed(2);
  console.log(
    `5,000 rows, one edited, medians: ${median(times.map((t) => t.total))} ms, of which reading ${median(times.map((t) => t.parse))} ms and judging ${median(times.map((t) => t.predict))} ms`,
  );
});
