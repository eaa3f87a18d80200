/** The rows of views: what the filters of a view let through, in the order that it asks for. The latest ones are kept. */
import { LabError } from '../../protocol/errors';
import type { GridFilter, GridView } from '../../protocol/grid';
import type { GridColumns } from './grid-columns';
import { filterMask } from './filter-mask';
import type { RowMarks } from '../inference';
import { SharedWork } from './shared-work';
import type { Slices } from './slices';
import { sortRows } from './sort-rows';
import { textRanks } from './text-order';

/** Bytes of masks that are kept, and of lists of rows. */
const KEPT_BYTES = 64e6;
const FEWEST_KEPT = 4;
const MOST_KEPT = 32;
/** Columns of words that have been sorted by. */
const RANKS_KEPT = 4;

export class GridViews {
  readonly #masks: SharedWork<Uint8Array>;
  readonly #lists: SharedWork<Uint32Array>;
  readonly #ranks = new SharedWork<Uint32Array>(RANKS_KEPT);
  readonly #judged = new SharedWork<void>(1);
  /** All rows, in the order of the file. */
  #all: Uint32Array | undefined;

  constructor(
    private readonly columns: GridColumns,
    private readonly marks: RowMarks | undefined,
  ) {
    const { rows } = columns.table;
    this.#masks = new SharedWork(keptOf(rows));
    this.#lists = new SharedWork(keptOf(4 * rows));
  }

  /** `[rows of the view]`, numbers of rows of the file. CancelledError where the signal ends it. */
  rows({ filters, sort }: GridView, signal: AbortSignal): Promise<Uint32Array> {
    if (sort === undefined) return this.filtered(filters, signal);
    return this.#lists.get(keyOf([...filters], sort), signal, async (slices, end) => {
      const rows = await this.filtered(filters, end);
      return sortRows(rows, await this.#keys(sort.column, end), sort.descending, slices);
    });
  }

  /** The same in the order of the file. */
  async filtered(filters: readonly GridFilter[], signal: AbortSignal): Promise<Uint32Array> {
    if (filters.length === 0) {
      return (this.#all ??= Uint32Array.from({ length: this.columns.table.rows }, (_, row) => row));
    }
    return this.#lists.get(keyOf([...filters]), signal, async (slices, end) => {
      const masks: Uint8Array[] = [];
      for (const filter of filters) masks.push(await this.#mask(filter, end));
      return rowsOfAll(masks, slices);
    });
  }

  /** Forgets all, and gives up what is under way. */
  close(): void {
    this.#masks.clear();
    this.#lists.clear();
    this.#ranks.clear();
    this.#judged.clear();
    this.#all = undefined;
  }

  #mask(filter: GridFilter, signal: AbortSignal): Promise<Uint8Array> {
    return this.#masks.get(JSON.stringify(filter), signal, async (slices, end) => {
      if (filter.by !== 'marks') return filterMask(this.columns, filter, slices);
      const marks = await this.#allMarks(end);
      return marks.mask(filter.marks);
    });
  }

  /** LabError('invalid') where there is no model. */
  async #allMarks(signal: AbortSignal): Promise<RowMarks> {
    const { marks } = this;
    if (marks === undefined) {
      throw new LabError('invalid', 'No model marks the rows of this table.', {
        advice: 'Turn predictions on first.',
      });
    }
    await this.#judged.get('all', signal, (slices) => marks.judgeAll(() => slices.next()));
    return marks;
  }

  async #keys(column: number, signal: AbortSignal) {
    const values = this.columns.values(column);
    if (values.holds !== 'words') return values;
    const { table } = this.columns;
    const ranks = await this.#ranks.get(String(column), signal, (slices) =>
      textRanks(table, column, values, slices),
    );
    return { ranks };
  }
}

function keptOf(bytes: number): number {
  return Math.max(FEWEST_KEPT, Math.min(MOST_KEPT, Math.floor(KEPT_BYTES / Math.max(1, bytes))));
}

/** Filters are combined in any order. */
function keyOf(filters: GridFilter[], sort?: GridView['sort']): string {
  return JSON.stringify([filters.map((filter) => JSON.stringify(filter)).sort(), sort ?? null]);
}

const STRETCH = 65_536;

/** The rows that every mask lets through. */
async function rowsOfAll(masks: readonly Uint8Array[], slices: Slices): Promise<Uint32Array> {
  const [first = new Uint8Array(), ...others] = masks;
  const rows = new Uint32Array(first.length);
  let count = 0;
  await slices.stretches(first.length, STRETCH, (from, to) => {
    for (let row = from; row < to; row++) {
      if (first[row] === 0) continue;
      let passes = true;
      for (const mask of others) if (mask[row] === 0) passes = false;
      if (passes) rows[count++] = row;
    }
  });
  return rows.slice(0, count);
}
