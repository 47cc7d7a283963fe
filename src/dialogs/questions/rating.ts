import { z } from 'zod';
import { waitingFields } from './kind.ts';
import { scaleKind } from './scale.ts';

const point = z.number().int().min(-100).max(100);

/** A scale with a range of its own, of at most eleven points. */
export const ratingSchema = z.strictObject({
  ...waitingFields,
  kind: z.literal('rating'),
  min: point,
  max: point,
});

export type RatingQuestion = z.infer<typeof ratingSchema>;

/** A score in the range that the question states. */
export const rating = scaleKind<RatingQuestion>({
  rangeOf: (question) => question,
  faults({ min, max }) {
    if (max <= min) return [{ field: 'max', code: 'range_empty' }];
    return max - min > stepsMax ? [{ field: 'max', code: 'range_too_wide' }] : [];
  },
});

/** A row of more than eleven points fits no phone. */
const stepsMax = 10;
