import { describe, expect, test } from 'vitest';
import {
  type Condition,
  type ConditionTraceEntry,
  conditionSchema,
  evaluateCondition,
} from '../../src/dialogs/index.ts';

const answers = {
  score: 7,
  day: '2026-05-04',
  reasons: ['late', 'rude'],
  agree: false,
  word: 'yes',
  constructor: 1,
};
const context = {
  channel: 'sms',
  language: 'he',
  attributes: { orders: 3, vip: true, name: 'Dana' },
} as const;

const score = { answer: 'score' };
const missing = { answer: 'missing' };

const table: [string, Condition, boolean][] = [
  ['eq, equal', { op: 'eq', of: score, value: 7 }, true],
  ['eq, other', { op: 'eq', of: score, value: 8 }, false],
  ['eq, other type', { op: 'eq', of: score, value: '7' }, false],
  ['ne, other', { op: 'ne', of: score, value: 8 }, true],
  ['ne, equal', { op: 'ne', of: score, value: 7 }, false],
  ['ne, other type', { op: 'ne', of: score, value: '7' }, false],
  ['lt, below', { op: 'lt', of: score, value: 8 }, true],
  ['lt, equal', { op: 'lt', of: score, value: 7 }, false],
  ['lte, equal', { op: 'lte', of: score, value: 7 }, true],
  ['lte, above', { op: 'lte', of: score, value: 6 }, false],
  ['gt, above', { op: 'gt', of: score, value: 6 }, true],
  ['gt, equal', { op: 'gt', of: score, value: 7 }, false],
  ['gte, equal', { op: 'gte', of: score, value: 7 }, true],
  ['gte, below', { op: 'gte', of: score, value: 8 }, false],
  ['between, at its lower end', { op: 'between', of: score, from: 7, to: 8 }, true],
  ['between, at its upper end', { op: 'between', of: score, from: 0, to: 7 }, true],
  ['between, outside', { op: 'between', of: score, from: 8, to: 10 }, false],
  ['between, of a text', { op: 'between', of: { answer: 'word' }, from: 0, to: 10 }, false],
  ['in, among', { op: 'in', of: score, values: [6, 7] }, true],
  ['in, not among', { op: 'in', of: score, values: [6, '7'] }, false],
  ['in, one of several chosen', { op: 'in', of: { answer: 'reasons' }, values: ['rude', 'other'] }, true],
  ['in, none of several chosen', { op: 'in', of: { answer: 'reasons' }, values: ['other'] }, false],
  ['eq, of several chosen', { op: 'eq', of: { answer: 'reasons' }, value: 'late' }, false],
  ['answered, yes', { op: 'answered', of: score }, true],
  ['answered, with false', { op: 'answered', of: { answer: 'agree' } }, true],
  ['answered, no', { op: 'answered', of: missing }, false],
  ['a date before', { op: 'lt', of: { answer: 'day' }, value: '2026-05-05' }, true],
  ['a date after', { op: 'gt', of: { answer: 'day' }, value: '2026-05-05' }, false],
  ['a boolean', { op: 'eq', of: { answer: 'agree' }, value: false }, true],
  ['an attribute', { op: 'gte', of: { attribute: 'orders' }, value: 3 }, true],
  ['no such attribute', { op: 'ne', of: { attribute: 'missing' }, value: 3 }, false],
  ['the channel', { op: 'eq', of: { context: 'channel' }, value: 'sms' }, true],
  ['the language', { op: 'eq', of: { context: 'language' }, value: 'en' }, false],
  [
    'all, of true',
    {
      op: 'all',
      conditions: [
        { op: 'eq', of: score, value: 7 },
        { op: 'answered', of: score },
      ],
    },
    true,
  ],
  [
    'all, one false',
    {
      op: 'all',
      conditions: [
        { op: 'eq', of: score, value: 7 },
        { op: 'answered', of: missing },
      ],
    },
    false,
  ],
  [
    'any, one true',
    {
      op: 'any',
      conditions: [
        { op: 'answered', of: missing },
        { op: 'eq', of: score, value: 7 },
      ],
    },
    true,
  ],
  ['any, of false', { op: 'any', conditions: [{ op: 'answered', of: missing }] }, false],
  ['not', { op: 'not', condition: { op: 'eq', of: score, value: 7 } }, false],
  ['not, of what has no value', { op: 'not', condition: { op: 'eq', of: missing, value: 7 } }, true],
  ['an id that objects inherit', { op: 'eq', of: { answer: 'constructor' }, value: 1 }, true],
];

describe('a condition', () => {
  test.each(table)('[D4] %s', (_name, condition, result) => {
    expect(conditionSchema.parse(condition)).toEqual(condition);
    expect(evaluateCondition(condition, answers, context)).toBe(result);
  });

  test.each(['eq', 'ne', 'lt', 'lte', 'gt', 'gte'] as const)('[D4] %s is false without a value', (op) => {
    expect(evaluateCondition({ op, of: missing, value: 7 }, answers, context)).toBe(false);
    expect(evaluateCondition({ op, of: { answer: 'constructor' }, value: 7 }, {}, context)).toBe(false);
  });

  test('[D4] between and in are false without a value', () => {
    expect(evaluateCondition({ op: 'between', of: missing, from: -1, to: 1 }, answers, context)).toBe(false);
    expect(evaluateCondition({ op: 'in', of: missing, values: [0, ''] }, answers, context)).toBe(false);
  });

  test('[D4] can be traced, and shows where a value was missing', () => {
    const lowScore: Condition = { op: 'lte', of: score, value: 6 };
    const noDay: Condition = { op: 'answered', of: missing };
    const whole: Condition = { op: 'any', conditions: [lowScore, noDay] };
    const trace: ConditionTraceEntry[] = [];
    evaluateCondition(whole, answers, context, trace);
    expect(trace).toEqual([
      { condition: lowScore, actual: 7, result: false },
      { condition: noDay, result: false },
      { condition: whole, result: false },
    ]);
  });
});
