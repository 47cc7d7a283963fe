import { numeralAt } from './numbers.ts';
import { PhraseBook } from './phrases.ts';
import type { Token } from './tokens.ts';

/** A place in a list: from the front (0 is the first) or from the back. */
export type Place = { fromFront: number } | { fromBack: number };

const english = [
  'first 1st',
  'second 2nd',
  'third 3rd',
  'fourth 4th forth',
  'fifth 5th',
  'sixth 6th',
  'seventh 7th',
  'eighth 8th',
  'ninth 9th',
  'tenth 10th',
];
const hebrew = [
  'ראשון ראשונה',
  'שני שנייה שניה',
  'שלישי שלישית',
  'רביעי רביעית',
  'חמישי חמישית',
  'שישי שישית ששי',
  'שביעי שביעית',
  'שמיני שמינית',
  'תשיעי תשיעית',
  'עשירי עשירית',
];

function* entries(): Generator<readonly [Place, string[]]> {
  for (const [index, words] of english.entries()) {
    for (const word of words.split(' '))
      yield [{ fromFront: index }, [word, `${word} one`, `${word} option`, `option ${word}`]];
  }
  for (const [index, words] of hebrew.entries()) {
    for (const word of words.split(' ')) {
      const ways = [word, `ה${word}`];
      const options = ['אפשרות', 'האפשרות', 'אופציה', 'האופציה', 'תשובה', 'התשובה', 'את האפשרות', 'בחירה'];
      yield [
        { fromFront: index },
        [
          ...ways,
          ...ways.flatMap((way) => options.map((option) => `${option} ${way}`)),
          ...['ב', 'ל', 'וה', 'ו', 'בה', 'לה'].map((particle) => particle + word),
        ],
      ];
    }
  }
  yield [
    { fromBack: 0 },
    [
      'last',
      'last one',
      'last option',
      'the last option',
      'very last',
      'bottom one',
      'האחרון',
      'האחרונה',
      'אחרון',
      'אחרונה',
      'והאחרונה',
      'והאחרון',
      'לאחרון',
      'האפשרות האחרונה',
      'האופציה האחרונה',
      'התשובה האחרונה',
      'אפשרות אחרונה',
    ],
  ];
  yield [
    { fromBack: 1 },
    [
      'second to last',
      'second last',
      'next to last',
      'one before last',
      'one before the last',
      'penultimate',
      'לפני אחרון',
      'לפני אחרונה',
      'לפני האחרון',
      'לפני האחרונה',
      'הלפני אחרון',
      'הלפני אחרונה',
      'האחד לפני אחרון',
      'אחד לפני האחרון',
      'אחת לפני האחרונה',
    ],
  ];
  yield [{ fromFront: 0 }, ['top one', 'first of all options']];
}

const places = new PhraseBook<Place>(entries());

/** The place in a list named from token `from`: "the second one", "האחרונה", "2nd". */
export function ordinalAt(
  tokens: readonly Token[],
  from: number,
): { place: Place; length: number } | undefined {
  const found = places.match(tokens, from);
  return found && { place: found.meaning, length: found.length };
}

const several = new PhraseBook<'front' | 'back'>([
  ['front', 'first,the first,top,the top,הראשונים,הראשונות,ראשונים,ראשונות'],
  ['back', 'last,the last,bottom,the bottom,האחרונים,האחרונות,אחרונים,אחרונות'],
]);

/** Several places in a row: "the first two", "last 3", "שני הראשונים", "3 האחרונות". */
export function severalAt(
  tokens: readonly Token[],
  from: number,
  count: number,
): { indices: number[]; length: number } | undefined {
  const english = several.match(tokens, from);
  const numeral = numeralAt(tokens, from + (english?.length ?? 0));
  if (!numeral || numeral.value < 2 || numeral.value >= count || !Number.isInteger(numeral.value))
    return undefined;
  const hebrew = english ? undefined : several.match(tokens, numeral.to);
  const end = english ?? hebrew;
  const gap = tokens[english ? numeral.from : numeral.to]?.gap;
  if (!end || gap !== ' ') return undefined;
  const first = end.meaning === 'front' ? 0 : count - numeral.value;
  const indices = Array.from({ length: numeral.value }, (_, index) => first + index);
  return { indices, length: numeral.to + (hebrew?.length ?? 0) - from };
}

/** The index that a place is in a list of so many, or undefined outside it. */
export function indexOfPlace(place: Place, count: number): number | undefined {
  const index = 'fromFront' in place ? place.fromFront : count - 1 - place.fromBack;
  return index >= 0 && index < count ? index : undefined;
}
