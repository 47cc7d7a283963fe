import type { AnswerValue, InvalidReason, QuestionKind, QuestionTexts } from '../../src/dialogs/index.ts';
import type { Presentation } from '../../src/dialogs/presentation.ts';

/** What there is to know about a question kind, seen from outside. */
export interface KindFixture {
  readonly question: Readonly<Record<string, unknown>>;
  readonly texts: QuestionTexts;
  readonly layout: Presentation['layout'];
  readonly choices?: readonly string[];
  readonly taken: readonly AnswerValue[];
  readonly refused: readonly (readonly [AnswerValue, InvalidReason])[];
  /** Choice ids that were tapped, and the value that they stand for. */
  readonly taps: readonly (readonly [readonly string[], AnswerValue | undefined])[];
  /** A reply that people type, and its value. */
  readonly typed: readonly [string, AnswerValue];
  /** Settings that no such question may have. */
  readonly misshapen: Readonly<Record<string, unknown>>;
}

const longText = 'x'.repeat(51);

/** One for each kind; a new kind is not finished before it stands here. */
export const kindFixtures = {
  nps: {
    question: { id: 'q', kind: 'nps' },
    texts: { prompt: 'How likely?', low: 'Not at all', high: 'Extremely' },
    layout: 'scale',
    choices: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'],
    taken: [0, 7, 10],
    refused: [
      [11, 'out_of_range'],
      [-1, 'out_of_range'],
      [7.5, 'not_whole'],
      ['7', 'not_a_number'],
      [true, 'not_a_number'],
    ],
    taps: [
      [['10'], 10],
      [['0'], 0],
      [['11'], undefined],
      [['07'], undefined],
      [['7', '8'], undefined],
      [[], undefined],
      [[''], undefined],
      [['__proto__'], undefined],
    ],
    typed: ['8', 8],
    misshapen: { id: 'q', kind: 'nps', min: 1 },
  },
  csat: {
    question: { id: 'q', kind: 'csat' },
    texts: { prompt: 'How satisfied?', points: { '3': 'So-so' } },
    layout: 'scale',
    choices: ['1', '2', '3', '4', '5'],
    taken: [1, 5],
    refused: [
      [0, 'out_of_range'],
      [6, 'out_of_range'],
    ],
    taps: [[['5'], 5]],
    typed: ['5', 5],
    misshapen: { id: 'q', kind: 'csat', options: [] },
  },
  ces: {
    question: { id: 'q', kind: 'ces' },
    texts: { prompt: 'How easy?' },
    layout: 'scale',
    choices: ['1', '2', '3', '4', '5', '6', '7'],
    taken: [1, 7],
    refused: [[8, 'out_of_range']],
    taps: [[['7'], 7]],
    typed: ['7', 7],
    misshapen: { id: 'q', kind: 'ces', max: 5 },
  },
  rating: {
    question: { id: 'q', kind: 'rating', min: -2, max: 2 },
    texts: { prompt: 'Rate' },
    layout: 'scale',
    choices: ['-2', '-1', '0', '1', '2'],
    taken: [-2, 0, 2],
    refused: [
      [3, 'out_of_range'],
      [0.5, 'not_whole'],
    ],
    taps: [
      [['-2'], -2],
      [['-3'], undefined],
    ],
    typed: ['2', 2],
    misshapen: { id: 'q', kind: 'rating', min: 1.5, max: 5 },
  },
  choice: {
    question: { id: 'q', kind: 'choice', options: [{ id: 'late' }, { id: 'constructor' }] },
    texts: { prompt: 'Which?', options: { late: 'Late', constructor: 'Broken' } },
    layout: 'options',
    choices: ['late', 'constructor'],
    taken: ['late', 'constructor'],
    refused: [
      ['other', 'not_an_option'],
      ['__proto__', 'not_an_option'],
      [['late'], 'not_an_option'],
      [0, 'not_an_option'],
    ],
    taps: [
      [['late'], 'late'],
      [['constructor'], 'constructor'],
      [['__proto__'], undefined],
      [['late', 'constructor'], undefined],
    ],
    typed: ['Late', 'late'],
    misshapen: { id: 'q', kind: 'choice', options: [{ id: 'one' }] },
  },
  multi_choice: {
    question: {
      id: 'q',
      kind: 'multi_choice',
      options: [{ id: 'late' }, { id: 'broken' }, { id: 'rude' }, { id: 'none', exclusive: true }],
      choicesMin: 2,
      choicesMax: 2,
    },
    texts: { prompt: 'Which?', options: { late: 'Late', broken: 'Broken', rude: 'Rude', none: 'None' } },
    layout: 'multiple',
    choices: ['late', 'broken', 'rude', 'none'],
    taken: [['late', 'broken'], ['none']],
    refused: [
      [['late'], 'too_few'],
      [[], 'too_few'],
      [['late', 'broken', 'rude'], 'too_many'],
      [['late', 'none'], 'contradiction'],
      [['late', 'late'], 'not_an_option'],
      [['late', 'other'], 'not_an_option'],
      ['late', 'not_an_option'],
    ],
    taps: [
      [
        ['broken', 'late'],
        ['late', 'broken'],
      ],
      [['late', 'other'], undefined],
      [['late', 'late'], undefined],
      [[], undefined],
    ],
    typed: ['1, 2', ['late', 'broken']],
    misshapen: { id: 'q', kind: 'multi_choice', options: [{ id: 'a' }, { id: 'b' }], choicesMin: 0 },
  },
  yes_no: {
    question: { id: 'q', kind: 'yes_no' },
    texts: { prompt: 'Again?' },
    layout: 'options',
    choices: ['yes', 'no'],
    taken: [true, false],
    refused: [
      ['yes', 'unclear'],
      [1, 'unclear'],
    ],
    taps: [
      [['yes'], true],
      [['no'], false],
      [['maybe'], undefined],
      [['yes', 'no'], undefined],
    ],
    typed: ['yes', true],
    misshapen: { id: 'q', kind: 'yes_no', options: [] },
  },
  consent: {
    question: { id: 'q', kind: 'consent' },
    texts: { prompt: 'May we?', yes: 'I agree', no: 'I do not' },
    layout: 'options',
    choices: ['yes', 'no'],
    taken: [true],
    refused: [['yes', 'unclear']],
    taps: [[['yes'], true]],
    typed: ['yes', true],
    misshapen: { id: 'q', kind: 'consent', min: 1 },
  },
  number: {
    question: { id: 'q', kind: 'number', min: 1, max: 50, integer: true, unit: 'days' },
    texts: { prompt: 'How many?', unit: 'days' },
    layout: 'open',
    taken: [1, 50],
    refused: [
      [0, 'out_of_range'],
      [51, 'out_of_range'],
      [1.5, 'not_whole'],
      ['1', 'not_a_number'],
    ],
    taps: [
      [['7'], 7],
      [['51'], undefined],
      [['1e1'], undefined],
      [['NaN'], undefined],
    ],
    typed: ['12', 12],
    misshapen: { id: 'q', kind: 'number', unit: 'Days of week' },
  },
  date: {
    question: { id: 'q', kind: 'date', dates: 'past' },
    texts: { prompt: 'When?' },
    layout: 'open',
    taken: ['2026-05-04', '2024-02-29'],
    refused: [
      ['2026-02-29', 'not_a_date'],
      ['2026-13-01', 'not_a_date'],
      ['4.5.2026', 'not_a_date'],
      [20260504, 'not_a_date'],
    ],
    taps: [
      [['2026-05-04'], '2026-05-04'],
      [['2026-02-30'], undefined],
    ],
    typed: ['3.5.2026', '2026-05-03'],
    misshapen: { id: 'q', kind: 'date', dates: 'yesterday' },
  },
  text: {
    question: { id: 'q', kind: 'text', lengthMax: 50 },
    texts: { prompt: 'Why?' },
    layout: 'open',
    taken: ['Because', '\u0000', '__proto__'],
    refused: [
      ['', 'empty'],
      [longText, 'too_long'],
      [5, 'empty'],
    ],
    taps: [[['Because'], undefined]],
    typed: ['It came late', 'It came late'],
    misshapen: { id: 'q', kind: 'text', lengthMax: 4001 },
  },
  email: {
    question: { id: 'q', kind: 'email' },
    texts: { prompt: 'Mail?' },
    layout: 'open',
    taken: ['dana@example.com'],
    refused: [
      ['dana', 'not_an_email'],
      ['dana @example.com', 'not_an_email'],
      [`${longText.repeat(5)}@example.com`, 'not_an_email'],
    ],
    taps: [[['dana@example.com'], undefined]],
    typed: ['dana@example.com', 'dana@example.com'],
    misshapen: { id: 'q', kind: 'email', lengthMax: 5 },
  },
  phone: {
    question: { id: 'q', kind: 'phone' },
    texts: { prompt: 'Phone?' },
    layout: 'open',
    taken: ['+972501234567'],
    refused: [
      ['0501234567', 'not_a_phone'],
      ['+0501234567', 'not_a_phone'],
    ],
    taps: [[['+972501234567'], undefined]],
    typed: ['050-1234567', '+972501234567'],
    misshapen: { id: 'q', kind: 'phone', region: 'IL' },
  },
  info: {
    question: { id: 'q', kind: 'info' },
    texts: { prompt: 'By the way.' },
    layout: 'statement',
    taken: [true],
    refused: [['ok', 'unclear']],
    taps: [[['ok'], undefined]],
    typed: ['ok', true],
    misshapen: { id: 'q', kind: 'info', skippable: true },
  },
} satisfies Record<QuestionKind, KindFixture>;
