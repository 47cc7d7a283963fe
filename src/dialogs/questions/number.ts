import { z } from 'zod';
import type { InvalidReason } from '../understanding/reading.ts';
import { kind, nameSchema, waitingFields } from './kind.ts';

const bound = z.number().min(-1e12).max(1e12);

/** A number, typed. */
export const numberSchema = z.strictObject({
  ...waitingFields,
  kind: z.literal('number'),
  min: bound.optional(),
  max: bound.optional(),
  integer: z.boolean().optional().meta({ default: false }),
  unit: nameSchema
    .optional()
    .meta({ description: 'What is counted; its word stands in the texts as `unit`.' }),
});

export type NumberQuestion = z.infer<typeof numberSchema>;

/** The answer is a finite number. */
export const number = kind<NumberQuestion>({
  answerType: 'number',
  texts: ['unit'],
  present: () => ({ layout: 'open', input: 'number', textUnitsMax: 40 }),
  asked(question, texts) {
    const unit = texts.he?.unit ?? texts.en?.unit;
    return {
      kind: 'number',
      ...(question.min !== undefined && { min: question.min }),
      ...(question.max !== undefined && { max: question.max }),
      ...(question.integer && { integer: true }),
      ...(unit !== undefined && { unit }),
    };
  },
  check(question, value): InvalidReason | undefined {
    if (typeof value !== 'number' || !Number.isFinite(value)) return 'not_a_number';
    if (question.integer && !Number.isInteger(value)) return 'not_whole';
    const { min = -Infinity, max = Infinity } = question;
    return value < min || value > max ? 'out_of_range' : undefined;
  },
  tapped(question, choiceIds) {
    const [digits] = choiceIds;
    if (choiceIds.length !== 1 || digits === undefined) return undefined;
    const value = Number(digits);
    return String(value) === digits && this.check(question, value) === undefined ? value : undefined;
  },
  hint({ min, max, integer }) {
    const whole = integer ? '_whole' : '';
    if (min !== undefined && max !== undefined) {
      return { from: 'system', key: `hints.number${whole}_between`, parameters: { min, max } };
    }
    if (min !== undefined) return { from: 'system', key: `hints.number${whole}_from`, parameters: { min } };
    if (max !== undefined) return { from: 'system', key: `hints.number${whole}_to`, parameters: { max } };
    return { from: 'system', key: `hints.number${whole}` };
  },
  faults({ min, max }) {
    return min !== undefined && max !== undefined && max < min ? [{ field: 'max', code: 'range_empty' }] : [];
  },
});
