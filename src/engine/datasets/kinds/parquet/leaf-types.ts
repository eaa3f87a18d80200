/** What the values of a column mean, by its physical and its logical type. */
import type { SchemaElement } from 'hyparquet';
import { parseFloat16 } from 'hyparquet/src/convert.js';
import type { DateWriting } from '../../columns/date-column';
import { longNumbersOf, withPoint } from '../../columns/long-numbers';
import { writtenClock } from '../../columns/times-of-day';
import type { ByteRuns } from './byte-runs';
import type { Decoded } from './pages';

const DAY = 86_400_000;
/** Days from the beginning of Julian dates to 1970. */
const JULIAN = 2_440_588;

export interface NumberType {
  readonly holds: 'numbers';
  /** 32 bits wide. */
  readonly single: boolean;
  /** Undefined where one is too long for a double to hold it exactly. */
  readonly numbers: (values: Decoded) => Float64Array | undefined;
  /** The same digit by digit; only of types whose numbers can be so long. */
  readonly texts?: (values: Decoded) => string[];
}

export interface MomentType {
  readonly holds: 'moments';
  readonly writing: DateWriting;
  /** Milliseconds since 1970. */
  readonly numbers: (values: Decoded) => Float64Array;
}

export interface TextType {
  readonly holds: 'texts';
  readonly texts: (values: Decoded) => string[];
  /** The bytes are the text in UTF-8. */
  readonly isBytes: boolean;
}

export type LeafType = NumberType | MomentType | TextType;

/** Undefined for a type that nothing can be learnt from here. */
export function leafType(element: SchemaElement): LeafType | undefined {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') return decimal(element);
  switch (logical?.type) {
    case 'BSON':
    case 'GEOMETRY':
    case 'GEOGRAPHY':
    case 'VARIANT':
    case 'FILE':
      return undefined;
    case 'TIMESTAMP':
      return moments(PER_MILLI[logical.unit], { time: true, zone: logical.isAdjustedToUTC ? 'Z' : '' });
    case 'TIME':
      return clock(PER_MILLI[logical.unit]);
    case 'UUID':
      return { holds: 'texts', isBytes: false, texts: (values) => listOf(values).map(uuid) };
    case 'FLOAT16':
      return exact((values) => Float64Array.from(listOf(values), (each) => parseFloat16(each) ?? NaN), true);
    default:
  }
  if (converted === 'BSON' || converted === 'INTERVAL') return undefined;
  switch (type) {
    case 'BOOLEAN':
      return {
        holds: 'texts',
        isBytes: false,
        texts: (values) => Array.from(values as ArrayLike<boolean>, String),
      };
    case 'INT32':
      if (converted === 'DATE') {
        const writing = { time: false, zone: '' } as const;
        return { holds: 'moments', writing, numbers: (values) => scaled(wholes(values), DAY) };
      }
      if (converted === 'TIME_MILLIS') return clock(1);
      return exact(
        isUnsigned(element)
          ? (values) => wholes(values).map((each) => (each < 0 ? each + 2 ** 32 : each))
          : wholes,
      );
    case 'INT64':
      if (converted === 'TIMESTAMP_MILLIS') return moments(1, { time: true, zone: 'Z' });
      if (converted === 'TIMESTAMP_MICROS') return moments(1000, { time: true, zone: 'Z' });
      if (converted === 'TIME_MICROS') return clock(1000);
      return longs(isUnsigned(element), 0);
    case 'INT96':
      return {
        holds: 'moments',
        writing: { time: true, zone: '' },
        numbers: (values) => Float64Array.from(values as ArrayLike<bigint>, ofInt96),
      };
    case 'FLOAT':
      return exact((values) => Float64Array.from(values as Float32Array), true);
    case 'DOUBLE':
      return exact((values) =>
        values instanceof Float64Array ? values : Float64Array.from(values as number[]),
      );
    case 'BYTE_ARRAY':
      return { holds: 'texts', isBytes: true, texts: bytesTexts };
    case 'FIXED_LEN_BYTE_ARRAY':
      return { holds: 'texts', isBytes: false, texts: bytesTexts };
    default:
      return undefined;
  }
}

const PER_MILLI: Readonly<Record<string, number>> = { MILLIS: 1, MICROS: 1000, NANOS: 1_000_000 };

function isUnsigned({ converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return converted?.startsWith('UINT') === true || (logical?.type === 'INTEGER' && !logical.isSigned);
}

function exact(numbers: (values: Decoded) => Float64Array, single = false): NumberType {
  return { holds: 'numbers', single, numbers };
}

/** Whole numbers of 64 bits, `scale` of their digits behind the point. */
function longs(unsigned: boolean, scale: number): NumberType {
  return {
    holds: 'numbers',
    single: false,
    numbers: (values) => {
      const numbers = longNumbersOf(values as BigInt64Array, unsigned);
      for (const value of numbers) if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return undefined;
      return scale === 0 ? numbers : numbers.map((each) => each / 10 ** scale);
    },
    texts: (values) =>
      Array.from(values as BigInt64Array, (each) =>
        withPoint(unsigned ? BigInt.asUintN(64, each) : each, scale),
      ),
  };
}

function decimal({ type, scale = 0 }: SchemaElement): NumberType {
  if (type === 'INT64') return longs(false, scale);
  if (type === 'INT32') return exact((values) => wholes(values).map((each) => each / 10 ** scale));
  return {
    holds: 'numbers',
    single: false,
    numbers: (values) => {
      const list = listOf(values);
      const numbers = new Float64Array(list.length);
      for (let at = 0; at < list.length; at++) {
        const value = Number(signed(list[at] as Uint8Array));
        if (!Number.isSafeInteger(value)) return undefined;
        numbers[at] = value / 10 ** scale;
      }
      return numbers;
    },
    texts: (values) => listOf(values).map((each) => withPoint(signed(each), scale)),
  };
}

function moments(perMilli: number | undefined, writing: DateWriting): MomentType | undefined {
  if (perMilli === undefined) return undefined;
  return {
    holds: 'moments',
    writing,
    numbers: (values) => {
      const numbers = longNumbersOf(values as BigInt64Array, false);
      // Nanoseconds of today are beyond what a double holds exactly; their microseconds are not.
      return perMilli > 1000
        ? numbers.map((each) => Math.round(each / 1000) / 1000)
        : scaled(numbers, 1 / perMilli);
    },
  };
}

/** Times of day. */
function clock(perMilli: number | undefined): TextType | undefined {
  if (perMilli === undefined) return undefined;
  return {
    holds: 'texts',
    isBytes: false,
    texts: (values) =>
      Array.from(values instanceof BigInt64Array ? longNumbersOf(values, false) : wholes(values), (each) =>
        writtenClock(each / perMilli),
      ),
  };
}

function wholes(values: Decoded): Float64Array {
  return Float64Array.from(values as Int32Array);
}

function scaled(values: Float64Array, factor: number): Float64Array {
  for (let at = 0; at < values.length; at++)
    values[at] =
      factor < 1 ? (values[at] as number) / Math.round(1 / factor) : (values[at] as number) * factor;
  return values;
}

function ofInt96(value: bigint): number {
  const nanos = Number(BigInt.asUintN(64, value));
  return (Number(value >> 64n) - JULIAN) * DAY + Math.round(nanos / 1000) / 1000;
}

/** A number in two's complement, its highest byte first. */
function signed(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  return BigInt.asIntN(8 * bytes.length, BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
}

function uuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return [0, 8, 12, 16, 20].map((from, part) => hex.slice(from, [8, 12, 16, 20, 32][part])).join('-');
}

export function isByteRuns(values: Decoded): values is ByteRuns {
  return 'starts' in values;
}

function bytesTexts(values: Decoded): string[] {
  if (!isByteRuns(values)) return listOf(values).map((each) => Buffer.from(each).toString('utf8'));
  const { bytes, starts, ends } = values;
  return Array.from(starts, (start, at) => bytes.toString('utf8', start, ends[at]));
}

function listOf(values: Decoded): Uint8Array[] {
  if (!isByteRuns(values)) return Array.from(values as Uint8Array[]);
  const { bytes, starts, ends } = values;
  return Array.from(starts, (start, at) => bytes.subarray(start, ends[at]));
}
