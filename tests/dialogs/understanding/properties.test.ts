import fc from 'fast-check';
import { expect, test } from 'vitest';
import { questionKindSchema } from '../../../src/dialogs/understanding/index.ts';
import { option, readingOf, said } from './reply.ts';

const options = [
  option('a', ['מוצר'], ['Product']),
  option('b', ['מחיר'], ['Price']),
  option('c', ['שירות'], ['Service']),
];
const kinds = questionKindSchema.options;
const words = fc.constantFrom(
  '8',
  '10',
  'לא',
  'not',
  'מוצר',
  'price',
  'ו',
  'and',
  'הכול',
  '/',
  '-',
  'כן',
  'הסר',
  'מחר',
  '\u200f',
  '😀',
);
const replies = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(words, { maxLength: 12 }).map((all) => all.join(' ')),
);

test('any reply to any question is read, and answers are ones that the question allows', () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), replies, (kind, text) => {
      const reading = readingOf({ kind, options }, text);
      if (reading.outcome !== 'answer') return;
      const { value } = reading;
      if (kind === 'nps')
        expect(Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 10).toBe(true);
      if (kind === 'choice') expect(['a', 'b', 'c']).toContain(value);
      if (kind === 'multi_choice')
        expect(['a', 'b', 'c'].filter((id) => [value].flat().includes(id))).toEqual(value);
    }),
  );
});

test('a score, a number, a date, a phone number and an address keep to their form and limits', () => {
  fc.assert(
    fc.property(fc.integer({ min: -5, max: 5 }), fc.nat({ max: 95 }), replies, (min, width, text) => {
      const max = min + width;
      for (const kind of ['rating', 'number', 'date', 'phone', 'email', 'yes_no'] as const) {
        const reading = readingOf({ kind, min, max, integer: true }, text);
        if (reading.outcome !== 'answer') continue;
        const { value } = reading;
        if (kind === 'yes_no') expect(value).toBeTypeOf('boolean');
        else if (kind === 'date') expect(value).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        else if (kind === 'phone') expect(value).toMatch(/^\+\d{8,15}$/);
        else if (kind === 'email') expect(value).toMatch(/^[^\sA-Z@]+@[^\sA-Z@]+$/);
        else expect(Number.isInteger(value) && Number(value) >= min && Number(value) <= max).toBe(true);
      }
    }),
  );
});

test('an opt-out wins at every question, also over an option of its name', () => {
  const wrapped = fc.tuple(
    fc.constantFrom('', 'please ', 'בבקשה ', 'no, '),
    fc.constantFrom('stop', 'STOP', 'הסר', 'unsubscribe', 'תפסיקו'),
    fc.constantFrom('', '!', ' please', ' תודה', ' 🙏'),
  );
  const named = [option('stop', ['הסר'], ['stop']), option('go', ['המשך'], ['go'])];
  fc.assert(
    fc.property(fc.constantFrom(...kinds), wrapped, (kind, parts) => {
      expect(said({ kind, options: named }, parts.join(''))).toBe('stop');
    }),
  );
});

test('digits are read back', () => {
  fc.assert(
    fc.property(fc.nat({ max: 10 }), (score) => {
      expect(said({ kind: 'nps' }, String(score))).toBe(`take ${score}`);
    }),
  );
});

test('case, invisible marks and spaces around change nothing', () => {
  fc.assert(
    fc.property(
      fc.array(words, { maxLength: 8 }),
      fc.constantFrom('nps', 'choice', 'multi_choice', 'yes_no'),
      (all, kind) => {
        const question = { kind, options };
        const text = all.join(' ');
        expect(said(question, `  \u200f${text.toUpperCase()}\u200b `)).toBe(said(question, text));
      },
    ),
  );
});

test.each(['8 ', 'לא ', 'א', '1/', '-', '"', 'מוצר ו', '1 ו-', '😀', 'a@', '\u05b8', '(', 'הסר '])(
  'thousands of characters are read: %s',
  (piece) => {
    for (const length of [4000, 10_000]) {
      const text = piece.repeat(length / piece.length);
      for (const kind of kinds) expect(readingOf({ kind, options }, text).rule).not.toBe('');
    }
  },
);
