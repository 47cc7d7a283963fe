import { PhraseBook } from './phrases.ts';
import type { Message } from './tokens.ts';
import type { Role } from './words.ts';

const placeholders = new PhraseBook<true>([
  [
    true,
    `
      media omitted, image omitted, video omitted, audio omitted, sticker omitted, gif omitted, gif,
      document omitted, contact card omitted, image, photo, picture, video, audio, sticker, voice message,
      voice note, voice, attachment, document, file, location, file attached, message deleted,
      this message was deleted, תמונה, סרטון, וידאו, סטיקר, מדבקה, הודעה קולית, הקלטה, קובץ, מסמך, מיקום,
      גיף, המדיה לא נכללה, התמונה הושמטה, תמונה הושמטה, הסטיקר הושמט, הסרטון הושמט, השמע הושמט,
      המדיה הושמטה, מדיה הושמטה, קובץ מצורף, ההודעה נמחקה
    `,
  ],
]);
const fileName =
  /^\S{1,120}\.(?:jpe?g|png|gif|webp|heic|mp4|mov|3gp|opus|ogg|mp3|m4a|aac|pdf|docx?|xlsx?|vcf)(?: ?\(.{0,40}\))?$/u;
const link = /^https?:\/\/\S+$/u;

/** Whether a reply is only the trace that a picture, a sticker or a voice message leaves in text. */
export function isMediaTrace(message: Message): boolean {
  const text = message.folded.trim();
  if (text.length > 200) return false;
  if (fileName.test(text)) return true;
  const words = message.tokens.filter((token) => token.kind === 'word');
  if (words.length === 0 || words.length > 5 || !placeholders.whole(words)) return false;
  const wrapped = /^[[<(]/.test(text) && /[\])>]$/.test(text);
  const marked = message.tokens[0]?.kind === 'emoji' && /[(:]/.test(text);
  return (
    wrapped ||
    marked ||
    (words.length > 1 && /omitted|הושמט|לא נכללה|deleted|נמחקה|attached|מצורפ/.test(text))
  );
}

/** Whether a reply is a bare link. */
export function isLink(message: Message): boolean {
  return link.test(message.folded.trim());
}

const questionsBack = new PhraseBook<true>([
  [
    true,
    `
      what, huh, eh, wdym, what do you mean, what you mean, what does that mean, what does it mean,
      what is this, whats this, what is that, what question, which question, what was the question,
      whats the question, what is the question, sorry what, come again, pardon, excuse me,
      i dont understand, i do not understand, dont understand, i dont understand the question,
      i didnt understand, i didnt understand the question, dont get it, i dont get it,
      i dont get the question, i didnt get the question, didnt understand, the question is unclear,
      the question is not clear, what do you want, what do you want from me, what should i write,
      what do i write, what am i supposed to write, who is this, whos this, who are you, why do you ask,
      why are you asking, say again, repeat please, can you can you please in what sense, about what,
      regarding what, such as, like what, מה, מהה, הא, אה, מה הכוונה, למה הכוונה, מה הכוונה שלכם,
      מה זאת אומרת, מה זה אומר, מה זה, מה השאלה, איזו שאלה, איזה שאלה, מה הייתה השאלה, לא הבנתי, לא מבין,
      לא מבינה, לא מבינים, לא הבנתי את השאלה, לא מבין את השאלה, לא מבינה את השאלה, לא הבנו,
      לא הבנו את השאלה, השאלה לא ברורה, לא ברורה השאלה, , מה אתם רוצים, מה אתם רוצים ממני, מה לכתוב,
      מה אני אמור לכתוב, מה אני אמורה לכתוב, מה צריך לכתוב, מי זה, מי אתם, מי שואל, למה אתם שואלים, תסבירו,
      תסבירו בבקשה, אפשר הסבר, אפשר לחזור על השאלה, באיזה מובן, על מה, לגבי מה, כלומר, כמו מה,
      מה מה כוונתכם, לא ממש הבנתי, סליחה מה
    `,
  ],
]);

/** Whether a reply only asks about the question itself. */
export function asksAboutQuestion(message: Message, roles: ReadonlyArray<Role | undefined>): boolean {
  const { tokens } = message;
  if (tokens.length === 0 || tokens.length > 9) return false;
  const words = tokens.filter((token) => token.kind !== 'emoji');
  if (questionsBack.whole(words)) return true;
  let from = 0;
  let to = words.length;
  while (from < to && roles[from] === 'padding') from += 1;
  while (to > from && roles[to - 1] === 'padding') to -= 1;
  return to - from > 0 && questionsBack.whole(words.slice(from, to)) === true;
}

/** Whether a reply asks something, whatever it is. */
export function asksSomething(message: Message, roles: ReadonlyArray<Role | undefined>): boolean {
  return message.tail.includes('?') || (roles[0] === 'question' && message.tokens.length > 1);
}
