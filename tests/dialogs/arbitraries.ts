import fc from 'fast-check';
import type {
  AnswerValue,
  Condition,
  Event,
  Question,
  QuestionnaireDocument,
  Reading,
} from '../../src/dialogs/index.ts';
import { questionSchema } from '../../src/dialogs/questionnaire.ts';
import { commandSchema, invalidReasonSchema } from '../../src/dialogs/understanding/reading.ts';
import { type KindFixture, kindFixtures } from './kinds.ts';
import { retry, sample } from './sample.ts';

/** Texts that break what is not careful: names that objects inherit, control characters, marks, placeholders, length. */
export const nastyTexts = [
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  '\u202e',
  '\ud800',
  '',
  ' ',
  '{{name}}',
  '$t(end)',
  '<b>',
  'x'.repeat(5000),
];

/** What anybody may type. */
export const anyText = fc.oneof(
  fc.constantFrom(...nastyTexts),
  fc.constantFrom(
    '8',
    '11',
    'yes',
    'no',
    'back',
    'skip',
    'כן',
    'דלג',
    '1, 2',
    '3.5.2026',
    'עברית',
    'restart',
    'help',
  ),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);

const optionId = fc.constantFrom('late', 'constructor', 'broken', 'none', 'yes', 'no', '3', '__proto__');

const anyValue: fc.Arbitrary<AnswerValue> = fc.oneof(
  fc.integer({ min: -3, max: 12 }),
  fc.double(),
  fc.boolean(),
  optionId,
  anyText,
  fc.array(optionId, { maxLength: 4 }),
  fc.constantFrom('2026-05-04', 'dana@example.com', '+972501234567'),
);

const language = fc.constantFrom<('he' | 'en')[]>('he', 'en');
const rule = fc.constant('any');

const answerReading = fc.record({
  outcome: fc.constant('answer' as const),
  value: anyValue,
  confidence: fc.constantFrom<('take' | 'confirm')[]>('take', 'take', 'take', 'confirm'),
  rule,
  language,
});
const commandReading = fc.record({
  outcome: fc.constant('command' as const),
  command: fc.constantFrom(...commandSchema.options),
  rule,
  language,
});
const ambiguousReading = fc.record({
  outcome: fc.constant('ambiguous' as const),
  candidates: fc.array(fc.record({ value: anyValue, rule }), { maxLength: 4 }),
  rule,
  language,
});
const invalidReading = fc.record({
  outcome: fc.constant('invalid' as const),
  reason: fc.constantFrom(...invalidReasonSchema.options),
  rule,
  language,
});

const anyReading: fc.Arbitrary<Reading> = fc.oneof(
  { weight: 6, arbitrary: answerReading },
  { weight: 2, arbitrary: commandReading },
  { weight: 1, arbitrary: ambiguousReading },
  { weight: 2, arbitrary: invalidReading },
);

const at = '2026-05-04T09:00:00.000Z';

const anyContext = fc.record({
  channel: fc.constantFrom('web', 'sms', '__proto__'),
  language,
  attributes: fc.constantFrom<Record<string, string | number | boolean>[]>(
    {},
    { orders: 2 },
    { orders: 'two' },
  ),
});

const subject = fc.constantFrom<('question' | 'confirmation')[]>('question', 'question', 'confirmation');

const typed: fc.Arbitrary<Event> = fc
  .record({ context: anyContext, reading: anyReading, subject })
  .map((reply) => ({ type: 'replied', at, inputMode: 'typed', ...reply }));

const tapped: fc.Arbitrary<Event> = fc
  .record({
    context: anyContext,
    reading: anyReading,
    subject,
    tapped: fc.constantFrom('q0', 'q1', 'q2', '', 'constructor', '__proto__'),
  })
  .map((reply) => ({ type: 'replied', at, inputMode: 'tap', ...reply }));

const passing: fc.Arbitrary<Event> = fc
  .record({
    context: anyContext,
    type: fc.constantFrom<('media_received' | 'resumed' | 'reminded' | 'expired' | 'closed')[]>(
      'media_received',
      'resumed',
      'reminded',
      'expired',
      'closed',
    ),
  })
  .map(({ type, context }) => ({ type, at, context }));

const revised: fc.Arbitrary<Event> = fc
  .record({ context: anyContext, revision: fc.nat() })
  .map((revision) => ({ type: 'revised', at, ...revision }));

/** The beginning of a conversation, with facts that may be answers or not. */
export const anyStart: fc.Arbitrary<Event> = fc
  .record({
    context: anyContext,
    known: fc.dictionary(fc.constantFrom('q0', 'q1', 'q2', 'q3', 'constructor', '__proto__'), anyValue, {
      maxKeys: 2,
    }),
  })
  .map((start) => ({ type: 'started', at, ...start }));

/** Anything that may happen after the beginning, most of it replies. */
export const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  { weight: 14, arbitrary: typed },
  { weight: 3, arbitrary: tapped },
  { weight: 2, arbitrary: passing },
  { weight: 1, arbitrary: revised },
);

const fixtures: readonly KindFixture[] = Object.values(kindFixtures);

function anyOperand(before: number): fc.Arbitrary<Exclude<Condition, { op: 'all' | 'any' | 'not' }>['of']> {
  return fc.oneof(
    fc.nat({ max: Math.max(before, 0) }).map((index) => ({ answer: `q${index}` })),
    fc.constant({ attribute: 'orders' }),
    fc.constantFrom({ context: 'channel' as const }, { context: 'language' as const }),
  );
}

function anyCondition(before: number): fc.Arbitrary<Condition> {
  const literal = fc.oneof(fc.integer({ min: 0, max: 10 }), fc.boolean(), optionId);
  const comparison: fc.Arbitrary<Condition> = fc.oneof(
    fc.record({
      op: fc.constantFrom<('eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte')[]>(
        'eq',
        'ne',
        'lt',
        'lte',
        'gt',
        'gte',
      ),
      of: anyOperand(before),
      value: literal,
    }),
    fc.record({
      op: fc.constant('between' as const),
      of: anyOperand(before),
      from: fc.constant(2),
      to: fc.constant(7),
    }),
    fc.record({
      op: fc.constant('in' as const),
      of: anyOperand(before),
      values: fc.array(literal, { minLength: 1, maxLength: 3 }),
    }),
    fc
      .nat({ max: Math.max(before, 0) })
      .map((index) => ({ op: 'answered' as const, of: { answer: `q${index}` } })),
  );
  return fc.oneof(
    { weight: 4, arbitrary: comparison },
    { weight: 1, arbitrary: comparison.map((condition) => ({ op: 'not' as const, condition })) },
    {
      weight: 1,
      arbitrary: fc
        .record({
          op: fc.constantFrom<('all' | 'any')[]>('all', 'any'),
          conditions: fc.array(comparison, { minLength: 1, maxLength: 3 }),
        })
        .map(({ op, conditions }) => ({ op, conditions })),
    },
  );
}

function anyQuestion(index: number, count: number): fc.Arbitrary<Question> {
  const target = fc.oneof(
    fc.nat({ max: count }).map((place) => `q${place}`),
    fc.constantFrom('end', 'screen_out'),
  );
  return fc
    .record({
      fixture: fc.constantFrom(...fixtures),
      when: fc.option(anyCondition(index - 1), { nil: undefined, freq: 2 }),
      next: fc.option(
        fc.array(
          fc
            .record({ when: fc.option(anyCondition(index), { nil: undefined }), to: target })
            .map(({ when, to }) => ({
              ...(when && { when }),
              to,
            })),
          { maxLength: 3 },
        ),
        { nil: undefined, freq: 3 },
      ),
      skippable: fc.boolean(),
      tries: fc.integer({ min: 1, max: 3 }),
      outcome: fc.constantFrom<('skip' | 'default' | 'human' | 'end')[]>('skip', 'default', 'human', 'end'),
    })
    .map(({ fixture, when, next, skippable, tries, outcome }) =>
      questionSchema.parse({
        ...fixture.question,
        id: `q${index}`,
        ...(when && { when }),
        ...(next && { next }),
        ...(fixture.layout !== 'statement' && { skippable, retry: retry(tries, outcome, fixture.taken[0]) }),
      }),
    );
}

/** A document of one to eight questions of any kind, with conditions and jumps that may make no sense. */
export const anyDocument: fc.Arbitrary<QuestionnaireDocument> = fc
  .integer({ min: 1, max: 8 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => anyQuestion(index, count))))
  .map((questions) => sample(questions, { attributes: { orders: { type: 'number' } }, opening: 'Hi.' }));
