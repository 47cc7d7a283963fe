import { z } from 'zod';
import { decisionKind } from './decision.ts';
import { waitingFields } from './kind.ts';

/** Yes or no. */
export const yesNoSchema = z.strictObject({ ...waitingFields, kind: z.literal('yes_no') });

export type YesNoQuestion = z.infer<typeof yesNoSchema>;

/** The answer is true or false. */
export const yesNo = decisionKind<YesNoQuestion>();
