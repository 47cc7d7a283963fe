import { describe, expect, test } from 'vitest';
import english from '../../locales/en/chat.json' with { type: 'json' };
import hebrew from '../../locales/he/chat.json' with { type: 'json' };
import { understand } from '../../src/dialogs/index.ts';
import { writtenDay } from '../../web/chat/dates.ts';
import { readLanguage, rememberLanguage } from '../../web/chat/language.ts';
import { createMemory } from '../../web/chat/memory.ts';
import { addressOf, readPlace } from '../../web/chat/place.ts';
import { say, sayCounted } from '../../web/chat/speech.ts';

const languages = { he: hebrew, en: english } as const;

function formsOf(sentences: Record<string, string>): string[] {
  return Object.keys(sentences).map((key) => key.replace(/_(one|two|other)$/, ''));
}

function placeholdersOf(sentence: string): string[] {
  return [...sentence.matchAll(/{{(\w+)}}/g)].map(([, name]) => name ?? '').sort();
}

describe("the chat page's own sentences", () => {
  test('are the same in both languages, with all plural forms', () => {
    expect(new Set(formsOf(hebrew))).toEqual(new Set(formsOf(english)));
    for (const [language, sentences] of Object.entries(languages)) {
      const counted = Object.keys(sentences).filter((key) => /_(one|two|other)$/.test(key));
      const names = new Set(counted.map((key) => key.replace(/_[a-z]+$/, '')));
      const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
      expect(counted.sort()).toEqual(
        [...names].flatMap((name) => pluralCategories.map((form) => `${name}_${form}`)).sort(),
      );
    }
  });

  test('have the same placeholders in both languages', () => {
    const other: Record<string, string> = english;
    for (const [key, sentence] of Object.entries(hebrew)) {
      const translated = other[key];
      if (translated !== undefined && !/_(one|two)$/.test(key))
        expect({ key, placeholders: placeholdersOf(translated) }).toEqual({
          key,
          placeholders: placeholdersOf(sentence),
        });
    }
  });

  test('agree with their number', () => {
    expect([1, 2, 3].map((count) => sayCounted('he', 'choose_at_most', count))).toEqual([
      'אפשר לבחור אפשרות אחת.',
      'אפשר לבחור עד שתי אפשרויות.',
      'אפשר לבחור עד 3 אפשרויות.',
    ]);
    expect(sayCounted('en', 'choose_at_most', 2)).toBe('You can choose up to 2.');
    expect(say('he', 'too_long', { max: 2000 })).toBe('הטקסט ארוך מדי. אפשר לכתוב עד 2,000 תווים.');
  });
});

describe('a day picked from the calendar', () => {
  test.each(['he', 'en'] as const)('is written in words that are understood again (%s)', (language) => {
    for (let month = 1; month <= 12; month += 1) {
      const day = `2026-${String(month).padStart(2, '0')}-03`;
      const reading = understand({
        question: { kind: 'date' },
        text: writtenDay(day, language),
        language,
        now: '2026-07-01T07:00:00.000Z',
        timeZone: 'Asia/Jerusalem',
        region: 'IL',
      });
      expect(reading).toMatchObject({ outcome: 'answer', value: day, confidence: 'take' });
    }
  });
});

describe('the address of the page', () => {
  test.each([
    ['/', '', { embedded: false }],
    ['/', '?touchpoint=purchase', { opening: { touchpoint: 'purchase' }, embedded: false }],
    [
      '/',
      '?touchpoint=purchase&embed=1&language=en',
      { opening: { touchpoint: 'purchase' }, embedded: true, language: 'en' },
    ],
    ['/s/AbC_-9', '', { opening: { code: 'AbC_-9' }, embedded: false }],
    ['/s/%E0%A4%A', '?language=fr', { opening: { code: '%E0%A4%A' }, embedded: false }],
  ])('%s%s says what to open', (pathname, search, place) => {
    expect(readPlace({ pathname, search })).toEqual(place);
  });

  test('leads from one to another within the same frame', () => {
    expect(addressOf({ embedded: true, language: 'en' }, 'a&b')).toBe(
      '/?touchpoint=a%26b&embed=1&language=en',
    );
    expect(addressOf({ embedded: false })).toBe('/');
  });
});

describe('the language of the page', () => {
  const memory = () =>
    createMemory(() => {
      throw new Error('nothing is kept');
    });

  test.each([
    [['en-US', 'he'], 'en'],
    [['fr', 'iw-IL', 'en'], 'he'],
    [['fr'], 'he'],
  ])('is the first of the browser that we speak: %j', (browser, language) => {
    expect(readLanguage(memory(), { embedded: false }, browser)).toEqual({ language, isChosen: false });
  });

  test("is that of the page that led here before the browser's, and the reader's own choice before both", () => {
    const remembering = memory();
    const place = { embedded: false, language: 'en' } as const;
    expect(readLanguage(remembering, place, ['he'])).toEqual({ language: 'en', isChosen: true });
    rememberLanguage(remembering, 'he');
    expect(readLanguage(remembering, place, ['en'])).toEqual({ language: 'he', isChosen: true });
  });
});
