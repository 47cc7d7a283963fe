import { z } from 'zod';
import { kind, waitingFields } from './kind.ts';

/** Free words: a verbatim. */
export const textSchema = z.strictObject({
  ...waitingFields,
  kind: z.literal('text'),
  lengthMax: z.number().int().min(1).max(4000).optional().meta({ default: 2000 }),
});

export type TextQuestion = z.infer<typeof textSchema>;

/** The answer is what was written, without outer white space. */
export const text = kind<TextQuestion>({
  answerType: 'text',
  present: (question) => ({ layout: 'open', input: 'text', textUnitsMax: longestOf(question) }),
  asked: (question) => ({ kind: 'text', max: longestOf(question) }),
  check(question, value) {
    if (typeof value !== 'string' || value.length === 0) return 'empty';
    return value.length > longestOf(question) ? 'too_long' : undefined;
  },
  tapped: () => undefined,
  hint: (question) => ({ from: 'system', key: 'hints.text', parameters: { max: longestOf(question) } }),
});

function longestOf(question: TextQuestion): number {
  return question.lengthMax ?? 2000;
}
