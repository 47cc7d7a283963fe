import { PhraseBook } from './phrases.ts';
import type { Token } from './tokens.ts';

/** Words that stand for options without naming them. `all` and `both` may say how many; `other` and `unsure` can be options themselves. */
export type Group =
  | { kind: 'all'; count?: number }
  | { kind: 'none' }
  | { kind: 'some' }
  | { kind: 'any' }
  | { kind: 'other' }
  | { kind: 'unsure' };

const groups = new PhraseBook<Group>([
  [
    { kind: 'all' },
    `
      all, all of them, all of these, all of those, all of the above, everything, every one,
      every one of them, all the above, all options, all the options, the lot, whole lot, each of them,
      all together, all apply, they all apply, all that, הכל, הכול, כולם, כולן, את כולם, את כולן, כל אלה,
      כל אלו, כל האפשרויות, כל התשובות, כל האופציות, כל אחד מהם, כל אחת מהן, כל הנ"ל, כל מה שכתוב,
      כל מה שציינתם, כל המוזכרים, את הכל, את הכול, hakol
    `,
  ],
  [
    { kind: 'all', count: 2 },
    `
      both, both of them, both of these, the two of them, the two, two of them, the both, שניהם, שתיהן,
      שניהן, את שניהם, את שתיהן, השניים, שתי האפשרויות, גם וגם, גם זה וגם זה
    `,
  ],
  [
    { kind: 'all', count: 3 },
    `
      all three, all 3, the three of them, all three of them, שלושתם, שלושתן, כל השלושה, כל השלוש, כל ה 3,
      כל 3
    `,
  ],
  [
    { kind: 'all', count: 4 },
    'all four,all 4,the four of them,all four of them,ארבעתם,ארבעתן,כל הארבעה,כל הארבע,כל ה 4,כל 4',
  ],
  [{ kind: 'all', count: 5 }, 'all five,all 5,all five of them,חמשתם,חמשתן,כל החמישה,כל החמש,כל ה 5,כל 5'],
  [{ kind: 'all', count: 6 }, 'all six,all 6,all six of them,כל השישה,כל השש,כל ה 6,כל 6'],
  [
    { kind: 'none' },
    `
      none, none of them, none of these, none of those, none of the above, nothing, nothing at all,
      nothing whatsoever, absolutely nothing, none at all, neither, neither of them, not any,
      not any of them, no one of them, nil, not one, אף אחד, אף אחת, אף אחד מהם, אף אחת מהן, אף אחד מאלה,
      אף אחת מאלה, אף אחד מאלו, אף אחד מהנ"ל, אף אפשרות, אף תשובה, כלום, ממש כלום, כלום בכלל, בכלל כלום,
      כלום ושום דבר, שום דבר, שום דבר בכלל, ממש שום דבר, לא כלום, לא שום דבר, שום כלום, לא זה ולא זה, אין,
      ולא כלום, שום אחד מהם
    `,
  ],
  [
    { kind: 'some' },
    `
      some, some of them, a few, a few of them, several, a couple, couple of them, many, most, most of them,
      one of them, part of them, half of them, כמה, כמה מהם, חלק, חלק מהם, חלקם, רובם, רוב, הרבה, אחד מהם,
      אחת מהן, אחד מהמ, מספר דברים
    `,
  ],
  [
    { kind: 'any' },
    `
      any, any of them, anything, any one, either, either one, either of them, whichever, whatever,
      doesnt matter, does not matter, it doesnt matter, no matter, dont care, i dont care, dont mind,
      i dont mind, no preference, up to you, you choose, you decide, any time, anytime, לא משנה, לא משנה לי,
      לא אכפת לי, מה שיש, מה שבא לכם, מה שתגידו, לשיקולכם, אין העדפה, אין לי העדפה, תבחרו אתם, הכל טוב,
      הכל בסדר, כל אחד, כל אחת, מתי שנוח, לא חשוב
    `,
  ],
  [
    { kind: 'other' },
    `
      other, others, another, another one, something else, else, a different one, different, not listed,
      not on the list, not here, something different, another reason, other reason, אחר, אחרת, אחרים,
      משהו אחר, סיבה אחרת, אפשרות אחרת, דבר אחר, לא מופיע, לא ברשימה, שונה
    `,
  ],
  [
    { kind: 'unsure' },
    `
      dont know, i dont know, do not know, not sure, im not sure, i am not sure, unsure, no idea,
      i have no idea, idk, dunno, no clue, cant say, hard to say, dont remember, i dont remember,
      cant remember, not certain, לא יודע, לא יודעת, לא יודעים, אין לי מושג, אין מושג, לא בטוח, לא בטוחה,
      לא בטוחים, לא זוכר, לא זוכרת, לא זוכרים, קשה לומר, קשה להגיד, מה אני יודע
    `,
  ],
]);

/** What makes a remark of a word for all: "everything is clear" chooses nothing. */
const remarks = new PhraseBook<true>([
  [
    true,
    `
      is, was, went, looks, seems, works, worked, has, good, great, fine, ok, okay, clear, perfect,
      excellent, cool, well, understood, ברור, היה, היו, הייתה, טוב, בסדר, סבבה, מצוין, מעולה, אחלה, מושלם,
      תקין, מובן, עבד, עובד, עבר, נראה, הלך, סגור, דבש, פיקס, על הכיפאק
    `,
  ],
]);

/** Whether the word for all before token `from` is the subject of a remark. */
export function isRemark(tokens: readonly Token[], from: number): boolean {
  return tokens[from]?.gap === ' ' && remarks.match(tokens, from) !== undefined;
}

/** The group word from token `from`. */
export function groupAt(
  tokens: readonly Token[],
  from: number,
): { group: Group; length: number } | undefined {
  const found = groups.match(tokens, from);
  return found && { group: found.meaning, length: found.length };
}
