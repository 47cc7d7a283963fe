import { z } from 'zod';
import { waitingFields } from './kind.ts';
import { scaleKind } from './scale.ts';

/** Satisfaction, 1 to 5 (customer satisfaction). */
export const csatSchema = z.strictObject({ ...waitingFields, kind: z.literal('csat') });

export type CsatQuestion = z.infer<typeof csatSchema>;

const range = { min: 1, max: 5 };

/** A score of satisfaction, 1 to 5. */
export const csat = scaleKind<CsatQuestion>({ metric: 'csat', rangeOf: () => range });
