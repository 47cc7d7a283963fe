import { z } from 'zod';
import { waitingFields } from './kind.ts';
import { scaleKind } from './scale.ts';

/** Agreement that it was easy, 1 to 7 (Customer Effort Score 2.0): high is easy. */
export const cesSchema = z.strictObject({ ...waitingFields, kind: z.literal('ces') });

export type CesQuestion = z.infer<typeof cesSchema>;

const range = { min: 1, max: 7 };

/** A score of agreement, 1 to 7. */
export const ces = scaleKind<CesQuestion>({ metric: 'ces', rangeOf: () => range });
