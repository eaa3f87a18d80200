/** How much a text, decoded on trial, looks like one that somebody wrote. */
import type { Encoding } from '../../../protocol/reading';

const WESTERN = new Set('äöüßéèêëàâáãåæøçñóòôõíîïúùûìœÄÖÜÉÈÊËÀÂÁÃÅÆØÇÑÓÒÔÕÍÎÏÚÙÛŒšŠžŽ');
const CENTRAL = new Set('ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰäöüßÄÖÜôľăâîşţđĂÂÎŞŢĐç');
/** Of Romanian and Croatian; Turkish letters in the other table. */
const SELDOM_CENTRAL = new Set('ţŢđĐ');
const TURKISH = new Set('ğışİöüçâîûĞŞÖÜÇ');
/** At the end of Italian words, hardly ever inside one. */
const AT_THE_END = new Set('ìùò');
const PUNCTUATION = new Set('’‘“”„–—…•«»°§€£¥©®™²³½¼¾±µ·ºª¿¡×\u00a0№');
const BEHIND_WORDS = new Set('²³°ºª€£§…»›”“’™®©');
const BEFORE_WORDS = new Set('„“‘‚‹€…–—');
const INSIDE_WORDS = new Set('’·–\u00a0\u00ad');
const CYRILLIC_VOWELS = new Set('аеёиоуыэюяіїєАЕЁИОУЫЭЮЯІЇЄ');
const RARE_GREEK = new Set('ΰΐϊϋΪΫ');
const LETTER = /\p{L}/u;
const UPPER = /\p{Lu}/u;
const LOWER = /\p{Ll}/u;
const CYRILLIC = /\p{Script=Cyrillic}/u;
const GREEK = /\p{Script=Greek}/u;
const LATIN = /\p{Script=Latin}/u;

/** -3 to 1, the mean over all characters that are not ASCII. */
export function plausibility(text: string, encoding: Encoding): number {
  let sum = 0;
  let count = 0;
  let cyrillic = 0;
  let vowels = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) < 0x80) continue;
    const character = text[at] as string;
    count++;
    sum += judged(character, text[at - 1] ?? '', text[at + 1] ?? '', encoding);
    if (CYRILLIC.test(character)) {
      cyrillic++;
      if (CYRILLIC_VOWELS.has(character)) vowels++;
    }
  }
  if (count === 0) return 0;
  // Marks above and below stand on every third or fourth letter of Thai.
  const thai = (text.match(/\p{Script=Thai}/gu) ?? []).length;
  const marks = thai === 0 ? 0 : (text.match(/[\u0e30-\u0e4e]/gu) ?? []).length / thai;
  if (thai > 0 && (marks < 0.2 || marks > 0.65)) return sum / count - 0.7;
  // Every language written in it has vowels: other letters, misread, do not.
  const share = cyrillic < 8 ? 0.4 : vowels / cyrillic;
  return sum / count - (share < 0.25 || share > 0.65 ? 0.7 : 0);
}

function judged(character: string, before: string, after: string, encoding: Encoding): number {
  const code = character.charCodeAt(0);
  if (code === 0xfffd || (code >= 0x80 && code < 0xa0) || (code >= 0xe000 && code < 0xf900)) return -3;
  const inside = LETTER.test(before) && LETTER.test(after);
  const mark = UNCASED.find(({ script }) => script.test(character));
  if (mark !== undefined) return uncased(mark, character, before, after);
  if (!LETTER.test(character) || character === 'º' || character === 'ª' || character === 'µ') {
    if (INSIDE_WORDS.has(character)) return 0.8;
    if (
      inside ||
      (LOWER.test(before) && !BEHIND_WORDS.has(character)) ||
      (/[a-z]/u.test(after) && code > 0xff && !BEFORE_WORDS.has(character))
    )
      return -1;
    return PUNCTUATION.has(character) ? 0.6 : -0.5;
  }
  if (UPPER.test(character) && LOWER.test(before)) return -1;
  if (LATIN.test(character)) return latin(character, before, after, encoding);
  const script = CYRILLIC.test(character) ? CYRILLIC : GREEK;
  if (RARE_GREEK.has(character)) return -1;
  const foreign = (neighbour: string): boolean => LETTER.test(neighbour) && !script.test(neighbour);
  if (foreign(before) || foreign(after)) return -1;
  return script.test(before) || script.test(after) ? 1 : 0;
}

/** Scripts without small and large letters, with how sure their letters alone make: less than Cyrillic ones. */
const UNCASED: readonly {
  readonly script: RegExp;
  readonly last?: RegExp;
  readonly bound?: RegExp;
  readonly worth: number;
}[] = [
  // Final letters stand at the end of words, points beneath a letter.
  { script: /\p{Script=Hebrew}/u, last: /[ךםןףץ]/u, bound: /\p{M}/u, worth: 0.8 },
  { script: /\p{Script=Arabic}/u, last: /[ةى]/u, bound: /\p{M}/u, worth: 0.9 },
  { script: /\p{Script=Thai}/u, bound: /\p{M}/u, worth: 0.9 },
];

function uncased(
  { script, last, bound, worth }: (typeof UNCASED)[number],
  character: string,
  before: string,
  after: string,
): number {
  const foreign = (neighbour: string): boolean => LETTER.test(neighbour) && !script.test(neighbour);
  if (foreign(before) || foreign(after)) return -1;
  if (last?.test(character) === true && script.test(after)) return -1;
  if (bound?.test(character) === true && !script.test(before)) return -1;
  return script.test(before) || script.test(after) ? worth : 0;
}

function latin(character: string, before: string, after: string, encoding: Encoding): number {
  const usual =
    encoding === 'windows-1250' || encoding === 'iso-8859-2'
      ? CENTRAL
      : encoding === 'windows-1254' && TURKISH.has(character)
        ? TURKISH
        : WESTERN;
  if (usual === WESTERN && AT_THE_END.has(character) && LETTER.test(after)) return 0.1;
  // Letters with marks stand among plain ones; another alphabet, misread, makes words of nothing else.
  const marked = [before, after].filter((each) => each > '\x7f' && LETTER.test(each)).length;
  if (marked === 2) return -0.5;
  const beside = LETTER.test(before) || LETTER.test(after);
  const known = !usual.has(character) ? 0.25 : usual === CENTRAL && SELDOM_CENTRAL.has(character) ? 0.6 : 1;
  return known * (marked === 1 ? 0.7 : 1) * (beside ? 1 : 0.6);
}
