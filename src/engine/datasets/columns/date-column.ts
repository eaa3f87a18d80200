/** Dates and moments, kept as milliseconds since 1970 without a zone, NaN where one is missing. */
import type { PlainNumbers } from '../plain-numbers';
import { FloatColumn } from './float-column';
import type { StoredColumn } from './stored-column';

const DAY = 86_400_000;
/** The years that `daysOf` takes for those of a date, in milliseconds since 1970. */
const FIRST = Date.UTC(1500, 0, 1);
const END = Date.UTC(2151, 0, 1);
/** The moments that a `Date` can hold. */
const WRITABLE = 8.64e15;

export interface DateWriting {
  /** Whether the time of day is written, too. */
  readonly time: boolean;
  /** Stands behind the time: `Z` where it is that of Greenwich; empty where no zone is known. */
  readonly zone: '' | 'Z';
}

export class DateColumn extends FloatColumn implements StoredColumn {
  readonly #writing: DateWriting;

  constructor(moments: Float64Array, writing: DateWriting) {
    super(moments);
    this.#writing = writing;
  }

  text(row: number): string {
    const moment = this.floats[row] as number;
    if (Number.isNaN(moment)) return '';
    if (Math.abs(moment) > WRITABLE) return String(moment);
    const whole = Math.floor(moment);
    const [day = '', clock = ''] = new Date(whole).toISOString().split('T');
    if (!this.#writing.time) return day;
    return `${day} ${clock.slice(0, 8)}${fractionOf(moment)}${this.#writing.zone}`;
  }

  readonly day = (row: number): number => {
    const moment = this.floats[row] as number;
    if (!(moment >= FIRST && moment < END)) return NaN;
    const days = Math.floor(moment / DAY);
    return days + Math.floor((moment - days * DAY) / 1000) / 86_400;
  };

  number(): number {
    return NaN;
  }

  numbers(stride: number): PlainNumbers {
    const values = new Float64Array(Math.ceil(this.rows / stride)).fill(NaN);
    return { values, count: 0, fraction: false, leadingZero: false, grouped: false, ungrouped: false };
  }

  pick(rows: readonly number[]): DateColumn {
    return new DateColumn(this.picked(rows), this.#writing);
  }
}

/** `.25`: what is left beyond the second, to the microsecond. */
function fractionOf(moment: number): string {
  const micro = Math.round((moment - Math.floor(moment / 1000) * 1000) * 1000);
  if (micro <= 0 || micro >= 1_000_000) return '';
  return `.${String(micro).padStart(6, '0').replace(/0+$/u, '')}`;
}
