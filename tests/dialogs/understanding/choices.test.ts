import { describe, expect, test } from 'vitest';
import { option, said } from './reply.ts';

const outcome = {
  kind: 'choice',
  options: [
    option('solved', ['הכול טופל', 'נפתר לגמרי'], ['All done', 'completely resolved']),
    option('open', ['עדיין פתוח', 'לא נפתר'], ['Still open', 'not resolved']),
  ],
} as const;
const openOnly = {
  kind: 'choice',
  options: [
    option('late', ['איחור'], ['Late']),
    option('open', ['פתוח', 'לא נפתר'], ['Open', 'not resolved']),
  ],
} as const;
const liked = {
  kind: 'multi_choice',
  options: [
    option('product', ['המוצר'], ['Product']),
    option('price', ['המחיר'], ['Price']),
    option('service', ['השירות'], ['Service']),
    option('nothing', ['שום דבר מיוחד'], ['Nothing in particular'], true),
  ],
} as const;

describe('a negated label', () => {
  test.each(['נפתר', 'resolved', 'זה נפתר', 'it was resolved'])(
    'is not named without its negation: %s',
    (reply) => {
      expect(said(openOnly, reply)).not.toContain('open');
      expect(said(outcome, reply)).not.toContain('open');
    },
  );

  test.each(['לא נפתר', 'not resolved', 'was not resolved'])('is named with it: %s', (reply) => {
    expect(said(outcome, reply)).toBe('take "open"');
  });
});

describe('several options', () => {
  test.each([
    ['1 ו-3', ['product', 'service']],
    ['1 ו־3', ['product', 'service']],
    ['3,1', ['product', 'service']],
    ['השירות והמחיר', ['price', 'service']],
    ['הכול', ['product', 'price', 'service']],
    ['all of them', ['product', 'price', 'service']],
    ['nothing at all', ['nothing']],
    ['כלום', ['nothing']],
  ])('are read in the order of the question: %s', (reply, ids) => {
    expect(said(liked, reply)).toBe(`take ${JSON.stringify(ids)}`);
  });

  test.each([
    'הכול ברור',
    'הכל בסדר',
    'everything is clear',
    'all good',
    '1-3',
    'price or service',
    '1 and 7',
  ])('are asked for again: %s', (reply) => {
    expect(said(liked, reply)).toMatch(/^(?:ambiguous|invalid)$/);
  });
});
