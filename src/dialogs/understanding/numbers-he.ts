import { foldText } from './fold.ts';
import { joinsNumber, type SpokenNumber } from './spoken-number.ts';
import type { Token } from './tokens.ts';
import { particles } from './words.ts';

const units = new Map<string, number>();
for (const [value, words] of [
  'אפס',
  'אחת אחד',
  'שתיים שתים שניים שנים',
  'שלוש שלושה שלש שלשה',
  'ארבע ארבעה ארבא ארבעא',
  'חמש חמישה חמשה חמיש',
  'שש שישה ששה',
  'שבע שבעה שיבעה שיבע',
  'שמונה שמונא',
  'תשע תשעה תישע תישעה תשעא',
  'עשר עשרה עסר עסרה עשרא',
].entries()) {
  for (const word of words.split(' ')) units.set(foldText(word), value);
}
/** Forms that always count the noun after them, as "two children". */
const counting = new Map<string, number>();
for (const [value, words] of [
  '',
  '',
  'שני שתי',
  'שלושת',
  'ארבעת',
  'חמשת',
  'ששת',
  'שבעת',
  'שמונת',
  'תשעת',
  'עשרת',
].entries()) {
  for (const word of words.split(' ')) if (word) counting.set(foldText(word), value);
}
const tens = new Map(
  'עשרים שלושים ארבעים חמישים שישים שבעים שמונים תשעים'
    .split(' ')
    .map((word, index) => [foldText(word), 20 + 10 * index]),
);
const hundreds = new Map([
  [foldText('מאה'), 100],
  [foldText('מאתיים'), 200],
]);
const thousands = new Map([
  [foldText('אלף'), 1000],
  [foldText('אלפיים'), 2000],
  [foldText('מיליון'), 1_000_000],
]);
const teens = new Set([foldText('עשרה'), foldText('עשר')]);
const timesHundred = foldText('מאות');
const timesThousand = new Set([foldText('אלף'), foldText('אלפים')]);

/**
 * Reads a number in Hebrew words from token `from`: masculine, feminine and construct, teens, tens joined by "and" ("עשרים ושמונה"), with
 * a particle glued to its front ("בשמונה").
 */
export function hebrewNumber(tokens: readonly Token[], from: number): SpokenNumber | undefined {
  const first = tokens[from];
  if (first?.kind !== 'word') return undefined;
  const opening = openingWord(first.text);
  if (!opening) return undefined;
  let value = 0;
  let room = Number.POSITIVE_INFINITY;
  let index = from;
  let counts = false;
  while (index < tokens.length) {
    const token = tokens[index];
    if (token?.kind !== 'word' || (index > from && !joinsNumber(token.gap))) break;
    const word =
      index === from ? opening.word : token.text.startsWith('ו') ? token.text.slice(1) : token.text;
    if (thousands.get(word) === 1000 && value > 1 && value < 1000) {
      value *= 1000;
      room = 1000;
      index += 1;
      continue;
    }
    const step = readStep(word, tokens[index + 1]);
    if (!step || step.size >= room || (index > from && step.size === 1 && room === 10 && step.value === 10))
      break;
    value += step.value;
    room = step.size;
    counts = step.counts;
    index += step.length;
    if (room === 1) break;
  }
  if (index === from) return undefined;
  const single = index === from + 1 && value === 1;
  return {
    value,
    to: index,
    single,
    counting: counts,
    ...(opening.particle && { particle: opening.particle }),
  };
}

interface Step {
  value: number;
  /** The size of what was read: a smaller one may follow, "room" for it. */
  size: number;
  length: number;
  counts: boolean;
}

/** "שנים" is two only in "שנים עשר"; alone it is "years". */
const years = foldText('שנים');

function readStep(word: string, next: Token | undefined): Step | undefined {
  const joined = next?.kind === 'word' && joinsNumber(next.gap) ? next.text : '';
  const counted = counting.get(word);
  const unit = units.get(word) ?? counted;
  if (unit !== undefined) {
    if (unit > 0 && unit < 10 && counted === undefined && teens.has(joined)) {
      return { value: unit + 10, size: 1, length: 2, counts: false };
    }
    if (unit > 1 && joined === timesHundred)
      return { value: unit * 100, size: 100, length: 2, counts: false };
    if (unit > 1 && timesThousand.has(joined))
      return { value: unit * 1000, size: 1000, length: 2, counts: false };
    if (word === years) return undefined;
    return { value: unit, size: 1, length: 1, counts: counted !== undefined };
  }
  const ten = tens.get(word);
  if (ten !== undefined) {
    return timesThousand.has(joined)
      ? { value: ten * 1000, size: 1000, length: 2, counts: false }
      : { value: ten, size: 10, length: 1, counts: false };
  }
  const hundred = hundreds.get(word);
  if (hundred !== undefined) return { value: hundred, size: 100, length: 1, counts: false };
  const thousand = thousands.get(word);
  return thousand === undefined ? undefined : { value: thousand, size: 1000, length: 1, counts: false };
}

const numberWords = new Set(
  [units, counting, tens, hundreds, thousands].flatMap((words) => [...words.keys()]),
);

/** A letter typed twice: "חמשש". */
const doubledLetter = /(.)\1/g;

function openingWord(text: string): { word: string; particle?: string } | undefined {
  if (numberWords.has(text)) return { word: text };
  const squeezed = text.replace(doubledLetter, '$1');
  if (squeezed !== text && numberWords.has(squeezed)) return { word: squeezed };
  for (let length = 1; length <= 2; length += 1) {
    const particle = text.slice(0, length);
    const word = text.slice(length);
    if (word.length >= 2 && particles.has(particle) && numberWords.has(word)) return { word, particle };
  }
  return undefined;
}
