import { describe, expect, test } from 'vitest';
import { readingOf, said } from './reply.ts';

const yesNo = { kind: 'yes_no' } as const;
const consent = { kind: 'consent' } as const;

describe('a yes', () => {
  test.each([
    'כן',
    'כןןןן!!',
    'בטח',
    'ברור שכן',
    'אין בעיה',
    'למה לא',
    'סבבה, תודה',
    'מאה אחוז',
    'yes please',
    'yep 👍',
    'of course',
    'no problem',
    'why not',
    'ken',
    'fi',
    'טקד',
    '✅',
    '1',
  ])('is understood: %s', (reply) => {
    expect(said(yesNo, reply)).toBe('take true');
  });
});

describe('a no', () => {
  test.each([
    'לא',
    'לאאאא',
    'ממש לא',
    'בטח שלא',
    'עדיין לא',
    'לא נראה לי',
    'אין צורך, תודה',
    'no thanks',
    'not really',
    'of course not',
    "I don't think so",
    'lo toda',
    'kt',
    '👎🏽',
    'לא תודה 👍',
    "no, that's fine",
    '2',
  ])('is understood: %s', (reply) => {
    expect(said(yesNo, reply)).toBe('take false');
  });

  test.each(['לא מאשרת', 'אני לא מסכים לזה', "I won't accept", 'do not consent'])(
    'may negate the word of the question: %s',
    (reply) => {
      expect(said(consent, reply)).toBe('take false');
    },
  );
});

describe('neither', () => {
  test.each([
    'אולי',
    'לא יודעת',
    'כן ולא',
    'כן... בעצם לא',
    'חלקית',
    'כן אבל לא הכל',
    'כן בטח, בחלום',
    'תלוי',
    'כו',
    'לו',
    '1 לא',
    '3',
    'yes and no',
    'yeah right',
    'partly',
    'now',
    'which order?',
    '🤷',
    'fine dining',
  ])('is asked again: %s', (reply) => {
    expect(said(yesNo, reply)).toMatch(/^(?:ambiguous|invalid)$/);
  });

  test.each(["yes, but don't share my data", 'מאשר בתנאי שלא תעבירו הלאה', 'I agree only for the receipt'])(
    'is a consent with a condition: %s',
    (reply) => {
      expect(said(consent, reply)).toMatch(/^(?:ambiguous|invalid)$/);
    },
  );
});

test.each([
  ['כן, אבל הקופסה הייתה קרועה', true, 'אבל הקופסה הייתה קרועה'],
  ['No. Still waiting for the driver', false, 'Still waiting for the driver'],
  ['לא, הגיע רק חצי מהמשלוח', false, 'הגיע רק חצי מהמשלוח'],
])('what follows the answer is its comment: %s', (reply, value, comment) => {
  expect(readingOf(yesNo, reply)).toMatchObject({ outcome: 'answer', value, comment });
});
