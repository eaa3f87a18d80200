/** What tells runs apart that bear the same name and learnt the same target of the same file. */
import { families, familyTitle, hyperparameterFields } from './families';
import type { RunSummary } from './runs';
import { writeCount, writeShare } from './words';

/** So many differences stand in a list; where they do not suffice, the time joins them. */
const shownDifferences = 3;
/** So many left-out columns are named. */
const namedColumns = 2;

/** One thing in which runs may differ, e.g. `mlp.width`: `width 32`. */
type Aspects = ReadonlyMap<string, string>;

/**
 * By folder of the run, what differs among runs of the same name, file and target: the model's family, columns left
 * out, settings, seed, validation share, in this order; the time of its start where nothing else differs. Runs that
 * are the only ones of their kind have no entry.
 */
export function tellApart(runs: readonly RunSummary[]): ReadonlyMap<string, string> {
  const titles = settingTitles();
  const told = new Map<string, string>();
  for (const alike of groups(runs, ({ name, datasetPath, target }) => [name, datasetPath, target])) {
    if (alike.length === 1) continue;
    const all = alike.map((run) => aspectsOf(run, titles));
    const differing = differingAspects(all);
    const words = all.map((aspects) =>
      [...aspects].flatMap(([key, text]) => (differing.has(key) ? [text] : [])).slice(0, shownDifferences),
    );
    for (const [at, run] of alike.entries()) {
      const own = words[at] ?? [];
      const isUnique = own.length > 0 && words.filter((other) => other.join() === own.join()).length === 1;
      told.set(run.folder, (isUnique ? own : [...own, startOf(run)]).join(', '));
    }
  }
  return told;
}

function groups(
  runs: readonly RunSummary[],
  keyOf: (run: RunSummary) => readonly (string | undefined)[],
): readonly RunSummary[][] {
  const byKey = new Map<string, RunSummary[]>();
  for (const run of runs) {
    const key = JSON.stringify(keyOf(run));
    byKey.set(key, [...(byKey.get(key) ?? []), run]);
  }
  return [...byKey.values()];
}

function settingTitles(): ReadonlyMap<string, string> {
  return new Map(
    families.names.flatMap((family) =>
      hyperparameterFields(family).map(
        ({ name, title }) => [`${family}.${name}`, title.toLowerCase()] as const,
      ),
    ),
  );
}

function aspectsOf({ family, setup }: RunSummary, titles: ReadonlyMap<string, string>): Aspects {
  const aspects = new Map<string, string>([['family', familyTitle(family)]]);
  if (setup === undefined) return aspects;
  aspects.set('columns', writeExcluded(setup.exclude));
  for (const [name, value] of Object.entries(setup.hyperparameters)) {
    const key = `${family}.${name}`;
    aspects.set(key, `${titles.get(key) ?? name} ${value}`);
  }
  aspects.set('seed', `seed ${setup.seed}`);
  aspects.set('validation', `${writeShare(setup.validation)} validation`);
  aspects.set('split', setup.split ?? 'in equal shares');
  aspects.set('folds', setup.folds === 0 ? 'one split' : `${setup.folds} folds`);
  return aspects;
}

function writeExcluded(exclude: readonly string[]): string {
  if (exclude.length === 0) return 'all columns';
  const names = [...exclude].sort();
  const more = names.length - namedColumns;
  const named = names.slice(0, namedColumns).join(', ');
  return more > 0 ? `without ${named} and ${writeCount(more)} more` : `without ${named}`;
}

/** Keys under which those that have them say different things. */
function differingAspects(all: readonly Aspects[]): ReadonlySet<string> {
  const keys = new Set(all.flatMap((aspects) => [...aspects.keys()]));
  const differs = (key: string) => new Set(all.flatMap((aspects) => aspects.get(key) ?? [])).size > 1;
  return new Set([...keys].filter(differs));
}

/** `26 Nov, 14:05:09`: two of the same minute are told apart, too. */
function startOf({ created }: RunSummary): string {
  const time = new Date(created);
  if (Number.isNaN(time.getTime())) return created;
  const day = time.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return `${day}, ${time.toLocaleTimeString('en-GB')}`;
}
