import { isHebrewWord } from './tokens.ts';
import { particles } from './words.ts';

/** The forms of a word under which it is found again. */
export interface WordForms {
  /** The word, without particles, plural and feminine endings. */
  bases: readonly string[];
  /** The same without one vowel letter that may be written or not ("שירות", "שרות"). */
  spellings: readonly string[];
  /**
   * The keys under which an index keeps a word of a label, or a typed word is looked up: two spellings of different words never meet.
   */
  keys: readonly string[];
}

/**
 * The forms of a word as typed, or of a word of a label, which only "the" can precede: a label's first letter is its own ("כחול" is
 * not "as sand"). No form has fewer than three letters, since short Hebrew words one letter apart are different words.
 */
export function wordForms(word: string, inLabel = false): WordForms {
  const formsOf = inLabel ? formsInLabels : formsTyped;
  const known = formsOf.get(word);
  if (known) return known;
  const { bases, spellings } = isHebrewWord(word)
    ? hebrewForms(word, inLabel)
    : { bases: englishBases(word), spellings: [] };
  const keys = inLabel
    ? [...bases, ...spellings.map((form) => spelled + form)]
    : [...bases, ...bases.map((form) => spelled + form), ...spellings];
  const forms = { bases, spellings, keys };
  if (formsOf.size < knownWordsMax) formsOf.set(word, forms);
  return forms;
}

/** Bounds the memory for words met before. */
const knownWordsMax = 5000;
const formsTyped = new Map<string, WordForms>();
const formsInLabels = new Map<string, WordForms>();

/** Whether a typed word is a word of a label in another form, or the same. */
export function sameWord(typed: string, wanted: string): boolean {
  if (typed === wanted) return true;
  const hebrew = isHebrewWord(typed) && isHebrewWord(wanted);
  if (!hebrew && typed.charCodeAt(0) !== wanted.charCodeAt(0)) return false;
  const [a, b] = [wordForms(typed), wordForms(wanted, true)];
  return (
    a.bases.some((form) => b.bases.includes(form) || b.spellings.includes(form)) ||
    a.spellings.some((form) => b.bases.includes(form))
  );
}

/** The keys under which an index keeps a word of a label. */
export function keysInIndex(word: string): readonly string[] {
  return wordForms(word, true).keys;
}

/** The keys under which a typed word is looked up. */
export function keysToFind(word: string): readonly string[] {
  return wordForms(word).keys;
}

const spelled = '~';

const hebrewEndings = ['ויות', 'יות', 'ימ', 'ות', 'ית', 'ה', 'ת'];

/** Short words that are commonly written in two ways. */
const twoSpellings: ReadonlyMap<string, string> = new Map([
  ['מאד', 'מאוד'],
  ['אימא', 'אמא'],
  ['הכול', 'הכל'],
  ['כולמ', 'כלמ'],
  ['וואצאפ', 'וואטסאפ'],
  ['ווצאפ', 'וואטסאפ'],
  ['ואטסאפ', 'וואטסאפ'],
]);

function hebrewForms(word: string, inLabel: boolean): Omit<WordForms, 'keys'> {
  const written = twoSpellings.get(word) ?? word;
  const bases = [written];
  for (let length = 1; length <= 2; length += 1) {
    const [particle, rest] = [written.slice(0, length), written.slice(length)];
    if (
      rest.length >= 3 &&
      (inLabel ? particle === 'ה' || (particle === 'מה' && rest.length >= 4) : particles.has(particle))
    )
      bases.push(rest);
    else if (rest.length === 2 && !inLabel && particle === 'ו') bases.push(rest);
  }
  const forms = new Set(bases);
  for (const base of bases) {
    for (const ending of hebrewEndings) {
      if (base.endsWith(ending) && base.length - ending.length >= 3) forms.add(base.slice(0, -ending.length));
    }
  }
  const spellings = new Set<string>();
  for (const form of forms) {
    if (form.length < 5) continue;
    for (let index = 1; index < form.length - 1; index += 1) {
      if (form[index] === 'ו' || form[index] === 'י')
        spellings.add(form.slice(0, index) + form.slice(index + 1));
    }
  }
  return { bases: [...forms], spellings: [...spellings] };
}

function englishBases(word: string): string[] {
  const forms = new Set([word]);
  const add = (ending: string, replacement: string, least: number) => {
    if (word.endsWith(ending) && word.length - ending.length + replacement.length >= least) {
      forms.add(word.slice(0, -ending.length) + replacement);
    }
  };
  add('ies', 'y', 3);
  if (!/(?:ss|us|is)$/.test(word)) add('s', '', 3);
  add('es', '', 3);
  add('ing', '', 3);
  add('ing', 'e', 4);
  add('ed', '', 3);
  add('ed', 'e', 4);
  add('ly', '', 4);
  for (const form of [...forms]) {
    if (form.length >= 5 && form.includes('our')) forms.add(form.replace('our', 'or'));
    if (form.endsWith('ise')) forms.add(`${form.slice(0, -3)}ize`);
    if (form.length >= 5 && form.endsWith('re')) forms.add(`${form.slice(0, -2)}er`);
    if (/(.)\1$/.test(form) && form.length >= 4 && form !== word) forms.add(form.slice(0, -1));
    if (form.endsWith('e') && form.length >= 4) forms.add(form.slice(0, -1));
  }
  return [...forms];
}

/**
 * Whether a word is another one mistyped: a letter left out, doubled, swapped, or taken for one that sounds alike or lies beside it on the
 * keyboard, in words of five letters and more; two slips from nine letters on, and any one letter from seven on. Words of four letters may
 * have two letters swapped, or in Hebrew one that sounds alike. In English the first letter must be right.
 */
export function isSlipOf(typed: string, word: string): boolean {
  const hebrew = isHebrewWord(word);
  if (hebrew !== isHebrewWord(typed) || typed === word || realWords.has(typed)) return false;
  if (!hebrew && typed.charAt(0) !== word.charAt(0)) return false;
  const [shorter, longer] = typed.length < word.length ? [typed, word] : [word, typed];
  if (longer.length - shorter.length > 2 || shorter.length < 4) return false;
  if (longer.length < 5) return hebrew ? isSoundSlip(typed, word) : isSwap(typed, word);
  if (word.length >= 9) return distance(typed, word, true) <= 2;
  return differInOnePlace(typed, word) && distance(typed, word, word.length >= 7) <= 1;
}

/** Whether two words are the same but for one letter, or two side by side: more than that is no single slip. */
function differInOnePlace(first: string, second: string): boolean {
  let [firstEnd, secondEnd] = [first.length, second.length];
  let start = 0;
  while (start < firstEnd && first.charCodeAt(start) === second.charCodeAt(start)) start += 1;
  while (
    firstEnd > start &&
    secondEnd > start &&
    first.charCodeAt(firstEnd - 1) === second.charCodeAt(secondEnd - 1)
  ) {
    firstEnd -= 1;
    secondEnd -= 1;
  }
  return Math.max(firstEnd, secondEnd) - start <= 2;
}

/** Words that exist and lie one slip from common labels. */
const realWords = new Set(
  (
    'מהיר מכיר מחיר מוכר מספר מעשה כלומ שלומ שלוש בוקר ביקר חיבר כבוד קבוע מוצר מוצא שונה שנה שעה מאוחר מאוחד איחור עיתונ ארוחה ' +
    'stuff staff crash cash party story store stone strange change charge orange price prize pride prince white write while where quite quiet noise voice house horse mouse month mouth there three these those'
  ).split(' '),
);

function isSwap(typed: string, word: string): boolean {
  return (
    typed.length === word.length &&
    distance(typed, word, false) === 1 &&
    [...typed].sort().join('') === [...word].sort().join('')
  );
}

function isSoundSlip(typed: string, word: string): boolean {
  if (typed.length !== word.length) return false;
  let wrong = '';
  for (let index = 0; index < typed.length; index += 1) {
    if (typed.charAt(index) !== word.charAt(index)) wrong += typed.charAt(index) + word.charAt(index);
  }
  return alike.has(wrong);
}

const alike = pairs([
  'אע',
  'אה',
  'עה',
  'חכ',
  'חה',
  'טת',
  'קכ',
  'וב',
  'שס',
  'סצ',
  'זס',
  'ck',
  'cs',
  'ks',
  'sz',
  'gj',
  'fv',
  'vw',
  'iy',
  'ae',
  'ei',
  'ou',
  'ao',
  'mn',
  'td',
  'dt',
]);
const near = pairs([
  ...neighbours(['qwertyuiop', 'asdfghjkl', 'zxcvbnm']),
  ...neighbours(["/'קראטונמפ", 'שדגכעיחלכפ', 'זסבהנמצתצ']),
]);

function pairs(both: readonly string[]): ReadonlySet<string> {
  return new Set(both.flatMap((pair) => [pair, pair.slice(1) + pair.charAt(0)]));
}

/** Letters that lie side by side, or above one another, in rows of keys that are each shifted by half a key. */
function neighbours(rows: readonly string[]): string[] {
  const found: string[] = [];
  for (const [index, row] of rows.entries()) {
    const below = rows[index + 1] ?? '';
    for (let column = 0; column < row.length; column += 1) {
      for (const other of [row.charAt(column + 1), below.charAt(column), below.charAt(column - 1)]) {
        if (other !== '') found.push(row.charAt(column) + other);
      }
    }
  }
  return found;
}

/** Damerau–Levenshtein distance, in which an implausible slip counts two unless any slip goes. */
function distance(typed: string, word: string, lenient: boolean): number {
  const width = word.length + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: width }, (_, index) => index);
  for (let row = 1; row <= typed.length; row += 1) {
    const current = [row];
    for (let column = 1; column < width; column += 1) {
      const [a, b] = [typed.charAt(row - 1), word.charAt(column - 1)];
      const close = lenient || a === b || near.has(a + b) || alike.has(a + b);
      const extra =
        lenient ||
        a === typed.charAt(row - 2) ||
        a === typed.charAt(row) ||
        near.has(a + typed.charAt(row - 2)) ||
        near.has(a + typed.charAt(row));
      let best = Math.min(
        (last[column] ?? 0) + (extra ? 1 : 2),
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (a === b ? 0 : close ? 1 : 2),
      );
      if (row > 1 && column > 1 && a === word.charAt(column - 2) && typed.charAt(row - 2) === b) {
        best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[width - 1] ?? 0;
}
