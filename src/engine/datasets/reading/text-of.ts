/**
 * Bytes -> text in any encoding. Node 20 decodes windows-1252 as Latin-1, in which dashes, curly quotes and the euro
 * sign are control characters: those 32 places are put right here.
 */
import type { Encoding } from '../../../protocol/reading';

/** What stands at 0x80 to 0x9F of windows-1252 (WHATWG Encoding Standard, index windows-1252). */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

export function textOf(bytes: Uint8Array, encoding: Encoding): string {
  const text = new TextDecoder(encoding).decode(bytes);
  if (encoding !== 'windows-1252') return text;
  return text.replace(/[\x80-\x9f]/gu, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control);
}
