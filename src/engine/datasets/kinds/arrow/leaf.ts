/** From Arrow's vectors to typed columns: one for each leaf of the schema. */
import { type Data, DataType, DateUnit, Precision, TimeUnit, type Vector } from 'apache-arrow';
import { CollectedNumbers } from '../../columns/collect-numbers';
import { CollectedTexts } from '../../columns/collect-texts';
import { DateColumn, type DateWriting } from '../../columns/date-column';
import { listColumns } from '../../columns/list-columns';
import { longNumbersOf, withPoint } from '../../columns/long-numbers';
import { NumberColumn } from '../../columns/number-column';
import type { StoredColumn } from '../../columns/stored-column';
import { writtenClock } from '../../columns/times-of-day';

const DAY = 86_400_000;

export type NamedColumns = readonly { readonly name: string; readonly values: StoredColumn }[];

/** A leaf of the schema, or what is repeated inside rows. */
export interface ArrowLeaf {
  readonly name: string;
  readonly type: DataType;
  /** Of each batch. */
  readonly vectors: readonly Vector[];
  /** Whether the struct around the value is there. */
  readonly isInside: ((batch: number, row: number) => boolean) | undefined;
  readonly path: string | undefined;
}

/** Undefined for a type that is not read. `long`: numbers that are kept digit by digit. */
export function readLeaf(
  leaf: ArrowLeaf,
): { readonly columns: NamedColumns; readonly long: boolean } | undefined {
  const { name, type } = leaf;
  const numbers = numbersOf(type);
  if (numbers !== undefined) {
    const values = collectNumbers(leaf, numbers.read);
    if (values === undefined) return { columns: [{ name, values: texts(leaf, digits(type)) }], long: true };
    const column =
      numbers.writing === undefined
        ? new NumberColumn(values, { single: isSingle(type) })
        : new DateColumn(values, numbers.writing);
    return { columns: [{ name, values: column }], long: false };
  }
  if (DataType.isList(type) || DataType.isFixedSizeList(type)) return { columns: lists(leaf), long: false };
  const write = textOf(type);
  return write === undefined ? undefined : { columns: [{ name, values: texts(leaf, write) }], long: false };
}

interface NumbersOf {
  /** One number for each row of the data; undefined where one is too long for a double. */
  readonly read: (data: Data) => ArrayLike<number> | undefined;
  /** For dates: milliseconds since 1970. */
  readonly writing?: DateWriting;
}

function numbersOf(type: DataType): NumbersOf | undefined {
  if (DataType.isInt(type)) {
    if (type.bitWidth < 64) return { read: ({ values }) => values as Int32Array };
    return { read: ({ values }) => exact(longNumbersOf(values as BigInt64Array, !type.isSigned)) };
  }
  if (DataType.isFloat(type))
    return {
      read: ({ values }) =>
        type.precision === Precision.HALF ? halves(values as Uint16Array) : (values as Float64Array),
    };
  if (DataType.isDecimal(type)) {
    return {
      read: (data) =>
        exact(Float64Array.from(decimals(data), Number))?.map((each) => each / 10 ** type.scale),
    };
  }
  if (DataType.isDate(type)) {
    const writing = { time: false, zone: '' } as const;
    return type.unit === DateUnit.DAY
      ? { writing, read: ({ values }) => Float64Array.from(values as Int32Array, (day) => day * DAY) }
      : { writing, read: ({ values }) => longNumbersOf(wide(values), false) };
  }
  if (DataType.isTimestamp(type)) {
    const writing = { time: true, zone: type.timezone == null ? '' : 'Z' } as const;
    return { writing, read: ({ values }) => longNumbersOf(wide(values), false).map(toMillis(type.unit)) };
  }
  return undefined;
}

/** The library may have turned 64 bits into pairs of 32. */
function wide(values: Data['values']): BigInt64Array {
  const { buffer, byteOffset, byteLength } = values as Int32Array;
  return new BigInt64Array(buffer as ArrayBuffer, byteOffset, byteLength / 8);
}

/** 32 bits wide at most. */
function isSingle(type: DataType): boolean {
  return DataType.isFloat(type) && type.precision !== Precision.DOUBLE;
}

function exact(numbers: Float64Array): Float64Array | undefined {
  for (const value of numbers) if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return undefined;
  return numbers;
}

function toMillis(unit: TimeUnit): (value: number) => number {
  if (unit === TimeUnit.SECOND) return (value) => value * 1000;
  if (unit === TimeUnit.MILLISECOND) return (value) => value;
  if (unit === TimeUnit.MICROSECOND) return (value) => value / 1000;
  return (value) => Math.round(value / 1000) / 1000;
}

function halves(values: Uint16Array): Float64Array {
  return Float64Array.from(values, (bits) => {
    const sign = bits >>> 15 === 1 ? -1 : 1;
    const exponent = (bits >>> 10) & 31;
    const fraction = bits & 1023;
    if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
    return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

/** Of two's complement in words of 32 bits, the lowest first. */
function decimals({ values, stride, length }: Data): bigint[] {
  const words = values as Uint32Array;
  return Array.from({ length }, (_, row) => {
    let value = 0n;
    for (let word = stride - 1; word >= 0; word--)
      value = (value << 32n) | BigInt((words[row * stride + word] as number) >>> 0);
    return BigInt.asIntN(32 * stride, value);
  });
}

/** Each number as it is written in full. */
function digits(type: DataType): (value: unknown, data: Data, row: number) => string {
  if (!DataType.isDecimal(type)) return (value) => String(value);
  const known = new Map<Data, bigint[]>();
  return (_, data, row) => {
    const own = known.get(data) ?? decimals(data);
    known.set(data, own);
    return withPoint(own[row] as bigint, type.scale);
  };
}

function textOf(type: DataType): ((value: unknown, data: Data, row: number) => string) | undefined {
  if (DataType.isTime(type)) {
    const inMillis = toMillis(type.unit);
    return (value) => writtenClock(inMillis(Number(value)));
  }
  if (DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isFixedSizeBinary(type))
    return (value) => Buffer.from(value as Uint8Array).toString('utf8');
  if (DataType.isDictionary(type)) return dictionaryText(type.dictionary as DataType);
  if (DataType.isMap(type)) return (value) => JSON.stringify(value, plainJson);
  if (DataType.isBool(type) || DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return String;
  return DataType.isNull(type) ? () => '' : undefined;
}

/** The words of a dictionary; its numbers and dates are texts, too. */
function dictionaryText(type: DataType): ((value: unknown, data: Data, row: number) => string) | undefined {
  return DataType.isInt(type) || DataType.isFloat(type) ? String : textOf(type);
}

export function plainJson(_: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

function* dataOf({ vectors, isInside }: ArrowLeaf) {
  for (const [batch, vector] of vectors.entries()) {
    let first = 0;
    for (const data of vector.data as readonly Data[]) {
      const from = first;
      const isThere = (row: number): boolean =>
        data.getValid(row) && (isInside === undefined || isInside(batch, from + row));
      yield { vector, data, from, isThere, isWhole: data.nullCount === 0 && isInside === undefined };
      first += data.length;
    }
  }
}

function collectNumbers(
  leaf: ArrowLeaf,
  read: (data: Data) => ArrayLike<number> | undefined,
): Float64Array | undefined {
  const collected = new CollectedNumbers(leaf.vectors.reduce((sum, { length }) => sum + length, 0));
  for (const { data, isThere, isWhole } of dataOf(leaf)) {
    const numbers = read(data);
    if (numbers === undefined) return undefined;
    if (numbers.length < data.length) throw new RangeError(`${numbers.length} of ${data.length} numbers`);
    const out = collected.room(data.length);
    const first = collected.rows;
    for (let row = 0; row < data.length; row++)
      out[first + row] = isWhole || isThere(row) ? (numbers[row] as number) : NaN;
    collected.filled(data.length);
  }
  return collected.finish();
}

function texts(leaf: ArrowLeaf, write: (value: unknown, data: Data, row: number) => string): StoredColumn {
  const collected = new CollectedTexts(leaf.name, leaf.path);
  for (const { vector, data, from, isThere } of dataOf(leaf)) {
    for (let row = 0; row < data.length; row++) {
      const value: unknown = isThere(row) ? vector.get(from + row) : null;
      collected.add(value == null ? '' : write(value, data, row));
    }
  }
  return collected.finish();
}

function lists(leaf: ArrowLeaf): NamedColumns {
  const inner = (leaf.type.children as { readonly type: DataType }[])[0]?.type;
  const isFloat = inner !== undefined && DataType.isFloat(inner);
  const isNumbers = inner !== undefined && (isFloat || DataType.isInt(inner));
  const isPlain =
    isNumbers || (inner !== undefined && (DataType.isUtf8(inner) || DataType.isLargeUtf8(inner)));
  if (!isPlain)
    return [{ name: leaf.name, values: texts(leaf, (value) => JSON.stringify(value, plainJson)) }];
  const starts = [0];
  const missing: boolean[] = [];
  const elements: unknown[] = [];
  for (const { vector, data, from, isThere } of dataOf(leaf)) {
    for (let row = 0; row < data.length; row++) {
      const list = isThere(row) ? (vector.get(from + row) as Iterable<unknown> | null) : null;
      missing.push(list === null);
      if (list !== null) for (const element of list) elements.push(element);
      starts.push(elements.length);
    }
  }
  const values = isNumbers
    ? Float64Array.from(elements, (each) => (each == null ? NaN : Number(each)))
    : elements.map((each) => (typeof each === 'string' ? each : ''));
  const single = isFloat && isSingle(inner);
  return listColumns(
    leaf.name,
    { starts, isMissing: (row) => missing[row] === true, values, single },
    leaf.path,
  );
}
