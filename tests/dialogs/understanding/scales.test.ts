import { describe, expect, test } from 'vitest';
import { readingOf, said } from './reply.ts';

const nps = { kind: 'nps' } as const;
const satisfaction = {
  kind: 'csat',
  scale: [
    { value: 1, labels: { he: ['בכלל לא מרוצים'], en: ['Not satisfied at all'] } },
    { value: 5, labels: { he: ['מרוצים מאוד'], en: ['Very satisfied'] } },
  ],
} as const;

describe('a score', () => {
  test.each([
    ['8', 8],
    ['8/10', 8],
    ['8 מתוך 10', 8],
    ['eight out of ten', 8],
    ['שמונה', 8],
    ['٨', 8],
    ['８', 8],
    ['8️⃣', 8],
    ['\u20678\u2069', 8],
    ['אז אני נותן 8 תודה', 8],
    ['עשר', 10],
    ['zero', 0],
  ])('is read however it is written: %s', (reply, score) => {
    expect(said(nps, reply)).toBe(`take ${score}`);
  });

  test.each([
    '8/5',
    '7 או 8',
    '7-8',
    'לא 8',
    'not an 8',
    '7.5',
    '11',
    '-3',
    'לפחות 8',
    '054-1234567',
    '12/11/2026',
    'I would give 10 if you had come',
    'השירות היה מעולה',
  ])('is not taken from: %s', (reply) => {
    expect(said(nps, reply)).toMatch(/^(?:ambiguous|invalid)$/);
  });

  test('keeps the comment beside it', () => {
    const reading = readingOf(nps, '9, השליח היה אדיב');
    expect(reading).toMatchObject({ outcome: 'answer', value: 9, comment: 'השליח היה אדיב' });
  });
});

describe('the name of an end', () => {
  test.each([
    ['מרוצה מאוד', 5],
    ['very satisfied', 5],
    ['בכלל לא מרוצה', 1],
    ['not satisfied at all', 1],
  ])('is that end: %s', (reply, score) => {
    expect(said(satisfaction, reply)).toBe(`take ${score}`);
  });

  test.each([
    'מרוצים',
    'מרוצה',
    'satisfied',
    'We are satisfied',
    'לא מרוצים',
    'not satisfied',
    'מאוד',
    'מרוצים מהשירות',
  ])('is not a weaker word: %s', (reply) => {
    expect(said(satisfaction, reply)).not.toMatch(/^take|[15]$/);
  });
});
