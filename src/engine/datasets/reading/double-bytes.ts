/**
 * How well bytes fit an encoding in which a character takes two: the pairs must be possible, and most of them must be
 * in the part of the table that holds what is written every day (level 1 of GB 2312, Big5 and JIS X 0208; kana; the
 * syllables of KS X 1001).
 */
import type { Encoding } from '../../../protocol/reading';

interface Layout {
  readonly isLead: (byte: number) => boolean;
  readonly isTrail: (byte: number) => boolean;
  readonly isCommon: (lead: number, trail: number) => boolean;
  readonly isSingle?: (byte: number) => boolean;
}

const within = (low: number, high: number) => (byte: number) => byte >= low && byte <= high;
const highHalf = within(0xa1, 0xfe);

const LAYOUTS: Readonly<Partial<Record<Encoding, Layout>>> = {
  gb18030: {
    isLead: within(0x81, 0xfe),
    isTrail: (byte) => byte >= 0x40 && byte <= 0xfe && byte !== 0x7f,
    isCommon: (lead, trail) =>
      trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || lead === 0xa1 || lead === 0xa3),
  },
  big5: {
    isLead: within(0x81, 0xfe),
    isTrail: (byte) => (byte >= 0x40 && byte <= 0x7e) || highHalf(byte),
    isCommon: (lead) => lead >= 0xa1 && lead <= 0xc6 && lead !== 0xa2,
  },
  shift_jis: {
    isLead: (byte) => (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc),
    isTrail: (byte) => byte >= 0x40 && byte <= 0xfc && byte !== 0x7f,
    isCommon: (lead) => (lead >= 0x81 && lead <= 0x83) || (lead >= 0x88 && lead <= 0x97),
    isSingle: within(0xa1, 0xdf),
  },
  'euc-jp': {
    isLead: (byte) => highHalf(byte) || byte === 0x8e,
    isTrail: highHalf,
    isCommon: (lead) => lead === 0xa1 || lead === 0xa4 || lead === 0xa5 || (lead >= 0xb0 && lead <= 0xcf),
  },
  'euc-kr': {
    isLead: within(0x81, 0xfe),
    isTrail: (byte) =>
      (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x81 && byte <= 0xfe),
    isCommon: (lead, trail) => trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xc8) || lead === 0xa1),
  },
};

/** Where every pair is common in several, the one with the smaller part of the table says more. */
const EXACTNESS: Readonly<Partial<Record<Encoding, number>>> = {
  'euc-kr': 0.12,
  'euc-jp': 0.04,
};
const KANA_SHARE = 0.15;

/** -1 (not this encoding) to about 1. */
export function commonShare(bytes: Uint8Array, encoding: Encoding): number {
  const layout = LAYOUTS[encoding];
  if (layout === undefined) return -1;
  let common = 0;
  let pairs = 0;
  let singles = 0;
  let broken = 0;
  let kana = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] as number;
    if (lead < 0x80) continue;
    if (layout.isSingle?.(lead) === true) {
      singles++;
      continue;
    }
    const trail = bytes[at + 1] ?? 0;
    if (!layout.isLead(lead) || !layout.isTrail(trail)) {
      broken++;
      continue;
    }
    at++;
    pairs++;
    if (layout.isCommon(lead, trail)) common++;
    if (encoding === 'shift_jis' ? lead === 0x82 || lead === 0x83 : lead === 0xa4 || lead === 0xa5) kana++;
  }
  const all = pairs + singles + broken;
  if (all === 0 || broken > 0.02 * all) return -1;
  const share = (common + 0.3 * singles) / all;
  const exact = share > 0.97 ? (EXACTNESS[encoding] ?? 0) : 0;
  const japanese = encoding === 'euc-jp' && kana > KANA_SHARE * all ? 0.15 : 0;
  // A share that chance would give, too, says nothing.
  return (share - 0.5) * 2 + exact + japanese;
}
