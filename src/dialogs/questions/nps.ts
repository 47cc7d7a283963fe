import { z } from 'zod';
import { waitingFields } from './kind.ts';
import { scaleKind } from './scale.ts';

/** Likelihood to recommend, 0 to 10 (Net Promoter Score). */
export const npsSchema = z.strictObject({ ...waitingFields, kind: z.literal('nps') });

export type NpsQuestion = z.infer<typeof npsSchema>;

const range = { min: 0, max: 10 };

/** A score of likelihood, 0 to 10. */
export const nps = scaleKind<NpsQuestion>({ metric: 'nps', rangeOf: () => range });
