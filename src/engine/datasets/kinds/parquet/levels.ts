/** Parquet's hybrid of run lengths and packed bits, in which levels and places in a dictionary are written. */
import { Damaged } from './trouble';

/**
 * Fills `out` with the numbers of `width` bits that stand in `bytes[start, end)`. No run is longer than `out`, whatever it
 * claims.
 */
export function readHybrid(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
  out: Uint8Array | Int32Array,
): void {
  if (width === 0) return;
  if (width > 32) throw new Damaged(`numbers of ${width} bits`);
  const wholeBytes = (width + 7) >> 3;
  let at = start;
  let filled = 0;
  while (filled < out.length) {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      if (at >= end || shift > 28) throw new Damaged('a run without its length');
      const byte = bytes[at++] as number;
      header |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    if ((header & 1) === 0) {
      const count = Math.min(header >>> 1, out.length - filled);
      if (at + wholeBytes > end || count === 0) throw new Damaged('a run without its value');
      let value = 0;
      for (let byte = 0; byte < wholeBytes; byte++) value |= (bytes[at++] as number) << (8 * byte);
      out.fill(value, filled, filled + count);
      filled += count;
    } else {
      const count = Math.min((header >>> 1) * 8, out.length - filled);
      // The last run may leave out the bytes behind its last number.
      if (count === 0 || at + Math.ceil((count * width) / 8) > end)
        throw new Damaged('a run that is cut off');
      unpack(bytes, at, width, out, filled, count);
      at += (header >>> 1) * width;
      filled += count;
    }
  }
}

function unpack(
  bytes: Uint8Array,
  start: number,
  width: number,
  out: Uint8Array | Int32Array,
  first: number,
  count: number,
): void {
  if (width === 1) {
    for (let at = 0; at < count; at++)
      out[first + at] = ((bytes[start + (at >> 3)] as number) >> (at & 7)) & 1;
    return;
  }
  const mask = width === 32 ? -1 : (1 << width) - 1;
  let held = 0;
  let bits = 0;
  let at = start;
  for (let done = 0; done < count; done++) {
    while (bits < width && bits <= 24) {
      held |= ((bytes[at++] as number) & 0xff) << bits;
      bits += 8;
    }
    let value = held;
    if (bits < width) {
      // Wider than what is left of 32 bits: the upper part comes out of the next byte.
      const next = bytes[at++] as number;
      value |= next << bits;
      const taken = width - bits;
      held = next >>> taken;
      bits = 8 - taken;
    } else {
      held = width === 32 ? 0 : held >>> width;
      bits -= width;
    }
    out[first + done] = value & mask;
  }
}
