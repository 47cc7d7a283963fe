import { PhraseBook } from './phrases.ts';
import type { Token } from './tokens.ts';

/**
 * What a word or phrase does in a reply beside carrying the answer: politeness and other padding, the act of scoring or choosing, doubt,
 * a limit ("at least"), negation, a condition ("would", "if"), a turn ("but"), a reason ("because"), a question, spoken punctuation, the
 * scale itself, an exception ("all but"), a rank ("you're number 1").
 */
export type Role =
  | 'padding'
  | 'scoring'
  | 'doubt'
  | 'limit'
  | 'not'
  | 'would'
  | 'if'
  | 'but'
  | 'because'
  | 'question'
  | 'break'
  | 'scale'
  | 'except'
  | 'rank';

const roles = new PhraseBook<Role>([
  [
    'padding',
    `
      i, im, i am, ill, i will, i have, ive, me, my, mine, we, were, our, us, you, u, ur, your, youre,
      yours, guys, folks, ya, it, its, it is, is, was, be, been, are, am, a, an, the, this, that, thats,
      there, there is, theres, to, of, for, from, at, in, on, as, so, and, just, ok, okay, okey, k, kk,
      well, hi, hello, hey, heya, yo, thanks, thank you, thank u, thankyou, thx, tnx, ty, tysm, cheers,
      please, pls, plz, plse, sir, madam, maam, mate, bro, man, dude, um, umm, uh, uhm, hmm, hm, er, erm,
      oh, ah, sorry, tbh, imo, imho, i guess, i suppose, i think, i believe, i feel, i reckon,
      in my opinion, for me, to me, to be honest, honestly, definitely, absolutely, certainly, totally,
      clearly, obviously, probably, prob, probs, def, easily, easy, simply, only, overall, generally,
      all in all, no doubt, without a doubt, for sure, sure, of course, hands down, all day, all the way,
      yes, yeah, yep, yup, yea, if im honest, if i am honest, if possible, if i may, if i can, if thats ok,
      if you ask me, if im being honest, much, many, very much, so much, a lot, toda, todah, sababa,
      bevakasha, yalla, good morning, good evening, good afternoon, good day, good night, have a nice day,
      have a good day, guess, suppose, think, believe, feel, reckon, one more time, again, did, by, one,
      ones, answer, my answer, solid, strong, full, clear, firm, easy peasy, a big, big fat, a whopping,
      whopping, perfect, round, a big fat, even, if i had to say, if i had to choose, if i had to pick,
      if i must, if anything
    `,
  ],
  [
    'scoring',
    `
      give, gives, gave, given, giving, said, rate, rates, rated, rating, score, scores, scored, scoring, grade, graded,
      mark, marks, say, id say, i would say, lets say, let us say, put, put me down for, put me down as,
      put down, go with, going with, gonna go with, go for, going for, ill go, choose, chose, choosing,
      chosen, pick, picked, picking, picks, select, selected, selecting, take, vote, votes, opt for, option,
      number, num, no., answer is, answers, prefer, want, like to, would like, make it, call it, award,
      deserve, deserves, deserved, earned, liked, like, loved, love, enjoyed, live, pay, paid, lets go with,
      lets go, meant, i meant, mean, i mean, came by, through, via, used, using, got it by
    `,
  ],
  [
    'would',
    `
      would, id, i would, wanted to
    `,
  ],
  [
    'doubt',
    `
      maybe, mayb, may be, perhaps, possibly, about, around, abt, approx, approximately, roughly, some,
      something like, somewhere around, circa, not sure, im not sure, not sure maybe, not quite sure,
      unsure, not certain, idk, dunno, i dont know, dont know, hard to say, difficult to say, ish, or so,
      or thereabouts, give or take, more or less, or something, kinda, sort of, kind of, leaning towards,
      i think maybe, might be, could be, ballpark, like maybe, a bit, a little bit, if i remember correctly,
      if i remember, if im not mistaken, if i recall, if i recall correctly, as far as i remember,
      i think it was
    `,
  ],
  [
    'limit',
    `
      would have, wouldve, id have, i would have, could have, couldve, was going to, were going to, was gonna,
      should have, shouldve, used to be, used to, it used to be, last year, last time, previously, once was,
      at least, atleast, at most, at the most, at the least, more than, less than, greater than, lower than,
      higher than, over, under, above, below, up to, upto, almost, nearly, close to, not quite, just under,
      just over, minimum, maximum, min, max, no more than, no less than, not more than, not less than,
      or more, or less, or above, or below, or higher, or lower, or over, or under, and up, and above,
      and over, and more, plus minus, plus or minus, a bit more than, a little over, before, after, until,
      till, since, higher, lower, near, nearby, outside, not far from
    `,
  ],
  [
    'not',
    `
      not, no, never, nor, dont, do not, doesnt, didnt, wont, will not, wouldnt, would not, cant, cannot,
      couldnt, isnt, is not, arent, wasnt, was not, werent, aint, hardly, neither, without, not a, not an,
      anything but, far from, nowhere near, no way
    `,
  ],
  [
    'if',
    `
      if, unless, only if, provided, as long as, on condition, assuming, when you, once you, had it,
      had you, if only
    `,
  ],
  ['but', 'but,although,though,tho,however,except that,only that,if it wasnt,if not'],
  ['because', 'because,cause,cuz,coz,bcs,bc,since you,due to,as the,cos'],
  [
    'question',
    `
      what, whats, who, whos, whom, why, how, which, where, when, whose, do you, did you, does it,
      does this, is it, is this, is that, are you, can you, could you, would you, should i, do i, can i,
      must i, have you, what is, what are
    `,
  ],
  ['break', 'comma,period,full stop,exclamation mark,exclamation point,question mark,dot,new line,dash'],
  [
    'scale',
    `
      scale, on a scale, on a scale of, on the scale of, in a scale of, scale of, on a scale from,
      from a scale of, a scale of, range of
    `,
  ],
  [
    'except',
    `
      except, except for, all but, everything but, but not, apart from, other than, besides, excluding,
      minus the, anything except, not including
    `,
  ],
  [
    'rank',
    `
      youre number, you are number, you guys are number, ur number, you are no., youre the number,
      the number, are number, is number
    `,
  ],
  [
    'padding',
    `
      אז, אני, אנחנו, אנו, לי, לנו, שלי, שלנו, לכם, לך, להם, אתכם, אתם, אותי, אותנו, תודה, תודה רבה,
      המון תודה, תודה לכם, בבקשה, אנא, נא, מבחינתי, מבחינתנו, לדעתי, לדעתנו, לטעמי, בעיניי, נראה לי,
      נראה לנו, נראה, אני חושב, אני חושבת, חושב, חושבת, חושבים, חושב ש, מניח, מניחה, מניחים, מאמין, מאמינה,
      מרגיש, מרגישה, סבור, סבורה, הוא, היא, זה, זו, זאת, הנה, פה, כאן, היה, הייתה, היו, אוקיי, אוקי,
      אוקי אז, אוקיי אז, בסדר, סבבה, יאללה, נו, וואלה, טוב, טוב אז, היי, הי, הלו, שלום, אהלן, בוקר טוב,
      ערב טוב, צהריים טובים, לילה טוב, שבת שלום, שבוע טוב, אחר צהריים טובים, יום טוב, יום נעים, חג שמח,
      חבר׳ה, חברה, אחי, אחותי, נשמה, מאמי, כפרה, גבר, בכיף, בשמחה, באהבה, בטוח, בטח, ברור, כמובן, בהחלט,
      לגמרי, בוודאות, בהחלט כן, בלי ספק, אין ספק, ללא ספק, פשוט, רק, אפילו, סתם, עגול, עגולה, נקי, נקייה, חלק, מלא,
      מלאה, גדול, חזק, בגדול, באופן כללי, כללית, סך הכל, סהכ, בסך הכל, אממ, אמ, אה, אהה, הממ, המ, יעני,
      כאילו, בעצם, למען האמת, האמת, תכלס, בכנות, אם תשאלו אותי, אם אפשר, אם יורשה לי, אם מותר, אם להיות כנה,
      כן, את, של, על, עם, מה, התשובה, תשובה, התשובה שלי, הבחירה שלי, הבחירה, לצערי, לשמחתי, פלוס מינוס כלום,
      אפשר להגיד, אפשר לומר, בעצמי, בעצמנו, אישית, בלבד, ממני, מצידי, מצדי, עליי, עלי, הכל טוב, רבה,
      מאה אחוז
    `,
  ],
  [
    'scoring',
    `
      נותן, נותנת, נותנים, נותנות, נתתי, נתנו, אתן, ניתן, לתת, תנו, תן, תני, ציון, הציון, ציון של,
      הציון שלי, הציון שלי הוא, בציון, דירוג, הדירוג, הדירוג שלי, מדרג, מדרגת, מדרגים, דירגתי, דרגתי, אדרג,
      נדרג, לדרג, תרשום, תרשמי, תרשמו, רשום, רשמי, רשמו, רושם, רושמת, שים, שימי, שימו, שם, שמה, תשים, תשימי,
      תשימו, תכתוב, תכתבי, תכתבו, כתוב, כתבו, נגיד, בואו נגיד, בוא נגיד, אומר, אומרת, אומרים, אגיד,
      הייתי אומר, הולך על, הולכת על, הולכים על, הולך עם, הולכת עם, בוחר, בוחרת, בוחרים, בוחר ב, אבחר, נבחר,
      בחרתי, בחרנו, לבחור, התכוונתי, התכוונתי ל, התכוונו, התכוונו ל, מגיע לכם, מגיע לה, מגיע לו, מגיע להם, מגיע לכן, מגיע לכולם, מגיע, מספר, המספר,
      אפשרות, האפשרות, אופציה, האופציה, תשובה מספר, סעיף, מעדיף, מעדיפה, מעדיפים, אעדיף, נעדיף, רוצה, רוצים,
      מצביע, מצביעה, מסמן, מסמנת, סימנתי, מסתפק ב, מסתפקת ב, מסתפק, מסתפקת, אהבתי, אהבנו, אהבת, נהניתי,
      נוח לי, הכי נוח לי, הכי נוח, גר, גרה, גרים, שילמתי, שילמנו, משלם, משלמת, סוגר על, זורם על, דרך,
      באמצעות
    `,
  ],
  [
    'would',
    `
      הייתי, היינו, הייתי נותן, הייתי נותנת, הייתי נותנ, היה מקבל, היה יכול להיות, הייתם מקבלים,
      הייתם יכולים לקבל, רציתי לתת, רצינו לתת, היה צריך להיות, כמעט נתתי
    `,
  ],
  [
    'doubt',
    `
      אולי, אפשר, בערך, סביב, בסביבות, בסביבות ה, משהו כמו, פחות או יותר, כנראה, לא בטוח, לא בטוחה,
      לא בטוחים, לא יודע, לא יודעת, לא יודעים, קשה לומר, קשה להגיד, בין לבין, כזה, או משהו, או משהו כזה,
      משהו כזה, בקירוב, לערך, יכול להיות, ייתכן, יתכן, נוטה ל, אם אני זוכר נכון, אם אני זוכרת נכון,
      אם אני זוכר, אם אני זוכרת, אם אני לא טועה, כמדומני, נדמה לי, למיטב זיכרוני
    `,
  ],
  [
    'limit',
    `
      בעבר, שנה שעברה, פעם שעברה, בפעם הקודמת, פעם הייתם, פעם היה, פעם היית, פעם נתתי, פעם הייתי,
      לפחות, מינימום, מקסימום, לכל היותר, לכל הפחות, מעל, מעל ל, מתחת, מתחת ל, יותר, יותר מ, פחות, פחות מ,
      עד, כמעט, קרוב ל, ומעלה, ומטה, או יותר, או פחות, ויותר, ופחות, לא יותר מ, לא פחות מ, לא יותר, לא פחות,
      גבוה מ, נמוך מ, פלוס מינוס, ומשהו, לפני, אחרי, החל מ, גג, ליד, סמוך ל, מחוץ ל, באזור, לקראת
    `,
  ],
  [
    'not',
    `
      לא, אל, אין, אינ, אינני, בלי, ללא, ממש לא, בטח לא, בטח שלא, ברור שלא, בחיים לא, אף פעם לא, לעולם לא,
      לא הייתי, לא היינו, לא נותן, לא נותנת, ולא, שלא, אינו, אינה, חוץ מ לא, רחוק מ
    `,
  ],
  ['if', 'אם,אילו,לו רק,בתנאי,בתנאי ש,רק אם,אלמלא,לולא,במידה,במידה ו,כשיהיה,כש,אם רק,אם היה'],
  ['but', 'אבל,אך,אולם,רק ש,אלא ש,למרות,אמנם,אבל לא'],
  ['because', 'כי,בגלל,מפני,משום,מכיוון,מאחר,עקב,בזכות,בשל,היות'],
  ['question', 'מה,מי,מי זה,למה,איך,כמה,האם,איזה,איזו,אילו,מתי,איפה,מדוע,מאיפה,לאן,מהו,מהי,מה זה,על מה'],
  ['break', 'פסיק,נקודה,סימן קריאה,סימן שאלה,שורה חדשה,מקף'],
  ['scale', 'סולם,בסולם,סולם של,בסולם של,סקלה,בסקלה,סקלה של,בסקלה של,מסולם,מסולם של'],
  ['except', 'חוץ,חוץ מ,חוץ מה,מלבד,פרט ל,למעט,להוציא,אבל לא,אבל בלי,בלי ה,לבד מ,לא כולל'],
  ['rank', 'אתם מספר,אתם המספר,הכי מספר,הם מספר,אתם מקום,מקום'],
]);

/** The role of each token, or undefined for those that carry content. Phrases count whole: "not sure" is doubt, not negation. */
export function rolesOf(tokens: readonly Token[]): Array<Role | undefined> {
  const found: Array<Role | undefined> = [];
  while (found.length < tokens.length) {
    const phrase = roles.match(tokens, found.length) ?? afterAnd(tokens, found.length);
    const to = found.length + (phrase?.length ?? 1);
    while (found.length < to) found.push(phrase?.meaning);
  }
  return found;
}

/** A phrase behind a Hebrew "and": "ותודה". */
function afterAnd(tokens: readonly Token[], index: number): { meaning: Role; length: number } | undefined {
  const token = tokens[index];
  if (!token || token.text.length < 4 || !token.text.startsWith('ו')) return undefined;
  const [bare, ...rest] = [{ ...token, text: token.text.slice(1) }, ...tokens.slice(index + 1, index + 5)];
  return bare && roles.match([bare, ...rest], 0);
}

/** Letters glued to the next word in Hebrew: and, in, to, from, the, as, that. */
export const particles: ReadonlySet<string> = new Set([
  'ו',
  'ב',
  'ל',
  'מ',
  'ה',
  'כ',
  'ש',
  'וב',
  'ול',
  'ומ',
  'וה',
  'כש',
  'שה',
  'מה',
  'בכ',
  'לכ',
]);

/** What a Hebrew word is without the particles glued to its front: up to two of them, leaving two letters at least. */
export function withoutParticles(word: string): string[] {
  const shorter: string[] = [];
  for (let length = 1; length <= 2; length += 1) {
    if (word.length - length >= 2 && particles.has(word.slice(0, length))) shorter.push(word.slice(length));
  }
  return shorter;
}
