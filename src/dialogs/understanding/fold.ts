/** A text with the differences that mean nothing taken out, and for each of its UTF-16 units where it came from in the raw text. */
export interface Folded {
  text: string;
  /**
   * `sources[i]` is the index in the raw text of what became unit `i`; one more entry holds the raw length. Undefined when every unit has
   * kept its place.
   */
  sources: readonly number[] | undefined;
}

/**
 * Folds a text for reading: compatibility forms, accents, niqqud, bidi and zero-width marks, variation selectors, skin tones and keycap
 * marks go; letters become lower case, final letters ordinary ones, every digit ASCII, every dash "-", every quote ' or ". One pass, so its
 * time is linear in the length.
 */
export function fold(raw: string): Folded {
  return plain.test(raw) ? { text: foldPlain(raw), sources: undefined } : foldByCodePoints(raw);
}

/** Most replies: Hebrew letters, and ASCII without control characters and the backquote, which people type for a quote. */
const plain = /^[\n -_a-~\u05d0-\u05ea]*$/;

function foldPlain(raw: string): string {
  const lower = raw.toLowerCase();
  return finalLetter.test(lower) ? lower.replace(finalLetters, ordinaryLetter) : lower;
}

function foldByCodePoints(raw: string): Folded {
  const sources: number[] = [];
  let text = '';
  for (let index = 0; index < raw.length; ) {
    const code = raw.codePointAt(index) ?? 0;
    const folded = foldCodePoint(code);
    for (let unit = 0; unit < folded.length; unit += 1) sources.push(index);
    text += folded;
    index += code > 0xffff ? 2 : 1;
  }
  sources.push(raw.length);
  return { text, sources };
}

/** Folds a text whose offsets nobody needs, such as an option's label. */
export function foldText(raw: string): string {
  return fold(raw).text;
}

/** Folds the characters met most often by table; the rest are worked out once each. */
function foldCodePoint(code: number): string {
  const known = foldedCodes.get(code);
  if (known !== undefined) return known;
  const folded = workOut(code);
  if (foldedCodes.size < knownCodesMax) foldedCodes.set(code, folded);
  return folded;
}

/** Bounds the table: a text of every Unicode character must not be kept for ever. */
const knownCodesMax = 4096;

const finalLetter = /[ךםןףץ]/;
const finalLetters = /[ךםןףץ]/g;
const ordinaryLetters: Record<string, string> = { ך: 'כ', ם: 'מ', ן: 'נ', ף: 'פ', ץ: 'צ' };

function ordinaryLetter(letter: string): string {
  return ordinaryLetters[letter] ?? letter;
}

const replaced: Record<string, string> = {
  '׳': "'",
  '’': "'",
  '‘': "'",
  '`': "'",
  '´': "'",
  ʼ: "'",
  '״': '"',
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '־': '-',
  '−': '-',
  '،': ',',
  '٫': '.',
  '٬': ',',
  '。': '.',
  '、': ',',
  '…': ' . ',
  '½': ' half ',
  '¼': ' quarter ',
  '¾': ' threequarters ',
  '⅓': ' third ',
  '⅔': ' twothirds ',
  '🔟': '10',
  '\u2044': '/',
  '\u2215': '/',
  '№': '#',
};

/** What is seen but never read: niqqud and other combining marks, bidi and zero-width marks, variation selectors, skin tones. */
const invisible = /\p{Mn}|(?!\u20e3)\p{Me}|\p{Cf}|[\u{1f3fb}-\u{1f3ff}]/u;

function workOut(code: number): string {
  const character = String.fromCodePoint(code);
  const replacement = replaced[character];
  if (replacement !== undefined) return replacement;
  if (code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029) return '\n';
  if (code < 0x20 || (code >= 0x7f && code < 0xa0) || /\s/u.test(character)) return ' ';
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
  if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0);
  if (code >= 0x2010 && code <= 0x2015) return '-';
  if (invisible.test(character)) return '';
  if (code < 0x80) return character.toLowerCase();
  let folded = '';
  for (const part of character.normalize('NFKD').toLowerCase()) {
    if (part === character) folded += part;
    else if (!invisible.test(part)) folded += ordinaryLetters[part] ?? replaced[part] ?? part;
  }
  return ordinaryLetter(folded);
}

const foldedCodes = new Map<number, string>();
