import { expect, test } from 'vitest';
import { said } from './reply.ts';

const past = { kind: 'date', when: 'past' } as const;

test.each([
  ['אתמול', '2026-05-12'],
  ['yesterday', '2026-05-12'],
  ['היום', '2026-05-13'],
  ['3/4/2026', '2026-04-03'],
  ['2026-04-03', '2026-04-03'],
])('a day is read, the day before the month: %s', (reply, day) => {
  expect(said(past, reply)).toBe(`take "${day}"`);
});

test.each(['מחר', '31/02/2026', 'באפריל'])('a day that cannot be meant is asked again: %s', (reply) => {
  expect(said(past, reply)).toMatch(/^(?:ambiguous|invalid)$/);
});

test('the other side of today is taken when the question is about it', () => {
  expect(said({ kind: 'date', when: 'future' }, 'בעוד יומיים')).toBe('take "2026-05-15"');
});
