/**
 * Bytes -> text in any encoding. Node 20 decodes windows-1252 as Latin-1, in which dashes, curly quotes and the euro
 * sign are control characters: those 32 places are put right here.
 */
import type { Encoding } from '../../../protocol/reading';

/** What stands at 0x80 to 0x9F of windows-1252 (WHATWG Encoding Standard, index windows-1252). */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** What stands at 0x80 to 0xFF of code page 850, in which spreadsheets save "CSV (MS-DOS)" (Unicode's CP850.TXT). */
const CODE_PAGE_850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
  '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

export function textOf(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === 'ibm850') {
    const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    return latin.replace(/[\x80-\xff]/gu, (high) => CODE_PAGE_850.charAt(high.charCodeAt(0) - 0x80));
  }
  const text = new TextDecoder(encoding).decode(bytes);
  if (encoding !== 'windows-1252') return text;
  return text.replace(/[\x80-\x9f]/gu, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control);
}
