import { describe, expect, test } from 'vitest';
import { readingOf, said } from './reply.ts';

const number = { kind: 'number' } as const;
const minutes = { kind: 'number', min: 0, max: 600, integer: true, unit: 'minutes' } as const;
const days = { kind: 'number', min: 0, max: 90, integer: true, unit: 'ימים' } as const;
const shekels = { kind: 'number', min: 0, unit: 'ILS' } as const;
const times = { kind: 'number', min: 0, max: 50, integer: true, unit: 'times' } as const;

describe('a number in words', () => {
  test.each([
    ['עשרים ושמונה', 28],
    ['שתים עשרה', 12],
    ['שנים-עשר', 12],
    ['מאה עשרים וחמישה', 125],
    ['אלפיים', 2000],
    ['שלושת אלפים', 3000],
    ['חמש מאות', 500],
    ['שבע וחצי', 7.5],
    ['אלף וחצי', 1500],
    ['twenty-eight', 28],
    ['a hundred and five', 105],
    ['twelve hundred', 1200],
    ['two and a half', 2.5],
    ['nine point five', 9.5],
    ['two dozen', 24],
    ['2 אלף', 2000],
    ['5k', 5000],
    ['1,200.50', 1200.5],
    ['-7', -7],
    ['מינוס שבע', -7],
  ])('%s is %d', (reply, value) => {
    expect(said(number, reply)).toBe(`take ${value}`);
  });
});

describe('a number with a unit', () => {
  test.each([
    [minutes, 'רבע שעה', 15],
    [minutes, 'שעה ו-20 דקות', 80],
    [minutes, 'an hour and a half', 90],
    [minutes, '1h 30m', 90],
    [days, 'שבועיים', 14],
    [days, '48 hours', 2],
    [shekels, '₪1,200', 1200],
    [shekels, 'מאה ועשרים שקל', 120],
    [times, 'פעמיים', 2],
    [times, 'never', 0],
  ] as const)('is converted when every reader would: %o %s', (question, reply, value) => {
    expect(said(question, reply)).toBe(`take ${value}`);
  });

  test.each([
    [minutes, '2 ק"ג'],
    [days, 'חודש'],
    [days, 'next day'],
    [shekels, '$100'],
    [shekels, '100 יורו'],
  ] as const)('of another kind is asked again: %o %s', (question, reply) => {
    expect(readingOf(question, reply)).toMatchObject({ outcome: 'invalid' });
  });
});

describe('no one number', () => {
  test.each([
    '3-4 פעמים',
    '3 או 4',
    'פעם פעמיים',
    'יותר מ-10',
    'לפחות חמש',
    'מאה ומשהו',
    'הרבה',
    'a few',
    'not 3',
    '2 or 3 times',
    'at least 3',
    '12/5/2026',
    '10:30',
    '054-1234567',
    '60',
    '2.5',
  ])('is taken: %s', (reply) => {
    expect(said(times, reply)).toMatch(/^(?:ambiguous|invalid)$/);
  });

  test.each(['בערך 5', 'about 5 times', 'כ-5'])('an estimate is confirmed: %s', (reply) => {
    expect(said(times, reply)).toBe('confirm 5');
  });
});
