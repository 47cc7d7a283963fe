import { PhraseBook } from './phrases.ts';

/**
 * What a phrase says about a yes/no question. `aye` and `nay` answer too, in words that can also mean something else; `does` performs it ("I agree
 * to that"); `fair` is praise that agrees. `open` leaves the question open, `half` takes part of the answer back, `mock` all of it. `not` needs the words after it;
 * `filler` says nothing.
 */
export type Stance =
  | 'yes'
  | 'no'
  | 'aye'
  | 'nay'
  | 'does'
  | 'fair'
  | 'not'
  | 'open'
  | 'half'
  | 'mock'
  | 'filler';

/** Phrases that answer a yes/no question, or decidedly do not. */
export const stances = new PhraseBook<Stance>([
  [
    'filler',
    `
      i, im, i am, ill, i will, me, we, us, you, u, it, its, that, this, that is, so, well, ok so, and, a,
      an, the, my, mate, bro, sir, madam, maam, man, dude, guys, hi, hello, hey, um, umm, uh, hmm, hm, er,
      oh, ah, please, pls, plz, thanks, thank you, thx, ty, thank u, thanks a lot, thank you very much,
      thanks so much, many thanks, cheers, just, sadly, unfortunately, luckily, fortunately, regrettably,
      do, did, does, am, is, was, would, will, have, has, with, to, honestly, tbh, then, its ok, its okay,
      its fine, thats ok, thats okay, im good, im fine, im ok, all good, i think, i guess, i believe,
      i suppose, i would say, id say, for me, by me, from me, with me, on my side, no worries mate, lol,
      sababa toda, toda, todah, toda raba, bevakasha, answer is, my answer is, the answer is, to that,
      to this, everything, to everything, to all, all good
    `,
  ],
  [
    'yes',
    `
      yes, y, yep, yup, yeah, yea, ya, yah, yass, yas, ye, yh, yeh, yes please, yes pls, yes plz, yess, yse,
      yez, yesh, yaa, yis, yup yup, yes yes, yesyes, yes sir, yes i do, yes it did, yes it is, affirmative,
      true, correct, positive, aye, indeed, uh huh, uhuh, mhm, mm hmm, hell yeah, hell yes, heck yes,
      oh yes, oh yeah, ken, betach, kn, jes
    `,
  ],
  [
    'aye',
    `
      sure, sure thing, of course, ofc, course, absolutely, definitely, def, defo, deffo, certainly,
      totally, for sure, without a doubt, no doubt, no doubt about it, without doubt, by all means,
      obviously, naturally, clearly, exactly, precisely, right, thats right, you bet, you betcha, 100, 100%,
      hundred percent, a hundred percent, one hundred percent, ok, okay, okey, okey dokey, k, kk, oki, okie,
      okays, alright, all right, fine, fine by me, fine with me, ok fine, thats fine, works for me,
      sounds good, sounds great, sounds fine, go ahead, go for it, feel free, be my guest, no problem,
      no problemo, np, no prob, no probs, no worries, not a problem, no objection, no objections,
      i have no objection, i dont mind at all, dont mind at all, why not, y not, why wouldnt i, gladly,
      happily, with pleasure, my pleasure, id love to, id love that, love to, would love to, id be happy to,
      happy to, id like that, i would like that, please do, call me, call me back, please call,
      please call me, you can call, you can call me, please contact me, contact me, that would be great,
      would be great, that would be nice, that would be good, that works, that works for me, i think so,
      i believe so, think so, i guess so, guess so, i suppose so, i hope so, it did, it does, it is, it has,
      it was, i did, i do, i am, i have, i was, i will, it will, they did, he did, she did, we did, we do,
      we are, you may, you can, you did, you have my permission, permission granted, i do, granted, allowed,
      deal, count me in, im in, im up for it, interested, im interested, very interested, sababa, beseder,
      yalla, bekef, bevadai, received, got it, i got it, resolved, solved, arrived, it arrived, it came,
      arrived fine, all arrived, fixed, sorted, its fixed, it is resolved, its resolved, done, it worked,
      works, working, that is correct, thats correct, thats true, very much so, very much, 👍, ✅, ✔, ☑, 👌, 💯,
      🆗, 🙋, 🙆, +1
    `,
  ],
  [
    'no',
    `
      no, n, nope, nop, noo, nah, nahh, naw, na, nay, npoe, negative, false, no no, nono, no no no,
      sadly not, unfortunately not, im afraid not, afraid not, sadly no, no sir, hell no, heck no, oh no,
      no way, no way in hell, no chance, not a chance, not at all, not in the slightest, never, never ever,
      absolutely not, definitely not, certainly not, of course not, obviously not, surely not, clearly not,
      totally not, for sure not, sure not, by no means, in no way, not really, not realy, not yet,
      no not yet, still no, still not, still nothing, not so far, not quite, i dont think so, dont think so,
      i do not think so, i dont believe so, i think not, i guess not, guess not, i suppose not,
      probably not, prob not, i hope not, it didnt, it did not, it doesnt, it does not, it isnt, it is not,
      it hasnt, it has not, it wasnt, it was not, i didnt, i did not, i dont, i do not, im not, i am not,
      i havent, i have not, i wasnt, i was not, i wont, i will not, they didnt, they did not, he didnt,
      she didnt, we didnt, we dont, we arent, didnt, doesnt, wasnt, isnt, nothing arrived, never arrived,
      it never arrived, didnt arrive, it didnt arrive, didnt come, it never came, never came, not arrived,
      did not arrive, it did not arrive, not resolved, unresolved, wasnt resolved, not solved, not fixed,
      still waiting, im still waiting, not received, didnt get it, never got it, i didnt get it,
      i never got it, lo, lo toda, lo lo, mamash lo, bichlal lo, ein matzav, ma pitom, nein danke no, 👎, ❌,
      ✖, ✗, 🙅, 🚫, ⛔
    `,
  ],
  [
    'nay',
    `
      no need, no need to, no thanks, no thank you, no thx, no ty, nothanks, not needed, not necessary,
      not required, thats not necessary, that wont be necessary, dont bother, dont, please dont, pls dont,
      do not, not interested, im not interested, i am not interested, uninterested, id rather not,
      i would rather not, rather not, prefer not, prefer not to, i prefer not to, id prefer not to,
      id prefer not, i would prefer not, not for me, not thanks, ill pass, i pass, hard pass, pass on that,
      disagree, i disagree, i strongly disagree, dont agree, do not agree, i dont agree, i do not agree,
      not agreed, dont accept, do not accept, i dont accept, not accepted, i do not accept, dont consent,
      do not consent, i dont consent, i do not consent, no consent, dont approve, do not approve,
      i dont approve, not approved, decline, declined, i decline, refuse, refused, i refuse, denied, deny,
      reject, rejected, i reject, object, i object, not allowed, forbidden, dont record, do not record,
      dont record me, dont call, do not call, dont call me, please dont call, no recording, no calls,
      without recording, i dont want, i dont want to, dont want, dont want to, i do not want, do not want,
      i dont want it, i dont want that, not ok, not okay, not fine, not correct, incorrect, wrong, not true,
      not right, thats wrong, not good, not agree, im out, count me out, nothing, forget it,
      forget about it, nevermind, never mind, no deal, no permission
    `,
  ],
  [
    'does',
    `
      agree, agreed, i agree, we agree, i do agree, accept, accepted, i accept, i do accept, consent,
      i consent, i do consent, approve, approved, i approve, i confirm, confirmed, confirm, i allow, allow,
      i authorise, i authorize, authorised, authorized
    `,
  ],
  [
    'does',
    `
      מאשר, מאשרת, מאשרים, מאשרות, מסכים, מסכימה, מסכימים, מסכימות, מקבל, מקבלת, מקבלים, אשמח, אשמח מאוד,
      אשמח מאד, אשמח אם, אשמח מאוד אם, נשמח אם, נשמח, נשמח מאוד, הסכמתי, מוכן, מוכנה, מוכנים, נותן אישור,
      נותנת אישור, נותן הסכמה, נותנת הסכמה
    `,
  ],
  [
    'fair',
    `
      good, great, cool, perfect, nice, lovely, awesome, excellent, achla, אחלה, מעולה, מצוין, מצויין, טוב,
      טוב מאוד, יופי, נהדר, מושלם
    `,
  ],
  ['not', 'not,cant,cannot,wont,wouldnt,would not,couldnt,hardly,neither,nor,without'],
  [
    'open',
    `
      maybe, mayb, may be, perhaps, possibly, idk, dunno, dont know, i dont know, i do not know,
      do not know, no idea, not sure, im not sure, i am not sure, unsure, not certain, not so sure,
      hard to say, hard to tell, cant say, cant remember, cannot remember, dont remember, i dont remember,
      not that i remember, i forgot, depends, it depends, depending, that depends, we will see, well see,
      lets see, will see, ill think, ill think about it, let me think, let me check, i need to check,
      need to check, have to check, i dont mind, dont mind, dont care, i dont care, whatever, either,
      either way, up to you, doesnt matter, does not matter, it doesnt matter, who knows, no clue,
      not my decision, fifty fifty, 50 50, yes and no, yes or no, wouldnt say no, would not say no,
      cant complain, wouldnt say that, wouldnt say yes, not no, not a no, not exactly a no, both, if,
      only if, unless, as long as, provided, on condition, only when, say what, 🤷, 🤔, 🤨, 😐, 😕, ❓
    `,
  ],
  [
    'half',
    `
      partly, partially, part of it, some of it, half, half of it, halfway, kinda, kind of, sort of, sorta,
      somewhat, more or less, ish, yesish, to some extent, to a degree, not everything, not all,
      not all of it, not fully, not completely, not entirely, not totally, not always, not anymore,
      sometimes, almost, nearly, mostly, in part, so so, meh, except
    `,
  ],
  [
    'mock',
    `
      yeah right, ya right, yea right, yeah sure, as if, in my dreams, in your dreams, in another life,
      sure jan, when pigs fly, very funny, what a joke, you wish, i wish, yeah no, yes no, no yes,
      yes well no, 🙄
    `,
  ],
  [
    'filler',
    `
      אז, אני, אנחנו, אנו, לי, לנו, שלי, לכם, אותי, זה, את, את זה, לזה, על זה, תודה, תודה רבה, המון תודה,
      בבקשה, אנא, היי, הי, שלום, אהלן, אממ, אמ, אה, המ, הממ, אח, אחי, אחותי, נשמה, מאמי, כפרה, גבר, חברה,
      וואלה, יא, מבחינתי, לדעתי, מצידי, מצדי, מבחינתנו, האמת, האמת ש, תכלס, בעצם כן, פשוט, רק, גם, ו, הוא,
      היא, היה, הייתה, הם, עם, לכל, הכל, הכל בסדר, הכל טוב, לכולם, התשובה, התשובה היא, התשובה שלי, אומר,
      אומרת, חושב, חושבת, אני חושב, אני חושבת, נראה לי, חושב ש, לצערי, לצערי הרב, לשמחתי, בינתיים, כרגע,
      עכשיו, מאוד, מאד, מאוד תודה, על הכל, בשמחה רבה, ברצון רב, אליכם, איתכם, מכם
    `,
  ],
  [
    'yes',
    `
      כן, כנ, כן בבקשה, כן כן, כן כן כן, יס, יאפ, יפ, יאה, אהה כן, חיובי, אכן, נכון, נכון מאוד, אמת,
      כן כן מאוד, כן בהחלט, כן ודאי, איזה שאלה, קן בטח, כןכן
    `,
  ],
  [
    'aye',
    `
      בטח, בטח בטח, ברור, ברור מאליו, בוודאות, ברור לגמרי, לגמרי, לגמרי כן, חד משמעית, חד וחלק, בוודאי,
      ודאי, וודאי, בודאי, בהחלט, כמובן, מאה אחוז, 100, 100%, 100 אחוז, איך לא, בלי ספק, ללא ספק, אין ספק,
      ללא צל של ספק, בטוח, בטוח שכן, ברור שכן, בטח שכן, כמובן שכן, נראה לי שכן, חושב שכן, חושבת שכן,
      אני חושב שכן, אני חושבת שכן, בשמחה, בשמחה רבה, בכיף, בכיף גדול, ברצון, בחפץ לב, באהבה, למה לא,
      אין בעיה, אין בעיות, ללא בעיה, אין לי בעיה, אין לי התנגדות, אין התנגדות, סבבה, סבבה לגמרי, יאללה,
      יאללה כן, אוקיי, אוקי, אוקיי כן, או קיי, אוק, בסדר, בסדר גמור, בסדר מבחינתי, מבחינתי בסדר, קטן עליכם,
      זורם, זורמת, זורמים, לכו על זה, קדימה, דברו, תתקשרו, תתקשרו אליי, תתקשרו אלי, תחזרו אליי, תחזרו אלי,
      תחזור אליי, התקשרו, התקשרו אליי, דברו איתי, צרו קשר, צרו איתי קשר, אפשרי, אפשר להתקשר,
      אפשר לחזור אליי, אפשר, אפשר בהחלט, בהחלט אפשר, מותר, מותר לכם, מאושר, אישור, מוסכם, הסכמה, מקובל,
      מקובל עליי, מקובל עלי, מקובל עלינו, רוצה, רוצים, רוצות, מעוניין, מעוניינת, מעוניינים, מענין, מענינת,
      יש, יש לי, יש מצב, היה, הייתה, הגיע, הגיעה, הגיעו, קיבלתי, קיבלנו, נפתר, נפתרה, נפתרו, טופל, טופלה,
      הסתדר, תוקן, עשיתי, 👍, ✅, ✔, ☑, 👌, 💯, 🆗, 🙋, 🙆
    `,
  ],
  [
    'no',
    `
      לא, לא לא, לא לא לא, לאא, נופ, שלילי, ממש לא, בכלל לא, כלל לא, כלל וכלל לא, לגמרי לא, לחלוטין לא,
      אין מצב, אין סיכוי, מה פתאום, מה פתאומ, חס וחלילה, חס ושלום, השתגעתם, ברור שלא, בטח שלא, בטח לא,
      כמובן שלא, בוודאי שלא, ודאי שלא, בהחלט לא, בהחלט שלא, חד משמעית לא, ממש ממש לא, בחיים לא,
      בשום אופן לא, בשום אופן, בשום פנים, בשום פנים ואופן, אף פעם, אף פעם לא, מעולם לא, לעולם לא,
      לא נראה לי, לא נראה, לא חושב, לא חושבת, לא חושב ככה, אני לא חושב, אני לא חושבת, חושב שלא, חושבת שלא,
      נראה לי שלא, כנראה שלא, כנראה לא, עדיין לא, עוד לא, לא עדיין, טרם, עד עכשיו לא, לא כרגע, לא ממש,
      לא באמת, לא במיוחד, לא נכון, אין, אין לי, לא היה, לא הייתה, לא הגיע, לא הגיעה, לא הגיעו, עוד לא הגיע,
      עדיין לא הגיע, לא קיבלתי, עוד לא קיבלתי, לא קיבלנו, לא נפתר, לא נפתרה, לא טופל, לא הסתדר, לא תוקן,
      עדיין מחכה, עדיין מחכים, עוד מחכה, 👎, ❌, ✖, ✗, 🙅, 🚫, ⛔
    `,
  ],
  [
    'nay',
    `
      לא תודה, לא רוצה, לא רוצים, לא צריך, לא צריכה, לא צריכים, אין צורך, אין לי צורך, לא נחוץ, לא דרוש,
      לא חייבים, לא חייב, לא מעוניין, לא מעוניינת, לא מעוניינים, לא מענין, לא מאשר, לא מאשרת, לא מאשרים,
      לא מסכים, לא מסכימה, לא מסכימים, לא מקובל, לא מקובל עליי, לא מקובל עלי, לא אפשר, אי אפשר, לא ניתן,
      אסור, מסרב, מסרבת, מסרבים, מתנגד, מתנגדת, מתנגדים, סירוב, דוחה, מעדיף שלא, מעדיפה שלא, מעדיפים שלא,
      מעדיף לא, מעדיפה לא, עדיף שלא, עדיף לא, אעדיף שלא, מוותר, מוותרת, מוותרים, אוותר, נוותר, ותרו, עזבו,
      עזוב, עזבי, תעזבו, תעזוב, לא להקליט, אל תקליטו, בלי הקלטה, לא להתקשר, אל תתקשרו, בלי שיחות, שלא,
      לא בסדר, לא טוב, לא בא לי, לא מתאים, לא מתאים לי, לא עכשיו תודה, לא בשבילי, לא אשמח, חבל על הזמן שלכם,
      שכחו מזה, תשכחו מזה, אל תטרחו
    `,
  ],
  ['not', 'אל,בלי,ללא,מבלי,אינני,איני'],
  [
    'open',
    `
      אולי, יכול להיות, ייתכן, יתכן, לא יודע, לא יודעת, לא יודעים, אין לי מושג, אין מושג, לא בטוח, לא בטוחה,
      לא בטוחים, לא ברור, תלוי, תלוי מתי, זה תלוי, לא זוכר, לא זוכרת, לא זוכרים, לא זכור לי, לא זכור,
      לא ברור לי, שכחתי, לא משנה, לא משנה לי, לא אכפת לי, לא אכפת, כן ולא, גם וגם, גם כן וגם לא, כן או לא,
      נראה, נראה לאן, נחיה ונראה, אחשוב, אחשוב על זה, צריך לחשוב, צריכה לחשוב, צריך לבדוק, צריכה לבדוק,
      אבדוק, קשה לומר, קשה להגיד, מה שתגידו, לשיקולכם, מה שנוח לכם, איך שנוח לכם, חצי חצי, רק אם, אם, בתנאי,
      בתנאי ש, במידה, לא הייתי אומר, לא הייתי אומרת, לא הייתי אומר שלא, לא הייתי אומרת שלא, לא יגיד לא,
      לא אגיד לא, נו, 🤷, 🤔, 🤨, 😐, 😕, ❓
    `,
  ],
  [
    'half',
    `
      חלקית, באופן חלקי, חלק, בחלקו, חלק כן חלק לא, חצי, בערך, פחות או יותר, איכשהו, סוג של, ככה ככה,
      לא הכל, לא הכול, לא כולם, לא לגמרי, לא עד הסוף, לא במלואו, לא לחלוטין, לא תמיד, לפעמים, כמעט, ברובו,
      רובו, בקושי, חוץ מ, מלבד, לא בדיוק
    `,
  ],
  [
    'mock',
    `
      בחלום, בחלומות, בחלומות שלכם, כאילו דא, כן בטח בחלום, כן כן כמו ש, כמו שאתם, ניסיתם, בחיים האחרים,
      כשיצמחו לי, צוחקים עליי, איזה צחוק, 🙄
    `,
  ],
]);
