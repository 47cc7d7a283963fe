import { z } from 'zod';
import { answerValueSchema } from './answer.ts';
import { languageSchema } from './language.ts';
import { readingSchema } from './understanding/reading.ts';

/** What conditions may look at besides answers; only the attributes that the questionnaire's conditions name are carried. */
const contextSchema = z.strictObject({
  channel: z.string(),
  language: languageSchema,
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

export type EventContext = z.infer<typeof contextSchema>;

/**
 * What happened in a conversation, in the past tense. Events are stored as they are: a reply holds its reading, so that replaying
 * folds readings and never parses again. `at` is ISO 8601 UTC.
 */
export const eventSchema = z.discriminatedUnion('type', [
  /** The questionnaire was opened; `known` are answers that came as facts and are not asked. */
  z.strictObject({
    type: z.literal('started'),
    at: z.string(),
    context: contextSchema,
    known: z.record(z.string(), answerValueSchema).optional(),
  }),
  /**
   * The contact replied. `subject` says whether the reading answers the waiting question or the "did you mean" before it.
   * A tap names its question, so that a tap on an old button is never scored against another question.
   */
  z.strictObject({
    type: z.literal('replied'),
    at: z.string(),
    context: contextSchema,
    reading: readingSchema,
    subject: z.enum(['question', 'confirmation']),
    inputMode: z.enum(['tap', 'typed']),
    tapped: z.string().optional(),
  }),
  /** Something came that holds no text: a picture, a voice message, a sticker. */
  z.strictObject({ type: z.literal('media_received'), at: z.string(), context: contextSchema }),
  /** The waiting question is to be presented again: after a pause, on another channel, after a talk with staff. */
  z.strictObject({ type: z.literal('resumed'), at: z.string(), context: contextSchema }),
  z.strictObject({ type: z.literal('reminded'), at: z.string(), context: contextSchema }),
  z.strictObject({ type: z.literal('expired'), at: z.string(), context: contextSchema }),
  /** The contact or staff closed the conversation before its end. */
  z.strictObject({ type: z.literal('closed'), at: z.string(), context: contextSchema }),
  /** A revision that changes texts only was applied to the open session. */
  z.strictObject({
    type: z.literal('revised'),
    at: z.string(),
    context: contextSchema,
    revision: z.number().int(),
  }),
]);

export type Event = z.infer<typeof eventSchema>;
