import { describe, expect, test } from 'vitest';
import { said } from './reply.ts';

const nps = { kind: 'nps' } as const;
const text = { kind: 'text' } as const;

describe('an opt-out', () => {
  test.each([
    'הסר',
    'הסרר',
    'הסרררר!!!',
    '"הסר"',
    '🛑 הסר 🙏',
    'ה ס ר',
    'vxr',
    'דאםפ',
    'stop בבקשה',
    'S.T.O.P',
    'נא להסיר אותי מרשימת התפוצה',
    'הסר אותי מהרשימה בבקשה',
    'תורידו אותי מפה',
    'מחקו אותי מהרשימה',
    'תמחקו את הפרטים שלי',
    'לא רוצה לקבל מכם יותר הודעות',
    'לא מעוניינת יותר לקבל הודעות',
    'לא רוצה לשמוע מכם',
    'די עם ההודעות',
    'מספיק לשלוח',
    'אל תשלחו לי יותר',
    'אל תכתבי לי יותר',
    'מבקש שלא תשלחו לי הודעות',
    'תפסיקו להציק',
    'תפסיקו לחפור לי',
    'לבטל את המנוי',
    'תבטלו את ההרשמה',
    'עזבו אותי במנוחה',
    'איך יוצאים מהרשימה?',
    'אנסבסקרייב',
    'tasiru oti',
    'please remove me from your list',
    "don't text me again",
  ])('is understood at any question: %s', (reply) => {
    expect(said(nps, reply)).toBe('stop');
    expect(said(text, reply)).toBe('stop');
  });

  test.each([
    'תורידו את המחירים',
    'תפסיקו להעלות מחירים',
    'לבטל את ההזמנה',
    'השליח לא הפסיק לחפור לי',
    'לא לבטל את המנוי',
    'אל תסירו אותי',
    'מספיק טוב',
    'תמחקו את החיוב',
    'הסירו את האריזה הישנה',
    'the courier did not stop at my door',
    'stop the price increases',
    'cancel my order',
  ])('is not what a sentence with such a word says: %s', (reply) => {
    expect(said(text, reply)).toBe(`take ${JSON.stringify(reply)}`);
  });
});

describe('a command', () => {
  test.each([
    ['נציגה בבקשה', 'human'],
    ['I want to talk to a real person', 'human'],
    ['עזרה', 'help'],
    ['English please', 'language:en'],
    ['אפשר בעברית?', 'language:he'],
    ['השאלה הקודמת', 'back'],
    ['דלגי', 'skip'],
    ['start over', 'restart'],
    ['לא עכשיו', 'pause'],
    ['אחר כך', 'pause'],
    ['התחל', 'start'],
  ])('is a whole message: %s', (reply, command) => {
    expect(said(nps, reply)).toBe(command);
  });

  test.each(['הנציגה עזרה לי מאוד', 'The agent was a help', 'חזרתי הביתה מאוחר יותר'])(
    'is not a sentence with its word: %s',
    (reply) => {
      expect(said(text, reply)).toBe(`take ${JSON.stringify(reply)}`);
    },
  );
});

test.each(['', '   ', '\u200f', '...', '🙂', '<Media omitted>'])(
  'an empty reply or a picture is no answer: "%s"',
  (reply) => {
    expect(said(nps, reply)).toBe('invalid');
    expect(said(text, reply)).toBe('invalid');
  },
);
