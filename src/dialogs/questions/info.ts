import { z } from 'zod';
import { kind, questionFields } from './kind.ts';

/** A statement: it is said and waits for nothing. */
export const infoSchema = z.strictObject({ ...questionFields, kind: z.literal('info') });

export type InfoQuestion = z.infer<typeof infoSchema>;

/** It is never answered. */
export const info = kind<InfoQuestion>({
  answerType: 'none',
  waits: false,
  present: () => ({ layout: 'statement' }),
  asked: () => ({ kind: 'info' }),
  check: (_question, value) => (value === true ? undefined : 'unclear'),
  tapped: () => undefined,
  hint: () => ({ from: 'system', key: 'hints.text' }),
});
