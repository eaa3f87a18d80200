/** Columns that give the answer away, told before anything is trained: the question of the leak guard, on a sample. */
import { writeShare } from '../../../protocol/words';
import { type Answers, findGiveaway, isLopsided, quickDesign, sampled } from '../../looks';
import { fitEncoder } from '../../features';
import { type Check, type Found, namePlaces } from '../check';
import { featureColumns, type Subject } from '../subject';
import { listed } from '../wording';

export const check: Check = { find };

const SAMPLED_ROWS = 4_000;
/** In fewer rows a column agrees with the answer by chance. */
const FEWEST_ROWS = 60;
/** Every so many rows one is judged, and not learnt from. */
const JUDGED = 4;
/** Wider tables are looked at after a training only, when it is known whether a model is nearly always right. */
const MOST_COLUMNS = 300;
const MOST_CLASSES = 50;

function* find(subject: Subject): Generator<Found | undefined> {
  const { table, target } = subject;
  const columns = featureColumns(subject);
  if (target === undefined || columns.length < 3 || columns.length > MOST_COLUMNS) return;
  if (target.answer === 'name' && target.classes.length > MOST_CLASSES) return;
  yield;
  const parts = partsOf(subject);
  if (parts === undefined) return;
  const counts = countsOf(subject, parts.training);
  // What has only gone to some columns is what texts leave: they would take longer, and are not asked about.
  const exclude = [
    ...subject.exclude,
    ...columns.filter(({ kind }) => kind === 'text').map(({ name }) => name),
  ];
  const encoder = fitEncoder(table, parts.training.rows, {
    target: target.column,
    answer: target.answer,
    exclude,
  });
  yield;
  const encoded = {
    training: encoder.encode(table, parts.training.rows),
    validation: encoder.encode(table, parts.validation.rows),
  };
  yield;
  const found = findGiveaway({
    table,
    answer: target.answer,
    counts,
    features: encoder.features,
    width: encoder.width,
    ...parts,
    design: (part, used) => quickDesign(encoded[part], sampled(parts[part].rows.length, SAMPLED_ROWS), used),
  });
  if (found === undefined) return;
  const names = listed(found.columns);
  const one = found.columns.length === 1;
  const how = found.together ? 'together give' : one ? 'alone gives' : 'each alone give';
  const score = Math.min(1, found.score);
  const figure =
    target.answer === 'number'
      ? `R² ${(Math.floor(score * 1000) / 1000).toFixed(3)}`
      : `${isLopsided(counts) ? 'a balanced accuracy' : 'an accuracy'} of ${writeShare(score)}`;
  const indices = found.columns.map((name) => table.find(name));
  yield {
    message: `${names} ${how} ${figure} for "${target.column}", and the other columns do not.`,
    advice: `Leave ${one ? 'it' : 'them'} out where ${one ? 'it is' : 'they are'} not known before the answer is.`,
    rows: table.rows,
    columns: indices,
    places: namePlaces(indices),
    mends: [{ kind: 'exclude', label: `Leave ${names} out`, columns: [...found.columns] }],
  };
}

interface Parts {
  readonly training: Answers;
  readonly validation: Answers;
}

/** Some rows with an answer, told apart by their place; undefined for too few. */
function partsOf({ target, rows }: Subject): Parts | undefined {
  if (target === undefined) return undefined;
  const values = target.answer === 'name' ? target.labels : target.values;
  const known = rows.filter((row) =>
    target.answer === 'name' ? (values[row] as number) >= 0 : !Number.isNaN(values[row]),
  );
  if (known.length < FEWEST_ROWS) return undefined;
  const some = sampled(known.length, SAMPLED_ROWS).map((at) => known[at] as number);
  const part = (judged: boolean): Answers => {
    const own = some.filter((_, at) => isJudged(at) === judged);
    return { rows: own, values: Float64Array.from(own, (row) => values[row] as number) };
  };
  return { training: part(false), validation: part(true) };
}

/** By a hash of the place: rows may come in turns. */
function isJudged(at: number): boolean {
  return (Math.imul(at + 1, 2654435761) >>> 16) % JUDGED === 0;
}

function countsOf({ target }: Subject, { values }: Answers): number[] {
  if (target?.answer !== 'name') return [];
  const counts = target.classes.map(() => 0);
  for (const label of Array.from(values)) counts[label] = (counts[label] as number) + 1;
  return counts;
}
