import { z } from 'zod';
import { decisionKind } from './decision.ts';
import { waitingFields } from './kind.ts';

/** Agreement to go on: yes goes on, no ends the conversation as refused. */
export const consentSchema = z.strictObject({ ...waitingFields, kind: z.literal('consent') });

export type ConsentQuestion = z.infer<typeof consentSchema>;

/** Silence and unclear words are no consent, so it is neither skipped nor passed after the last try. */
export const consent = decisionKind<ConsentQuestion>({
  skippable: false,
  afterRetries: 'end',
  ending: (value) => (value === true ? undefined : 'refused'),
});
