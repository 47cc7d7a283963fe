import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AnswerValue,
  type Language,
  type MessageEffect,
  prepareQuestionnaire,
  type Question,
  type QuestionnaireDocument,
  questionnaireSchema,
  startSession,
  step,
} from '../../src/dialogs/index.ts';
import {
  type Audience,
  answerLabel,
  composeMessage,
  labelOf,
  questionnaireTitle,
} from '../../src/texts/index.ts';
import { anyDocument, anyEvent, anyStart, nastyTexts } from '../dialogs/arbitraries.ts';
import { sample } from '../dialogs/sample.ts';
import { readExamples } from '../support/examples.ts';
import { texts } from './resources.ts';

const audience: Audience = {
  language: 'en',
  brand: 'Acme',
  channel: 'web',
  attributes: {},
  personal: true,
  directionMarks: false,
};

const score: Question = { id: 'score', kind: 'nps' };
const pick: Question = { id: 'pick', kind: 'choice', options: [{ id: 'late' }, { id: 'rude' }] };
const many: Question = {
  id: 'many',
  kind: 'multi_choice',
  options: [{ id: 'late' }, { id: 'rude' }, { id: 'none', exclusive: true }],
};
const day: Question = { id: 'day', kind: 'date' };
const agree: Question = { id: 'agree', kind: 'yes_no' };
const amount: Question = { id: 'amount', kind: 'number' };
const word: Question = { id: 'word', kind: 'text' };
const last: Question = { id: 'last', kind: 'text' };

/** A document whose last prompt is the given sentence, in both languages. */
function saying(sentence: string, change: Partial<QuestionnaireDocument> = {}): QuestionnaireDocument {
  const document = sample([score, pick, many, day, agree, amount, word, last], {
    texts: { last: { prompt: sentence } },
  });
  const fallbacks = {
    name: 'friend',
    orders: 'some',
    vip: 'unknown',
    'answers.pick': 'it',
    'answers.word': 'that',
  };
  const { he, en } = document.texts;
  return questionnaireSchema.parse({
    ...document,
    attributes: {
      name: { type: 'text' },
      orders: { type: 'number' },
      vip: { type: 'boolean' },
      lng: { type: 'text' },
      context: { type: 'text' },
    },
    texts: { ...(he && { he: { ...he, fallbacks } }), ...(en && { en: { ...en, fallbacks } }) },
    ...change,
  });
}

/** How the last prompt of {@link saying} reads. */
function said(
  sentence: string,
  { answers = {}, ...change }: Partial<Audience> & { answers?: Record<string, AnswerValue> } = {},
): string {
  const effect: MessageEffect = {
    type: 'message',
    texts: [{ from: 'questionnaire', key: 'questions.last.prompt' }],
    question: 'last',
  };
  return composeMessage(texts, prepareQuestionnaire(saying(sentence)), { at: 'last', answers }, effect, {
    ...audience,
    ...change,
  }).text;
}

/** The message for an effect about one question. */
function composed(question: Question, effect: Partial<MessageEffect>, language: Language = 'en') {
  const questionnaire = prepareQuestionnaire(sample([question]));
  const whole: MessageEffect = { type: 'message', texts: [], question: question.id, ...effect };
  return composeMessage(texts, questionnaire, { at: question.id, answers: {} }, whole, {
    ...audience,
    language,
  });
}

describe('a message', () => {
  test('[T2] is in the language of the contact', () => {
    const effect: Partial<MessageEffect> = {
      texts: [{ from: 'questionnaire', key: 'questions.score.prompt' }],
    };
    expect(composed(score, effect, 'he')).toMatchObject({ text: 'score? א', language: 'he' });
    expect(composed(score, effect, 'en')).toMatchObject({ text: 'score?', language: 'en' });
  });

  test('[T2] is in the first language of a questionnaire that does not have it, our own sentences too', () => {
    const { he } = sample([score]).texts;
    const questionnaire = prepareQuestionnaire(
      questionnaireSchema.parse({ ...sample([score]), languages: ['he'], texts: { he } }),
    );
    const effect: MessageEffect = {
      type: 'message',
      texts: [
        { from: 'system', key: 'language_switched' },
        { from: 'questionnaire', key: 'questions.score.prompt' },
      ],
      question: 'score',
    };
    const message = composeMessage(texts, questionnaire, { answers: {} }, effect, audience);
    expect(message).toMatchObject({ text: 'עברנו לעברית.\n\nscore? א', language: 'he' });
    expect(questionnaireTitle(texts, questionnaire, 'en')).toBe('Sample א');
  });

  test('[T2] lets our sentences run on, and begins a paragraph for each text of the questionnaire', () => {
    const message = composed(score, {
      texts: [
        { from: 'system', key: 'reasons.out_of_range' },
        { from: 'system', key: 'hints.scale', parameters: { min: 0, max: 10 } },
        { from: 'questionnaire', key: 'questions.score.prompt' },
        { from: 'questionnaire', key: 'end' },
      ],
    });
    expect(message.text).toBe(
      'That number is outside the range. You can type a number from 0 to 10.\n\nscore?\n\nend',
    );
  });

  test('[D11] says in Hebrew what can be answered', () => {
    const parameters = { min: 0, max: 10 };
    const message = composed(
      score,
      {
        texts: [
          { from: 'system', key: 'reasons.not_a_number' },
          { from: 'system', key: 'hints.scale', parameters },
        ],
      },
      'he',
    );
    expect(message.text).toBe('לא הצלחנו להבין. אפשר לכתוב מספר בין 0 ל-10.');
  });
});

describe('what is offered under a message', () => {
  test('[D1] is a scale with the words of its ends, and named points keep their digits', () => {
    const questionnaire = prepareQuestionnaire(
      sample([{ id: 'q', kind: 'csat' }], {
        texts: { q: { low: 'Awful', high: 'Great', points: { '3': 'So-so' } } },
      }),
    );
    const effect: MessageEffect = { type: 'message', texts: [], question: 'q' };
    expect(composeMessage(texts, questionnaire, startSession(), effect, audience)).toEqual({
      text: '',
      language: 'en',
      layout: 'scale',
      choices: [
        { id: '1', label: '1' },
        { id: '2', label: '2' },
        { id: '3', label: '3 – So-so' },
        { id: '4', label: '4' },
        { id: '5', label: '5' },
      ],
      low: 'Awful',
      high: 'Great',
    });
  });

  test('[D1] are options, some of them exclusive, or a field to type into, or nothing', () => {
    expect(composed(many, {})).toMatchObject({
      layout: 'multiple',
      choices: [
        { id: 'late', label: 'late' },
        { id: 'rude', label: 'rude' },
        { id: 'none', label: 'none', exclusive: true },
      ],
      choicesMin: 1,
      choicesMax: 3,
    });
    expect(composed(agree, {}, 'he').choices).toEqual([
      { id: 'yes', label: 'כן' },
      { id: 'no', label: 'לא' },
    ]);
    expect(composed(word, {})).toMatchObject({ layout: 'open', input: 'text', textUnitsMax: 2000 });
    const { question: _, ...without } = { type: 'message', texts: [], question: 'x' } as const;
    const nothing = composeMessage(
      texts,
      prepareQuestionnaire(sample([word])),
      startSession(),
      without,
      audience,
    );
    expect(nothing).toEqual({ text: '', language: 'en', layout: 'statement' });
  });

  test('[D13] is yes or no while a value waits to be confirmed', () => {
    const effect = {
      texts: [{ from: 'system', key: 'confirm_digits', parameters: { value: 8 } }],
      confirm: 8,
    } as const;
    expect(composed(score, effect)).toMatchObject({
      text: 'We read that as 8. Right?',
      layout: 'options',
      choices: [
        { id: 'yes', label: 'Yes' },
        { id: 'no', label: 'No' },
      ],
    });
    expect(composed(score, effect, 'he').text).toBe('הבנו 8. נכון?');
    const words = {
      texts: [{ from: 'system', key: 'confirm_words', parameters: { value: 'late' } }],
      confirm: 'late',
    } as const;
    expect(composed(pick, words, 'he').text).toBe('הבנו "late א". נכון?');
  });

  test('[D14] are the readings that a reply could have had', () => {
    const two = {
      texts: [{ from: 'system', key: 'ambiguous_two_digits', parameters: { first: 7, second: 8 } }],
      candidates: [7, 8],
    } as const;
    expect(composed(score, two, 'he')).toMatchObject({
      text: 'התכוונתם ל-7 או ל-8?',
      layout: 'options',
      choices: [
        { id: '7', label: '7' },
        { id: '8', label: '8' },
      ],
    });
    const lists = {
      texts: [{ from: 'system', key: 'ambiguous_several' }],
      candidates: [['late'], ['late', 'rude']],
    } as const;
    expect(composed(many, lists)).toMatchObject({
      text: 'Which did you mean: late or late and rude?',
      choices: [
        { id: 'late', label: 'late' },
        { id: 'late,rude', label: 'late and rude' },
      ],
    });
    const days = {
      texts: [
        {
          from: 'system',
          key: 'ambiguous_two_digits',
          parameters: { first: '2026-04-03', second: '2026-03-04' },
        },
      ],
      candidates: ['2026-04-03', '2026-03-04'],
    } as const;
    expect(composed(day, days, 'he')).toMatchObject({
      text: 'התכוונתם ל-3 באפריל 2026 או ל-4 במרץ 2026?',
      choices: [{ id: '2026-04-03' }, { id: '2026-03-04' }],
    });
  });

  test('[D14] is the field to type into where a reading cannot be a button', () => {
    const effect = { texts: [{ from: 'system', key: 'ambiguous' }], candidates: [1.5, 15] } as const;
    expect(composed(amount, effect)).toMatchObject({ layout: 'open', input: 'number' });
  });

  test('[D40] is made once and kept', () => {
    const questionnaire = prepareQuestionnaire(sample([score]));
    const effect: MessageEffect = { type: 'message', texts: [], question: 'score' };
    const compose = () => composeMessage(texts, questionnaire, startSession(), effect, audience).choices;
    expect(compose()).toBe(compose());
  });

  test('[D40] stays right when more questionnaires are in use than are kept', () => {
    const questionnaires = Array.from({ length: 450 }, (_, index) =>
      prepareQuestionnaire(
        sample([pick], { texts: { pick: { options: { late: `late ${index}`, rude: 'rude' } } } }),
      ),
    );
    for (const round of [1, 2]) {
      for (const [index, questionnaire] of questionnaires.entries()) {
        expect([round, labelOf(texts, questionnaire, 'pick', 'late', 'en')]).toEqual([
          round,
          `late ${index}`,
        ]);
      }
    }
  });
});

describe('a placeholder', () => {
  test('[T3] shows an attribute', () => {
    expect(said('{{name}}, {{orders}}, {{brand}}', { attributes: { name: 'Dana', orders: 12345 } })).toBe(
      'Dana, 12,345, Acme',
    );
    expect(said('{{vip}}', { attributes: { vip: true } })).toBe('Yes');
  });

  test.each<[string, AnswerValue, string, string]>([
    ['score', 8, '8', '8'],
    ['pick', 'late', 'late', 'late א'],
    ['many', ['late', 'rude'], 'late and rude', 'late א ו-rude א'],
    ['day', '2026-05-12', '12 May 2026', '12 במאי 2026'],
    ['agree', false, 'No', 'לא'],
    ['amount', 1234.5, '1234.5', '1234.5'],
    ['word', 'It came late', 'It came late', 'It came late'],
  ])('[T3] shows the answer to %s in words', (id, value, english, hebrew) => {
    expect(said(`{{answers.${id}}}`, { answers: { [id]: value } })).toBe(english);
    expect(said(`{{answers.${id}}}`, { answers: { [id]: value }, language: 'he' })).toBe(hebrew);
  });

  test('[T3] shows its fallback where nothing is known', () => {
    expect(said('{{name}} {{answers.pick}}')).toBe('friend it');
    expect(said('{{name}}', { attributes: { name: ' ' } })).toBe('friend');
  });

  test('[T3] shows its fallback where somebody else may read it, but the brand still', () => {
    const attributes = { name: 'Dana' };
    const answers: Record<string, AnswerValue> = { pick: 'late' };
    const impersonal = { attributes, answers, personal: false };
    expect(said('{{name}} {{answers.pick}} {{brand}}', impersonal)).toBe('friend it Acme');
  });

  test.each(['lng', 'context'])('[T5] may have the name %s, which i18next uses itself', (name) => {
    expect(said(`{{${name}}}`, { attributes: { [name]: 'he' } })).toBe('he');
  });

  test.each(nastyTexts.filter((text) => text.trim() !== ''))('[T5] shows %j as it is, or cleaned', (text) => {
    const shown = said('<{{answers.word}}>', { answers: { word: text } });
    expect(shown.startsWith('<')).toBe(true);
    expect(shown.endsWith('>')).toBe(true);
    expect(shown.isWellFormed()).toBe(true);
    expect(shown).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
    if (/^[\w{}$()<>]{1,20}$/.test(text)) expect(shown).toBe(`<${text}>`);
  });

  test('[T4] shows one line, without marks that turn the direction, and not all of a long text', () => {
    expect(said('{{name}}.', { attributes: { name: 'Da\u202ena\n\u2066X\u0000' } })).toBe('Da na X.');
    const long = said('{{answers.word}}', { answers: { word: 'word '.repeat(100) } });
    expect(long.length).toBeLessThanOrEqual(201);
    expect(long.endsWith('…')).toBe(true);
  });

  test('[T4] is set apart where the channel can carry it, except plain digits', () => {
    const marked = { directionMarks: true, language: 'he', attributes: { name: 'Dana', orders: 7 } } as const;
    expect(said('שלום {{name}}, {{orders}}', marked)).toBe('שלום \u2068Dana\u2069, 7');
    expect(said('{{answers.amount}}', { ...marked, answers: { amount: -5 } })).toMatch(/^\u2068-5\u2069$/);
    expect(said('{{answers.amount}}', { language: 'he', answers: { amount: -5 } })).toBe('-5');
  });
});

describe('a number', () => {
  const counted = {
    prompt: 'Orders?',
    prompt_one: 'One order?',
    prompt_two: 'Two orders?',
    prompt_other: '{{count}} orders, {{name}}?',
  };
  const document = sample([{ ...score, count: { attribute: 'orders' } }], {
    attributes: { orders: { type: 'number' }, name: { type: 'text' } },
    texts: { score: counted },
  });
  const questionnaire = prepareQuestionnaire(document);
  const ask = (language: Language, orders: number | undefined, personal = true) => {
    const attributes = orders === undefined ? {} : { orders, name: 'Dana' };
    const { effects } = step(questionnaire, startSession(), {
      type: 'started',
      at: 'now',
      context: { channel: 'web', language },
    });
    const effect = effects.find(({ type }) => type === 'message');
    if (effect?.type !== 'message') throw new Error('Nothing was said');
    return composeMessage(texts, questionnaire, startSession(), effect, {
      ...audience,
      language,
      attributes,
      personal,
    }).text;
  };

  test('[T6] chooses the plural form of the language', () => {
    expect([1, 2, 3, 0, 1000].map((orders) => ask('he', orders))).toEqual([
      'One order?',
      'Two orders?',
      '3 orders, Dana?',
      '0 orders, Dana?',
      '1000 orders, Dana?',
    ]);
    expect([1, 2].map((orders) => ask('en', orders))).toEqual(['One order?', '2 orders, Dana?']);
  });

  test('[T6] that is not known, or not for everybody to know, is not said', () => {
    expect(ask('he', undefined)).toBe('Orders?');
    expect(ask('he', 3, false)).toBe('Orders?');
  });

  test.each([
    [1, 'נשארה שאלה אחת.', 'One question left.'],
    [2, 'נשארו שתי שאלות.', '2 questions left.'],
    [11, 'נשארו 11 שאלות.', '11 questions left.'],
  ])('[D34] [T6] of %i questions is said as people say it', (count, hebrew, english) => {
    expect(texts.system('he', 'resume', { count })).toContain(hebrew);
    expect(texts.system('en', 'resume', { count })).toContain(english);
  });
});

test('[T1] every message of every conversation has words in both languages', () => {
  const anyWhole = fc.oneof(
    { weight: 3, arbitrary: anyDocument },
    { weight: 2, arbitrary: fc.constantFrom(...readExamples().values()) },
  );
  fc.assert(
    fc.property(anyWhole, anyStart, fc.array(anyEvent, { maxLength: 20 }), (document, start, events) => {
      const questionnaire = prepareQuestionnaire(document);
      let session = startSession();
      for (const event of [start, ...events]) {
        const { session: next, effects } = step(questionnaire, session, event);
        session = next;
        for (const effect of effects) {
          if (effect.type !== 'message') continue;
          for (const reference of effect.texts) {
            for (const language of ['he', 'en'] as const) {
              const one = composeMessage(
                texts,
                questionnaire,
                session,
                { ...effect, texts: [reference] },
                { ...audience, language },
              );
              expect([reference.key, language, one.text]).not.toEqual([reference.key, language, '']);
            }
          }
        }
      }
    }),
  );
});

test('[T3] an answer that is nowhere among the choices is shown as it is', () => {
  const questionnaire = prepareQuestionnaire(sample([pick]));
  const question = questionnaire.byId.get('pick');
  expect(question && answerLabel(texts, questionnaire, question, 'lost', 'en')).toBe('lost');
  expect(labelOf(texts, questionnaire, 'pick', 'lost', 'en')).toBeUndefined();
  expect(labelOf(texts, questionnaire, 'nobody', 'late', 'en')).toBeUndefined();
});
