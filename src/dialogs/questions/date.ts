import { z } from 'zod';
import type { TextReference } from '../effect.ts';
import type { AnswerValue, InvalidReason } from '../understanding/reading.ts';
import { kind, waitingFields } from './kind.ts';

/** A day. */
export const dateSchema = z.strictObject({
  ...waitingFields,
  kind: z.literal('date'),
  dates: z
    .enum(['past', 'future'])
    .optional()
    .meta({ description: 'On which side of today it lies; today fits both.' }),
});

export type DateQuestion = z.infer<typeof dateSchema>;

/** Which days lie in the past is known only when the reply is read, so that is where past and future are checked. */
export const date = kind<DateQuestion>({
  answerType: 'date',
  present: () => ({ layout: 'open', input: 'date', textUnitsMax: 100 }),
  asked: (question) => ({ kind: 'date', ...(question.dates && { when: question.dates }) }),
  check: (_question, value) => check(value),
  tapped(_question, choiceIds) {
    const [day] = choiceIds;
    return choiceIds.length === 1 && day !== undefined && check(day) === undefined ? day : undefined;
  },
  hint: (question): TextReference => ({
    from: 'system',
    key: `hints.date${question.dates ? `_${question.dates}` : ''}`,
  }),
});

function check(value: AnswerValue): InvalidReason | undefined {
  if (typeof value !== 'string') return 'not_a_date';
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(value);
  if (!parts) return 'not_a_date';
  const day = new Date(`${value}T00:00:00Z`);
  return Number.isNaN(day.getTime()) || day.getUTCDate() !== Number(parts[3]) ? 'not_a_date' : undefined;
}
