import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitText } from '../../src/channels/split.ts';
import { unitsOf } from '../../src/channels/units.ts';

const hebrew =
  'שָׁלוֹם, כאן החנות. המשלוח שלכם הגיע אתמול ונשמח לשמוע איך היה. שתי שאלות, חצי דקה. מה עשינו טוב? ומה אפשר לשפר? נשמח לכל מילה. ';

describe('[M6] a text in parts', () => {
  test('is cut between paragraphs, else lines, sentences, words', () => {
    expect(splitText('aaaa aaaa.\n\nbbbb bbbb', 15, 'utf16')).toEqual(['aaaa aaaa.\n\n', 'bbbb bbbb']);
    expect(splitText('aaaa aaaa\nbbbb bbbb', 15, 'utf16')).toEqual(['aaaa aaaa\n', 'bbbb bbbb']);
    expect(splitText('aaaa aaa? bbbb bbbb', 15, 'utf16')).toEqual(['aaaa aaa? ', 'bbbb bbbb']);
    expect(splitText('aaaa bbbb cccc dddd', 15, 'utf16')).toEqual(['aaaa bbbb cccc ', 'dddd']);
    expect(splitText('aaaabbbbccccdddd', 15, 'utf16')).toEqual(['aaaabbbbccccddd', 'd']);
  });

  test('is not cut so early that a part stays half empty', () => {
    expect(splitText('a\n\nbbbb cccc dddd eeee', 15, 'utf16')[0]).toBe('a\n\nbbbb cccc ');
  });

  test('that is short enough is one part', () => {
    expect(splitText('short', 5, 'utf16')).toEqual(['short']);
    expect(splitText('', 5, 'utf16')).toEqual(['']);
  });

  test('counts as its provider does', () => {
    expect(splitText('🙂🙂🙂', 3, 'code_point')).toEqual(['🙂🙂🙂']);
    expect(splitText('🙂🙂🙂', 3, 'utf16')).toEqual(['🙂', '🙂', '🙂']);
  });

  test('keeps letters with their vowel points, and emoji of several parts', () => {
    const family = '👨‍👩‍👧‍👦';
    for (const part of splitText(family.repeat(5), 12, 'utf16')) expect(part).toBe(family);
    for (const part of splitText('שָׁ'.repeat(9), 4, 'utf16')) expect(part).toBe('שָׁ');
  });

  test('ends even where one grapheme is endless', () => {
    const pile = `a${'\u0301'.repeat(500)}`;
    const parts = splitText(pile, 10, 'utf16');
    expect(parts.join('')).toBe(pile);
    expect(Math.max(...parts.map(({ length }) => length))).toBe(10);
  });

  test('joined is the text again, each part within the limit and none inside of a grapheme', () => {
    const words = fc.array(
      fc.constantFrom(hebrew, 'One. Two? ', '🏳️‍🌈', 'שָׁ', '\n\n', '\n', ' ', 'abc', '5 ₪'),
      { maxLength: 40 },
    );
    const graphemes = (text: string) =>
      [...new Intl.Segmenter('he', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);
    fc.assert(
      fc.property(
        words,
        fc.integer({ min: 20, max: 300 }),
        fc.constantFrom('utf16' as const, 'code_point' as const),
        (list, max, unit) => {
          const text = list.join('');
          const parts = splitText(text, max, unit);
          expect(parts.join('')).toBe(text);
          for (const part of parts) expect(unitsOf(part, unit)).toBeLessThanOrEqual(max);
          expect(parts.flatMap(graphemes)).toEqual(graphemes(text));
        },
      ),
    );
  });
});
