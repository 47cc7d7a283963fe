import { particles } from './words.ts';

/**
 * The forms under which a word is the same word: without Hebrew particles, plural and feminine endings, and vowel letters that may be
 * written or not ("שרות", "שירות"); without English plural and verb endings. Two words are the same when they share a form. Forms of
 * fewer than three letters are never made, since short Hebrew words one letter apart are different words.
 */
export function wordForms(word: string): readonly string[] {
  const known = formsOf.get(word);
  if (known) return known;
  const forms = isHebrew(word) ? hebrewForms(word) : englishForms(word);
  if (formsOf.size < knownWordsMax) formsOf.set(word, forms);
  return forms;
}

/** Bounds the memory for words met before. */
const knownWordsMax = 5000;
const formsOf = new Map<string, readonly string[]>();

function isHebrew(word: string): boolean {
  const code = word.charCodeAt(0);
  return code >= 0x5d0 && code <= 0x5ea;
}

const hebrewEndings = ['ויות', 'יות', 'ימ', 'ות', 'ית', 'ה', 'ת'];

function hebrewForms(word: string): string[] {
  const forms = new Set([word]);
  const bases = [word];
  for (let length = 1; length <= 2; length += 1) {
    if (word.length - length >= 3 && particles.has(word.slice(0, length))) bases.push(word.slice(length));
  }
  for (const base of bases) {
    forms.add(base);
    for (const ending of hebrewEndings) {
      if (base.endsWith(ending) && base.length - ending.length >= 3) forms.add(base.slice(0, -ending.length));
    }
  }
  for (const form of [...forms]) {
    const skeleton = form.charAt(0) + form.slice(1, -1).replace(/[וי]/g, '') + form.slice(-1);
    if (skeleton.length >= 3 && skeleton !== form) forms.add(skeleton);
  }
  return [...forms];
}

function englishForms(word: string): string[] {
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
 * Whether a word is another one mistyped: one letter more, less, other or two swapped, in words of five letters and more (two slips from
 * nine on). In Hebrew, another letter must sound alike or lie beside it on the keyboard; in English, the first letter must be right.
 */
export function isSlipOf(typed: string, word: string): boolean {
  const hebrew = isHebrew(word);
  if (hebrew !== isHebrew(typed) || typed === word) return false;
  const least = Math.min(typed.length, word.length);
  if (least < 4 || Math.max(typed.length, word.length) < 5) return !hebrew && isSwapOf(typed, word);
  if (Math.abs(typed.length - word.length) > 2 || (!hebrew && typed.charAt(0) !== word.charAt(0)))
    return false;
  return distance(typed, word, hebrew) <= (word.length >= 9 ? 2 : 1);
}

function isSwapOf(typed: string, word: string): boolean {
  if (typed.length !== word.length || word.length < 4 || typed.charAt(0) !== word.charAt(0)) return false;
  for (let index = 1; index + 1 < word.length; index += 1) {
    const swapped =
      word.slice(0, index) + word.charAt(index + 1) + word.charAt(index) + word.slice(index + 2);
    if (swapped === typed) return true;
  }
  return false;
}

const hebrewKeys = ["/'קראטוןםפ", 'שדגכעיחלךף', 'זסבהנמצתץ.'];
const soundsAlike = ['אעה', 'חכ', 'טת', 'קכ', 'וב', 'שס', 'סצ', 'יו'];
const near = new Set<string>();
for (const row of [
  ...hebrewKeys,
  ...soundsAlike.flatMap((group) => [group, `${group.charAt(0)}${group.slice(-1)}`]),
]) {
  for (let index = 0; index + 1 < row.length; index += 1) {
    near.add(row.charAt(index) + row.charAt(index + 1));
    near.add(row.charAt(index + 1) + row.charAt(index));
  }
}

/** Damerau–Levenshtein distance, where swapping letters that are not `near` in Hebrew counts two. */
function distance(typed: string, word: string, hebrew: boolean): number {
  const width = word.length + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: width }, (_, index) => index);
  for (let row = 1; row <= typed.length; row += 1) {
    const current = [row];
    for (let column = 1; column < width; column += 1) {
      const [a, b] = [typed.charAt(row - 1), word.charAt(column - 1)];
      const replace = a === b ? 0 : hebrew && !near.has(a + b) ? 2 : 1;
      let best = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + replace,
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
