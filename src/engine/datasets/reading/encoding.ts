/**
 * In which encoding bytes are written that are no UTF-8. A library (chardet, after ICU) looks at the frequency of
 * letters and of pairs, which tells languages apart but needs a lot of text; the characters themselves (letters
 * between letters, their case, symbols where no symbol stands) decide on short files.
 */
import { analyse } from 'chardet';
import { Encoding } from '../../../protocol/reading';
import { plausibility } from './characters';
import { commonShare } from './double-bytes';
import { textOf } from './text-of';

const SINGLE = [
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'koi8-r',
  'windows-1254',
  'windows-1253',
  'windows-1255',
  'windows-1256',
  'windows-874',
  'iso-8859-2',
  'iso-8859-5',
  'iso-8859-7',
  'iso-8859-15',
  'macintosh',
  'ibm850',
  'ibm866',
] as const satisfies readonly Encoding[];
const CYRILLIC: readonly Encoding[] = ['windows-1251', 'koi8-r', 'iso-8859-5', 'ibm866'];
const DOUBLE = ['gb18030', 'shift_jis', 'euc-jp', 'euc-kr', 'big5'] as const satisfies readonly Encoding[];

const USUAL: Encoding = 'windows-1252';
/** Where several fit as well, the commoner. */
const COMMON: Readonly<Partial<Record<Encoding, number>>> = {
  'windows-1252': 0.1,
  'windows-1251': 0.05,
  'windows-1250': 0.02,
  gb18030: 0.05,
  'iso-8859-15': -0.02,
  macintosh: -0.1,
  ibm850: -0.1,
  ibm866: -0.1,
};
/** What the library's certainty (0 to 1) is worth beside the characters' plausibility (-1 to 1). */
const LIBRARY = 0.35;
/** The library's names for encodings that ours hold. */
const ALIASES: Readonly<Record<string, Encoding>> = {
  'iso-8859-1': 'windows-1252',
  'iso-8859-9': 'windows-1254',
  'iso-8859-8': 'windows-1255',
  'iso-8859-6': 'windows-1256',
};
const SAMPLE_BYTES = 16_384;

/** The encoding of bytes that are no UTF-8. */
export function detectEncoding(bytes: Uint8Array): Encoding {
  const sample = telling(bytes);
  const library = libraryCertainty(sample);
  let best: Encoding = USUAL;
  let most = -Infinity;
  for (const encoding of [...SINGLE, ...DOUBLE]) {
    const double = (DOUBLE as readonly Encoding[]).includes(encoding);
    const own = double ? commonShare(sample, encoding) : plausibility(textOf(sample, encoding), encoding);
    const score = own + LIBRARY * (library.get(encoding) ?? 0) + (COMMON[encoding] ?? 0);
    if (score > most) {
      most = score;
      best = encoding;
    }
  }
  if (CYRILLIC.includes(best) && isHebrew(sample)) return 'windows-1255';
  return nearUsual(sample, sameAsUsual(sample, best) ? USUAL : best);
}

/** Hebrew reads as Cyrillic in small letters without the last five, which Russian cannot do without. */
function isHebrew(sample: Uint8Array): boolean {
  const other = sample.some((byte) => byte >= 0xfb || (byte >= 0xc0 && byte < 0xe0));
  return !other && plausibility(textOf(sample, 'windows-1255'), 'windows-1255') > 0.7;
}

/** Two encodings that differ from the commonest in a letter or two, which tell them. */
function nearUsual(sample: Uint8Array, best: Encoding): Encoding {
  if (best !== USUAL) return best;
  const text = textOf(sample, USUAL);
  // Nobody writes the general sign of a currency: the euro stands at its place.
  if (text.includes('¤') && !sample.some((byte) => byte >= 0x80 && byte < 0xa0)) return 'iso-8859-15';
  const hungarian = /[õûÕÛ]/u.test(text) && /[áíóúÁÍÓÚ]/u.test(text) && !/[ãçèêàîôâëäñ]/iu.test(text);
  return hungarian ? 'windows-1250' : best;
}

/** Whether the bytes mean the same in the commonest encoding: its quotes and dashes stand in several others, too. */
function sameAsUsual(sample: Uint8Array, encoding: Encoding): boolean {
  return textOf(sample, encoding) === textOf(sample, USUAL);
}

/** UTF-16 without a byte order mark: every other byte of Western text is zero. */
export function utf16Without(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const probe = bytes.subarray(0, 4096);
  let even = 0;
  let odd = 0;
  for (let at = 0; at + 1 < probe.length; at += 2) {
    if (probe[at] === 0) even++;
    if (probe[at + 1] === 0) odd++;
  }
  const pairs = probe.length >> 1;
  if (pairs < 4 || bytes.length % 2 === 1) return undefined;
  if (odd > 0.6 * pairs && even < 0.01 * pairs) return 'utf-16le';
  if (even > 0.6 * pairs && odd < 0.01 * pairs) return 'utf-16be';
  return undefined;
}

/** Whether bytes that are no valid UTF-8 are UTF-8 all the same: most of what is not ASCII is well formed. */
export function isBrokenUtf8(bytes: Uint8Array): boolean {
  let whole = 0;
  let broken = 0;
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] as number;
    if (byte < 0x80) {
      at++;
      continue;
    }
    const length = byte >= 0xf0 && byte < 0xf5 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 0;
    let next = 1;
    while (next < length && ((bytes[at + next] as number) & 0xc0) === 0x80) next++;
    if (length > 0 && byte < 0xf5 && next === length) {
      whole++;
      at += length;
    } else {
      broken++;
      at++;
    }
    if (whole + broken >= 20_000) break;
  }
  return whole > 0 && whole >= 4 * broken;
}

/** The lines that hold other bytes than ASCII, as many as are needed. */
function telling(bytes: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let gathered = 0;
  for (let at = 0; at < bytes.length && gathered < SAMPLE_BYTES; at++) {
    if ((bytes[at] as number) < 0x80) continue;
    const start = Math.max(bytes.lastIndexOf(0x0a, at), at - 2048) + 1;
    const found = bytes.indexOf(0x0a, at);
    const end = Math.min(found < 0 ? bytes.length : found + 1, at + 2048);
    pieces.push(bytes.subarray(start, end));
    gathered += end - start;
    at = end - 1;
  }
  return Buffer.concat(pieces);
}

/** The library's answers, 0 to 1, by the names we use. */
function libraryCertainty(sample: Uint8Array): ReadonlyMap<Encoding, number> {
  const certainty = new Map<Encoding, number>();
  for (const { name, confidence } of analyse(sample)) {
    const written = name.toLowerCase();
    const known = ALIASES[written] ?? written;
    const parsed = Encoding.safeParse(known);
    if (!parsed.success) continue;
    certainty.set(parsed.data, Math.max(certainty.get(parsed.data) ?? 0, confidence / 100));
    // The letters of these pairs stand at the same places, but for a few.
    if (parsed.data === 'iso-8859-2') certainty.set('windows-1250', confidence / 100);
    if (parsed.data === 'iso-8859-7') certainty.set('windows-1253', confidence / 100);
  }
  return certainty;
}
