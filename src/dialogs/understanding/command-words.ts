import type { Command } from './reading.ts';

/**
 * How each command is said. A message is the command when it has a `core` (or a `weak` core with a `verb`) and otherwise only `filler`.
 * Phrases are separated by commas.
 */
export interface CommandWords {
  core: string;
  weak?: string;
  verb?: string;
  filler?: string;
}

/** What any command may be wrapped in. */
export const politeWords = `
    please, pls, plz, plse, thanks, thank you, thx, ty, hi, hello, hey, ok, okay, now, right now, asap, i,
    im, id, ill, we, you, u, can, could, would, may, want, want to, wanna, like, would like, need, need to,
    just, to, me, can i, can you, can we, could you, is it possible, בבקשה, אנא, נא, תודה, תודה רבה, היי,
    הי, שלום, אוקיי, אז, אני, אנחנו, אפשר, ניתן, האם, רוצה, רוצים, צריך, צריכה, צריכים, מבקש, מבקשת, מבקשים,
    אבקש, אשמח, עכשיו, מיד, מייד, דחוף, פשוט, לי, לנו
  `;

/**
 * Opt-outs: the reserved words of SMS providers, and every plain way to ask that nothing more be sent. Listed first, since stop always wins.
 */
export const stopWords: CommandWords = {
  core: `
      stop, stopp, stpo, sotp, stop it, stop this, stop all, stopall, unsubscribe, unsubscribe me,
      unsubcribe, unsubscibe, unsuscribe, unsubscirbe, unsubscribed, unsubsribe, unsub, optout, opt out,
      opt me out, opting out, opt us out, remove me, remove us, remove my number, remove my details,
      remove my phone, delete me, delete us, delete my number, delete my details, erase me,
      erase my details, take me off, take us off, take my number off, leave me off, get me off, keep me off,
      dont text me, dont text us, do not text me, dont text, do not text, dont message me,
      do not message me, dont message, dont contact me, do not contact me, dont contact, do not contact,
      dont write to me, do not write to me, dont write me, dont email me, dont send me, do not send me,
      dont send, do not send, never text me, never contact me, never message me, dont call or text me,
      dont text or call me, no more messages, no more texts, no more sms, no more emails, no more surveys,
      no more spam, stop texting, stop messaging, stop sending, stop contacting, stop writing,
      stop bothering, stop harassing, stop spamming, stop emailing, stop pestering, quit texting,
      quit messaging, quit sending, dont want to get, do not want to get, dont want to receive,
      do not want to receive, dont want any more messages, dont want these messages,
      dont want your messages, dont want messages, dont want any messages, do not want these messages,
      do not want any more messages, no longer want to receive, dont send me anything, leave me alone,
      lose my number, cancel subscription, cancel my subscription, cease, haser, hasiru, tasiru oti, הסר,
      הסרה, להסרה, להסיר, הסירו, הסירי, הסירני, תסיר, תסירי, תסירו, הסרת, הסירונא, להסירני, תסירוני, שתסירו,
      שתסירו אותי, אל תטרידו אותי, אל תטרידו, תפסיקו להטריד, לא מעוניין בהודעות, לא מעוניינת בהודעות,
      לא מעוניינים בהודעות, לא רוצה שתשלחו, לא רוצה שתכתבו, מספיק לשלוח, ביטול מנוי, לבטל מנוי, בטלו מנוי,
      להוציא אותי, תוציאי אותי, תוציאו אותנו, הסירוני, עצור, עצרו, עצרי, לעצור, תעצור, תעצרי, תעצרו, הפסק,
      הפסיקו, הפסיקי, להפסיק, תפסיק, תפסיקי, תפסיקו, סטופ, סטופפ, תורידו אותי, תוריד אותי, תורידי אותי,
      הורידו אותי, הורד אותי, להוריד אותי, תורידו אותנו, הורידו אותנו, תורידו את המספר, תמחקו אותי,
      תמחק אותי, תמחקי אותי, מחקו אותי, מחק אותי, למחוק אותי, תמחקו אותנו, תמחקו את המספר, תוציאו אותי,
      הוציאו אותי, תוציא אותי, אל תשלחו, אל תשלחו לי, אל תשלח, אל תשלח לי, אל תשלחי, אל תשלחי לי, לא לשלוח,
      לא לשלוח לי, תחדלו, חדלו, אל תכתבו לי, אל תפנו אליי, אל תפנו אלי, אל תסמסו לי, לא רוצה לקבל,
      לא רוצים לקבל, לא מעוניין לקבל, לא מעוניינת לקבל, לא מעוניינים לקבל, אין לי עניין לקבל, לא מסכים לקבל,
      לא מסכימה לקבל, לא רוצה הודעות, לא רוצה יותר הודעות, לא רוצה עוד הודעות, בלי הודעות, די עם ההודעות,
      מספיק עם ההודעות, די להודעות, תפסיקו עם ההודעות, ביטול הרשמה, לבטל הרשמה, בטלו הרשמה, בטל הרשמה,
      לבטל את ההרשמה, לבטל מנוי להודעות, ביטול דיוור, עזבו אותי במנוחה, תעזבו אותי במנוחה, תעזבו אותי בשקט,
      עזבו אותי בשקט
    `,
  filler: `
      us, my, this, these, that, it, the, all, your, u, ur, from, of, off, with, for, by, about, on, list,
      lists, mailing list, mailing lists, contact list, contacts, mailing, distribution, messages, message,
      msgs, msg, texts, text, texting, messaging, sms, smses, emails, email, mails, mail, surveys, survey,
      notifications, notification, spam, spamming, sending, contacting, writing, bothering, harassing,
      emailing, pestering, calling, calls, phone, call, or, and, immediately, already, again, anymore,
      any more, any, more, ever, ever again, at once, guys, number, subscription, updates, everything,
      database, records, system, how do i, how to, how can i, no, nope, nah, not, no thanks, no thank you,
      not interested, im not interested, dont agree, i dont agree, disagree, dont want, enough,
      enough already, sick of, tired of, im sick of, so many, fucking, fuck, damn, hell, bloody, bs,
      bullshit, god, sake, for gods sake, oh, omg, yes, get, receive, getting, receiving, asking, let, but,
      said, asked, told, i said, i asked, i told you, already asked, garbage, crap, junk, nonsense,
      anything, nothing, request, go, completely, forever, permanently, אבל, בקשה, ביקשתי, ביקשנו, אמרתי,
      אמרנו, ביקשתי כבר, השטויות, שטויות, הזבל, הדברים, כלום, השיבו, השב, השיבי, לאלתר, מנוי, ממני, שום דבר,
      אותי, אותנו, את, המספר, מספר, המספר שלי, שלי, שלנו, מהרשימה, מהרשימות, מרשימת, מרשימות, רשימת, רשימות,
      התפוצה, תפוצה, הרשימה, הרשימות, רשימה, מכל, כל, מכם, שלכם, מאגר, ממאגר, המידע, מהמאגר, המאגר, הדיוור,
      דיוור, מהדיוור, הודעות, ההודעות, הודעה, ההודעה, בהודעות, סמסים, סמס, הסמסים, מיילים, מייל, סקרים,
      הסקרים, סקר, הסקר, שאלונים, השאלונים, שאלות, ספאם, הספאם, לשלוח, לשלוח לי, לשלוח לנו, לכתוב, לכתוב לי,
      להציק, להציק לי, להטריד, להטריד אותי, להספים, לחפור, לחפור לי, לבלבל, לבלבל לי את המוח, לנדנד, לשגע,
      לפנות אליי, לפנות אלי, להתקשר, להתקשר אליי, לי, לנו, אליי, אלי, אלינו, עם, האלה, האלו, הללו, אלה, אלו,
      זה, הזה, כבר, די, די כבר, מספיק, מספיק כבר, יותר, עוד, שוב, לתמיד, לצמיתות, נמאס, נמאס לי, לא,
      לא תודה, לא רוצה, לא מעוניין, לא מעוניינת, לא מעוניינים, לא מסכים, לא מסכימה, לא מסכימים, איך, כיצד,
      לקבל, מזה, יאללה, לעזאזל, בחייכם, בחיאת, תנו לי מנוחה, אל תתקשרו, ואל תשלחו, ואל תשלחו הודעות,
      ואל תתקשרו, כבר מספיק, חבר׳ה, ממכם, מהמערכת, מהמערכת שלכם, אותי מיד, וזהו, כן
    `,
};

/** Words that providers take as an opt-out too, but that say so only alone. */
export const stopAlone: CommandWords = {
  core: `
    cancel, end, quit, revoke, remove, arret, td, הורד, הורידו, הורידי, להוריד, תוריד, תורידי, תורידו, מחק,
    מחקו, תמחקו
  `,
};

/** Hebrew verbs that "לא" before them turns round, as it does not turn round an imperative ("לא, הסר"). */
export const negatableStops = `
    להסיר, להפסיק, לעצור, תסיר, תסירי, תסירו, תפסיק, תפסיקי, תפסיקו, תעצור, תעצרו, תעצרי, להסרה, להוריד,
    למחוק, להוציא, לבטל, לחסום, לצאת, לרדת, מבטל, מבטלת, מבטלים
  `;

/** The other commands, in the order in which they are tried. */
export const otherCommands: ReadonlyArray<readonly [Exclude<Command, 'stop'>, CommandWords]> = [
  [
    'language:he',
    {
      core: `
        hebrew, heb, ivrit, עברית, בעברית, לעברית, dont speak english, do not speak english,
        dont understand english, no english, לא מבין אנגלית, לא מבינה אנגלית, לא מדבר אנגלית,
        לא מדברת אנגלית, לא יודע אנגלית, לא יודעת אנגלית, לא באנגלית
      `,
      filler: `
          in, switch, change, speak, talk, write, do, this, it, the, language, prefer, only, continue, lets,
          answer, be, is, there, available, version, have, do you have, instead, לעבור, עבור, תעברו, עברו,
          לדבר, לכתוב, לענות, מעדיף, מעדיפה, שפה, השפה, את השפה, להחליף, תחליפו, החלף, החליפו, שנו, לשנות,
          יש, יש לכם, רק, להמשיך, נמשיך, דברו איתי, דבר איתי, את זה, את, זה, גם, שיחה
        `,
    },
  ],
  [
    'language:en',
    {
      core: `
        english, eng, anglit, אנגלית, באנגלית, לאנגלית, dont speak hebrew, do not speak hebrew,
        dont understand hebrew, dont read hebrew, cant read hebrew, no hebrew, לא מבין עברית,
        לא מבינה עברית, לא מדבר עברית, לא יודע עברית, לא בעברית
      `,
      filler: `
          in, switch, change, speak, talk, write, do, this, it, the, language, prefer, only, continue, lets,
          answer, be, is, there, available, version, have, do you have, instead, לעבור, עבור, תעברו, עברו,
          לדבר, לכתוב, לענות, מעדיף, מעדיפה, שפה, השפה, את השפה, להחליף, תחליפו, החלף, החליפו, שנו, לשנות,
          יש, יש לכם, רק, להמשיך, נמשיך, דברו איתי, דבר איתי, את זה, את, זה, גם, שיחה
        `,
    },
  ],
  [
    'human',
    {
      core: `
          human, a human, agent, an agent, representative, a representative, rep, operator, real person,
          a real person, live person, live agent, real human, human being, human agent, customer service,
          customer support, support agent, service agent, service rep, someone real, somebody real,
          actual person, actual human, natzig, netzig, natziga, נציג, נציגה, לנציג, לנציגה, בנציג,
          נציג אנושי, לנציג אנושי, נציג שירות, לנציג שירות, נציגת שירות, מענה אנושי, למענה אנושי, בן אדם,
          לבן אדם, בנאדם, אדם אמיתי, שירות לקוחות, לשירות לקוחות, מוקדן, מוקדנית, אנושי, מישהו אנושי,
          מישהו אמיתי, מישהי אנושית, גורם אנושי, יש עם מי לדבר, עם מי אפשר לדבר, עם מי מדברים, אייג׳נט
        `,
      weak: `
        person, someone, somebody, anyone, people, manager, a manager, supervisor, מישהו, מישהי, למישהו,
        אדם, מנהל, מנהלת, למנהל, מוקד, למוקד
      `,
      verb: `
        talk, talk to, speak, speak to, speak with, talk with, connect, transfer, put me through, pass me,
        chat with, get me, reach, לדבר, לדבר עם, לשוחח, לשוחח עם, תעבירו, תעביר, תעבירי, העבירו, העבר,
        להעביר, חברו, תחברו, שיחה עם, תנו לי, תן לי
      `,
      filler: `
          with, a, an, there, is there, let, give, call, contact, urgently, urgent, instead, rather, prefer,
          live, real, from, your, team, service, id rather, through, and, pass, talking, speaking, some,
          אותי, אותנו, את, ל, עם, מעדיף, מעדיפה, מעדיפים, לקבל, שיחה, שיחזור אליי, שיחזור אלי, שיחזרו אליי,
          יש, יש שם, מענה, אליי, אלי, דחוף, בדחיפות, של, שירות, אפשרי, שידבר איתי, שיעזור לי, כאן
        `,
    },
  ],
  [
    'help',
    {
      core: `
        help, help me, info, need help, can you help, can you help me, could you help me, assistance, hlep,
        halp, עזרה, עיזרה, צריך עזרה, צריכה עזרה, תעזרו לי, תעזור לי, תעזרי לי, עזרו לי, עזור לי, תעזרו,
        עזרו, סיוע, ezra, azara, הלפ, אפשר עזרה, לקבל עזרה
      `,
      filler: `
          some, a bit of, a little, with this, with, this, get, here, קצת, עם זה, עם, זה, פה, כאן,
          אתם יכולים, תוכלו, לקבל, בזה, הצילו
        `,
    },
  ],
  [
    'restart',
    {
      core: `
        restart, start over, start again, start all over, from the beginning, from the start, begin again,
        start from the beginning, start from the start, start from scratch, from scratch, do over, reset,
        start anew, מחדש, התחל מחדש, התחילו מחדש, להתחיל מחדש, תתחיל מחדש, תתחילו מחדש, נתחיל מחדש,
        התחלה מחדש, מההתחלה, מהתחלה, להתחיל מההתחלה, התחל מההתחלה, מהתחלה שוב, להתחיל שוב, לאתחל, אתחל,
        אתחול, איפוס
      `,
      filler: `
          survey, the, this, everything, all, again, lets, over, it, go, הסקר, השאלון, את, הכל, שוב, נתחיל,
          בואו, תתחילו, להתחיל, לחזור, הכול
        `,
    },
  ],
  [
    'start',
    {
      core: `
        start, unstop, subscribe, resubscribe, begin, lets start, lets begin, lets go start, opt in, optin,
        sign me up, התחל, התחילי, התחילו, להתחיל, התחלה, נתחיל, בואו נתחיל, להצטרף, הצטרפות, הצטרף, הצטרפו,
        תצרפו אותי, להירשם, רשמו אותי
      `,
      filler: 'survey,the,this,lets,now,again,הסקר,השאלון,את,יאללה,בואו,שוב,קדימה',
    },
  ],
  [
    'back',
    {
      core: `
        back, go back, going back, previous, previous question, prior question, last question,
        the previous one, undo, one back, step back, חזור, חזרי, חזרו, תחזור, תחזרי, תחזרו, לחזור, חזרה,
        אחורה, לאחור, צעד אחורה, אחד אחורה, שאלה קודמת, השאלה הקודמת, לשאלה הקודמת, לשאלה קודמת, הקודמת,
        הקודם, קודמת, התשובה הקודמת, לתשובה הקודמת, קודם, נחזור, hazor, chazor, hazara, ahora
      `,
      filler: `
          go, going, take, one, a, the, step, question, before, oops, wait, sorry, mistake, made a mistake,
          i made a mistake, last, previous, my, answer, change, fix, wrong, wrong answer, לשאלה, שאלה,
          השאלה, רגע, אופס, סליחה, טעיתי, טעות, צעד, אחת, אחד, תן, תנו, בחזרה, שוב, הייתה, שלי, התשובה, לתקן
        `,
    },
  ],
  [
    'skip',
    {
      core: `
          skip, skip it, skipp, skip this, pass, next, next one, next question, the next question, move on,
          moving on, lets move on, no comment, prefer not to answer, rather not answer, dont want to answer,
          do not want to answer, not answering, wont answer, no answer, daleg, dalgi, דלג, דלגי, דלגו, תדלג,
          תדלגי, תדלגו, לדלג, דילוג, נדלג, הבא, הבאה, השאלה הבאה, שאלה הבאה, לשאלה הבאה, הלאה, לעבור הלאה,
          עבור הלאה, עברו הלאה, תעברו הלאה, נעבור הלאה, נמשיך הלאה, לא רוצה לענות, לא רוצים לענות,
          מעדיף לא לענות, מעדיפה לא לענות, מעדיפים לא לענות, מעדיף שלא לענות, מעדיפה שלא לענות, לא לענות,
          לא עונה, בלי תשובה, סקיפ, פס על זה
        `,
      filler: `
          this, the, that, one, question, questions, it, let, lets, on, over, go, going, id, rather, prefer,
          על, את, השאלה, שאלה, לשאלה, הזו, הזאת, זה, זו, על זה, לעבור, לעבור ל, עברו, נעבור, תעברו, בואו,
          יאללה, הפעם
        `,
    },
  ],
  [
    'pause',
    {
      core: `
          pause, later, l8r, l8er, not now, maybe later, perhaps later, remind me later, remind me,
          another time, some other time, other time, im busy, busy, busy now, busy right now, cant now,
          cant right now, cant talk now, cant talk right now, no time now, no time right now,
          dont have time now, dont have time right now, ask me later, ask later, come back later,
          get back to you later, talk later, brb, in a bit, in a minute, a bit later, after work, אחר כך,
          אחכ, אח"כ, לא עכשיו, מאוחר יותר, יותר מאוחר, בהמשך, הפסקה, השהה, השהיה, תזכירו לי,
          תזכירו לי אחר כך, תזכירו לי מאוחר יותר, תזכיר לי אחר כך, תזכיר לי מאוחר יותר, אין לי זמן עכשיו,
          אין לי זמן כרגע, אין זמן עכשיו, לא יכול עכשיו, לא יכולה עכשיו, לא יכול כרגע, לא יכולה כרגע, עסוק,
          עסוקה, עסוק עכשיו, עסוקה עכשיו, עסוק כרגע, עסוקה כרגע, באמצע משהו, פעם אחרת, בפעם אחרת, בזמן אחר,
          נדבר אחר כך, אחזור אליכם, אחזור אחר כך, תחזרו אליי אחר כך, achar kach, lo achshav
        `,
      filler: `
          sorry, maybe, a, bit, ill, answer, do it, do, it, this, that, continue, finish, ill do it,
          ill answer, time, today, this evening, tonight, tomorrow, ok, im, driving, in a meeting, working,
          at work, סליחה, אולי, אענה, אמשיך, נמשיך, אעשה, אעשה את זה, את זה, זה, קצת, היום, מחר, מחר בבוקר,
          בערב, מצטער, מצטערת, בעבודה, בפגישה, נוהג, נוהגת, אני, כן, אסיים, אשלים
        `,
    },
  ],
];
