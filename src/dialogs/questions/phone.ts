import { z } from 'zod';
import { kind, waitingFields } from './kind.ts';

/** A telephone number; the answer is E.164. */
export const phoneSchema = z.strictObject({ ...waitingFields, kind: z.literal('phone') });

export type PhoneQuestion = z.infer<typeof phoneSchema>;

/** The answer is the number in E.164. */
export const phone = kind<PhoneQuestion>({
  answerType: 'text',
  present: () => ({ layout: 'open', input: 'phone', textUnitsMax: 40 }),
  asked: () => ({ kind: 'phone' }),
  check: (_question, value) =>
    typeof value === 'string' && /^\+[1-9][0-9]{4,14}$/.test(value) ? undefined : 'not_a_phone',
  tapped: () => undefined,
  hint: () => ({ from: 'system', key: 'hints.phone' }),
});
