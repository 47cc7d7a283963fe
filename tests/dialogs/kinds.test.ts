import { describe, expect, test } from 'vitest';
import {
  prepareQuestionnaire,
  questionKindSchema,
  questionnaireSchema,
  understand,
} from '../../src/dialogs/index.ts';
import { questionSchema } from '../../src/dialogs/questionnaire.ts';
import { type KindFixture, kindFixtures } from './kinds.ts';
import { sample } from './sample.ts';
import { Talk } from './talk.ts';

const fixtures: [string, KindFixture][] = Object.entries(kindFixtures);

test('[D1] every question kind has a fixture', () => {
  expect(Object.keys(kindFixtures).sort()).toEqual([...questionKindSchema.options].sort());
});

describe.each(fixtures)('a question of kind %s', (name, fixture) => {
  const question = questionSchema.parse(fixture.question);
  const document = sample([question], { texts: { q: fixture.texts } });
  const prepared = prepareQuestionnaire(document).byId.get('q');
  if (!prepared) throw new Error('The fixture was not prepared');
  const { kind, presentation, asked } = prepared;

  test('keeps its settings through JSON', () => {
    expect(questionnaireSchema.parse(JSON.parse(JSON.stringify(document)))).toEqual(document);
  });

  test('is refused with a setting that it does not have', () => {
    expect(questionSchema.safeParse(fixture.misshapen).success).toBe(false);
  });

  test('is presented without knowing any channel', () => {
    expect(presentation.layout).toBe(fixture.layout);
    const ids = 'choices' in presentation ? presentation.choices.map(({ id }) => id) : undefined;
    expect(ids).toEqual(fixture.choices);
  });

  test('takes its values, and says why it takes no others', () => {
    for (const value of fixture.taken) expect(kind.check(question, value)).toBeUndefined();
    for (const [value, reason] of fixture.refused)
      expect([value, kind.check(question, value)]).toEqual([value, reason]);
  });

  test('knows what a tap stands for', () => {
    for (const [ids, value] of fixture.taps) expect([ids, kind.tapped(question, ids)]).toEqual([ids, value]);
  });

  test('is read by what it hands to the parser', () => {
    const [text, value] = fixture.typed;
    const reading = understand({
      question: asked,
      text,
      language: 'en',
      now: '2026-05-04T09:00:00Z',
      timeZone: 'Asia/Jerusalem',
      region: 'IL',
    });
    expect(asked.kind).toBe(name);
    expect(reading).toMatchObject({ outcome: 'answer', value });
  });

  test('hands the same object to the parser each time', () => {
    const questionnaire = prepareQuestionnaire(document);
    expect(questionnaire.byId.get('q')?.asked).toBe(questionnaire.questions[0]?.asked);
  });

  test('is answered in a conversation', () => {
    const talk = new Talk(document).start();
    if (!kind.waits) {
      expect(talk.happened).toEqual(['ended complete']);
      expect(talk.said).toEqual(['questions.q.prompt', 'end']);
      return;
    }
    expect(talk.happened).toEqual(['asked q']);
    talk.say(fixture.typed[0]);
    expect(talk.session).toEqual({ answers: { q: fixture.typed[1] }, outcome: 'complete' });
  });
});

test('labels of both languages are handed to the parser, with synonyms', () => {
  const document = sample([questionSchema.parse(kindFixtures.choice.question)], {
    texts: { q: { options: { late: 'Late', constructor: 'Broken' }, synonyms: { late: ['delayed'] } } },
  });
  expect(prepareQuestionnaire(document).byId.get('q')?.asked.options).toEqual([
    { id: 'late', labels: { he: ['Late', 'delayed'], en: ['Late', 'delayed'] } },
    { id: 'constructor', labels: { he: ['Broken'], en: ['Broken'] } },
  ]);
});

test('the named ends and points of a scale are handed to the parser', () => {
  const document = sample([{ id: 'q', kind: 'csat' }], {
    texts: { q: { low: 'Awful', high: 'Great', points: { '3': 'So-so' } } },
  });
  const scale = prepareQuestionnaire(document).byId.get('q')?.asked.scale;
  expect(scale?.map(({ value, labels }) => [value, labels.en])).toEqual([
    [1, ['Awful']],
    [3, ['So-so']],
    [5, ['Great']],
  ]);
});

test('own words for yes and no are handed to the parser as two options', () => {
  const document = sample([{ id: 'q', kind: 'yes_no' }], {
    texts: { q: { yes: 'Gladly', no: 'Rather not' } },
  });
  expect(
    prepareQuestionnaire(document)
      .byId.get('q')
      ?.asked.options?.map(({ id, labels }) => [id, labels.en]),
  ).toEqual([
    ['yes', ['Gladly']],
    ['no', ['Rather not']],
  ]);
});
