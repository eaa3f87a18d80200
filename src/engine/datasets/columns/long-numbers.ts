/** Whole numbers of 64 bits and more, as doubles and digit by digit. */

/** Of two halves of 32 bits: a `bigint` for each would take longer than everything else. */
export function longNumbersOf(values: BigInt64Array, unsigned: boolean): Float64Array {
  const halves = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  const numbers = new Float64Array(values.length);
  for (let at = 0; at < numbers.length; at++) {
    const high = halves[2 * at + 1] as number;
    numbers[at] = (unsigned ? high >>> 0 : high) * 4_294_967_296 + ((halves[2 * at] as number) >>> 0);
  }
  return numbers;
}

/** The digits of a whole number, the last `scale` of them behind a point. */
export function withPoint(value: bigint, scale: number): string {
  if (scale <= 0) return String(value * 10n ** BigInt(-scale));
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
