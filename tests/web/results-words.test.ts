import { describe, expect, test } from 'vitest';
import type { QuestionnaireDocument } from '../../src/dialogs/questionnaire.ts';
import { addressOf, type Place, readPlace } from '../../web/results/place.tsx';
import { distributionOf } from '../../web/results/questionnaires/distribution.ts';
import { scoresOf } from '../../web/results/scores.ts';
import { createSentences } from '../../web/results/sentences.tsx';
import type { Answer, QuestionTotal } from '../../web/results/wire.ts';
import { questionOf, wordsOf } from '../../web/results/words.ts';
import { readExamples } from '../support/examples.ts';

const examples = readExamples();

function example(id: string): QuestionnaireDocument {
  const document = examples.get(id);
  if (!document) throw new Error(`There is no example ${id}`);
  return document;
}

const sentences = { he: createSentences('he'), en: createSentences('en') };

describe('a questionnaire in words', () => {
  test('names the brand, and lets its fallbacks stand for names', () => {
    const words = wordsOf(example('purchase-nps'), 'Acme', sentences.en);
    expect(words.title).toBe(example('purchase-nps').texts.en?.title);
    expect(words.prompt('recommend')).toContain('Acme');
    for (const document of examples.values()) {
      for (const { id } of document.questions) {
        expect(wordsOf(document, 'Acme', sentences.he).prompt(id)).not.toMatch(/\{\{|^$/);
      }
    }
  });

  test('says answers by their labels, in the language of the page', () => {
    const english = wordsOf(example('delivery-csat'), '', sentences.en);
    const hebrew = wordsOf(example('delivery-csat'), '', sentences.he);
    expect(english.answer('arrived', true)).toBe('Yes');
    expect(hebrew.answer('arrived', false)).toBe('לא');
    expect(english.answer('satisfaction', 5)).toMatch(/^5 – \w/);
    expect(hebrew.answer('went_wrong', ['late', 'damaged'])).toMatch(/^[א-ת ]+ ו[א-ת ]+$/);
    expect(english.answer('good', 'constructor')).toBe('constructor');
  });

  test('speaks its own language where it does not have that of the page', () => {
    const { he, ...texts } = example('delivery-csat').texts;
    const document: QuestionnaireDocument = { ...example('delivery-csat'), languages: ['en'], texts };
    const words = wordsOf(document, '', sentences.he);
    expect([words.language, words.title]).toEqual(['en', texts.en?.title]);
  });
});

describe('scores', () => {
  const answer = (questionId: string, value: Answer['value']): Answer => ({
    sessionId: 's',
    questionnaireId: 'q',
    revision: 1,
    questionId,
    value,
    rawText: '',
    inputMode: 'typed',
    language: 'en',
    channel: 'web',
    addressId: 'a',
    askedAt: '',
    answeredAt: '',
    late: false,
  });

  test('are the answers that feed a figure, each on its own scale', () => {
    const answers = [
      answer('ease', 6),
      answer('resolved', 'later'),
      answer('listened', 4),
      answer('gone', 3),
    ];
    expect(scoresOf(example('support-effort'), answers)).toEqual([
      { questionId: 'ease', metric: 'ces', value: 6, max: 7 },
      { questionId: 'listened', metric: 'empathy', value: 4, max: 5 },
    ]);
  });
});

describe('a distribution', () => {
  function distribution(questionnaireId: string, questionId: string, values: QuestionTotal['values']) {
    const question = questionOf(example(questionnaireId), questionId);
    if (!question) throw new Error(`There is no question ${questionId}`);
    return distributionOf(question, { questionnaireId, questionId, answers: 9, values });
  }

  test('of a scale has every point in its order, with those that nobody chose', () => {
    const rows = distribution('delivery-csat', 'satisfaction', [
      { value: 5, count: 3 },
      { value: 2, count: 1 },
    ]);
    expect(rows?.map(({ value, count }) => [value, count])).toEqual([
      [1, 0],
      [2, 1],
      [3, 0],
      [4, 0],
      [5, 3],
    ]);
    expect(distribution('purchase-nps', 'recommend', [])).toHaveLength(11);
  });

  test('of options follows the question, and of yes and no begins with yes', () => {
    const rows = distribution('delivery-csat', 'went_wrong', [{ value: 'damaged', count: 2 }]);
    expect(rows?.slice(0, 2)).toEqual([
      { value: 'late', count: 0 },
      { value: 'damaged', count: 2 },
    ]);
    expect(distribution('delivery-csat', 'arrived', [{ value: false, count: 1 }])).toEqual([
      { value: true, count: 0 },
      { value: false, count: 1 },
    ]);
  });

  test('of numbers rises, and keeps to those that were given most', () => {
    const values = Array.from({ length: 30 }, (_, index) => ({ value: 30 - index, count: index + 1 }));
    const rows = distribution('support-effort', 'contacts', values);
    expect(rows?.map(({ value }) => value)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  test('of words of people there is none', () => {
    expect(distribution('delivery-csat', 'good', [])).toBeUndefined();
  });
});

test('every place of the page has an address that leads there', () => {
  const places: Place[] = [
    { view: 'responses' },
    { view: 'response', sessionId: 'a_B-1' },
    { view: 'cases' },
    { view: 'cases', caseId: 'x/y' },
    { view: 'questionnaires' },
    { view: 'questionnaire', id: 'delivery-csat' },
    { view: 'links' },
  ];
  for (const place of places) expect(readPlace(addressOf(place))).toEqual(place);
  expect(readPlace('/results/nothing/here')).toEqual({ view: 'responses' });
  expect(readPlace('/results/responses/%E0%A4%A')).toEqual({ view: 'response', sessionId: '%E0%A4%A' });
});
