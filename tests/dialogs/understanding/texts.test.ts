import { describe, expect, test } from 'vitest';
import { readingOf, said } from './reply.ts';

const text = { kind: 'text' } as const;
const info = { kind: 'info' } as const;

test('a text answer is kept as it was written, without outer white space', () => {
  expect(readingOf(text, '  השליח איחר,\nשוב!! \u200f')).toMatchObject({
    outcome: 'answer',
    value: 'השליח איחר,\nשוב!! \u200f',
    rule: 'text',
  });
});

test.each(['אין', 'no', 'לא תודה', '5', 'הכל', "just keep going, don't stop!"])(
  'short texts are answers: %s',
  (reply) => {
    expect(said(text, reply)).toBe(`take ${JSON.stringify(reply)}`);
  },
);

test.each([
  'what do you mean?',
  'מה הכוונה?',
  'לא הבנתי את השאלה',
  '[sticker]',
  '🎤 Voice message (0:23)',
  '❤️',
])('a question back, a picture or an emoji is asked again: %s', (reply) => {
  expect(said(text, reply)).toBe('invalid');
});

describe('the length of a text', () => {
  test.each([
    ['a'.repeat(4000), 'answer', undefined],
    ['a'.repeat(4001), 'invalid', 'too_long'],
  ])('is limited to 4,000 characters', (reply, outcome, reason) => {
    expect(readingOf(text, reply)).toMatchObject(reason ? { outcome, reason } : { outcome });
  });

  test('is limited by the question', () => {
    expect(readingOf({ ...text, max: 5 }, 'longer')).toMatchObject({ reason: 'too_long' });
    expect(readingOf({ ...text, min: 5 }, 'four')).toMatchObject({ reason: 'too_short' });
  });
});

test('whatever says nothing else acknowledges an information, but for a question', () => {
  expect(said(info, 'ok')).toBe('take true');
  expect(said(info, 'יאללה')).toBe('take true');
  expect(said(info, 'מתי אתם פתוחים?')).toBe('invalid');
  expect(said(info, 'הסר')).toBe('stop');
});

describe('the language of a reply', () => {
  test.each([
    ['שמונה', 'en', 'he'],
    ['eight', 'he', 'en'],
    ['8', 'he', 'he'],
    ['8', 'en', 'en'],
    ['anubv', 'en', 'he'],
  ] as const)('is recorded: %s', (reply, conversation, language) => {
    expect(readingOf({ kind: 'nps' }, reply, conversation).language).toBe(language);
  });
});
