import { joinsNumber, type SpokenNumber } from './spoken-number.ts';
import type { Token } from './tokens.ts';

const small = new Map<string, number>();
for (const [value, words] of [
  'zero ziro zerro zeero nil nought',
  'one',
  'two',
  'three thre theree',
  'four foru fuor',
  'five fiv fvie fve',
  'six',
  'seven sevn sevan svn',
  'eight eigth eght eihgt eigh eightt',
  'nine nien niine',
  'ten',
  'eleven elevn',
  'twelve twelv',
  'thirteen therteen',
  'fourteen forteen',
  'fifteen fiveteen',
  'sixteen',
  'seventeen',
  'eighteen eigthteen eightteen',
  'nineteen ninteen',
].entries()) {
  for (const word of words.split(' ')) small.set(word, value);
}
const tens = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, index) => [word, 20 + 10 * index]),
);
tens.set('fourty', 40);
const scales = new Map([
  ['thousand', 1000],
  ['million', 1_000_000],
]);

/** Reads a number in English words from token `from`: "eight", "twenty-one", "a hundred and five". */
export function englishNumber(tokens: readonly Token[], from: number): SpokenNumber | undefined {
  let total = 0;
  let part: number | undefined;
  let room = 1000;
  let index = from;
  let to = from;
  const first = tokens[from]?.text;
  if ((first === 'a' || first === 'an') && isHundred(tokens[from + 1]?.text)) {
    part = 1;
    room = 1;
    index += 1;
  }
  for (; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token?.kind !== 'word' || (index > from && !joinsNumber(token.gap))) break;
    const word = token.text;
    const ten = tens.get(word);
    const unit = small.get(word);
    const scale = scales.get(word);
    if (ten !== undefined && room > 10) {
      part = (part ?? 0) + ten;
      room = 10;
    } else if (unit !== undefined && (room > 10 || (room === 10 && unit > 0 && unit < 10))) {
      part = (part ?? 0) + unit;
      room = 1;
    } else if (word === 'hundred' && part !== undefined && part > 0 && part < 20 && total === 0) {
      part *= 100;
      room = 100;
    } else if (word === 'dozen' && part !== undefined && part < 10) {
      part *= 12;
      room = 1;
    } else if (scale !== undefined && part !== undefined) {
      total += part * scale;
      part = undefined;
      room = 1000;
    } else if (word === 'and' && (room === 100 || (total > 0 && part === undefined))) {
      continue;
    } else {
      break;
    }
    to = index + 1;
  }
  if (to === from) return undefined;
  return { value: total + (part ?? 0), to, single: to === from + 1 && first === 'one', counting: false };
}

function isHundred(word: string | undefined): boolean {
  return word === 'hundred' || word === 'dozen' || word === 'thousand' || word === 'million';
}
