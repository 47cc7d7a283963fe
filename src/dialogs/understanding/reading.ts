import { z } from 'zod';
import { languageSchema } from './request.ts';

/** A wish about the conversation itself, made by a reply that says nothing else. `stop` is the opt-out. */
export const commandSchema = z.enum([
  'stop',
  'start',
  'human',
  'help',
  'language:he',
  'language:en',
  'back',
  'skip',
  'restart',
  'pause',
]);
export type Command = z.infer<typeof commandSchema>;

/**
 * Why a reply could not be taken, as something that can be said kindly:
 *
 * - `empty`: nothing there (white space, invisible marks, punctuation; also what is left of a sticker or a picture)
 * - `only_emoji`: a feeling, where words or a number were wanted
 * - `unclear`: nothing in it that the question asks for
 * - `negated`: it says what the answer is not ("not an 8")
 * - `not_exact`: a limit or an estimate ("more than 5", "a few")
 * - `not_a_number`, `out_of_range`, `not_whole`: for scores and numbers
 * - `other_scale`: scored out of something else ("4/5" where 0–10 was asked)
 * - `other_unit`: counted in something else ("3 hours" where days were asked)
 * - `not_an_option`, `too_few`, `too_many`, `contradiction` ("none" together with an option): for choices
 * - `not_a_date` (also a day that does not exist), `date_in_future`, `date_in_past`
 * - `not_an_email`, `not_a_phone`
 * - `too_short`, `too_long`: for texts, and `too_long` for any reply beyond 4,000 characters
 */
export const invalidReasonSchema = z.enum([
  'empty',
  'only_emoji',
  'unclear',
  'negated',
  'not_exact',
  'not_a_number',
  'out_of_range',
  'not_whole',
  'other_scale',
  'other_unit',
  'not_an_option',
  'too_few',
  'too_many',
  'contradiction',
  'not_a_date',
  'date_in_future',
  'date_in_past',
  'not_an_email',
  'not_a_phone',
  'too_short',
  'too_long',
]);
export type InvalidReason = z.infer<typeof invalidReasonSchema>;

/**
 * What an answer is worth: a number for scales and `number`; an option id for `choice`; option ids in the question's order for
 * `multi_choice`; true or false for `yes_no` and `consent`; YYYY-MM-DD for `date`; E.164 for `phone`; lower case for `email`; the text
 * itself without outer white space for `text`; true for `info`.
 */
export const answerValueSchema = z.union([
  z.number(),
  z.string(),
  z.array(z.string()).readonly(),
  z.boolean(),
]);
export type AnswerValue = z.infer<typeof answerValueSchema>;

/** The name of the rule that read the reply, snake_case. Not a closed set: stored readings outlive the rules that made them. */
const ruleSchema = z.string();

/** A reply that answers. With `confirm`, ask "We read that as 8. Right?" before taking it. */
export const answerReadingSchema = z.object({
  outcome: z.literal('answer'),
  value: answerValueSchema,
  confidence: z.enum(['take', 'confirm']),
  rule: ruleSchema,
  language: languageSchema,
  /** What was said beside the answer, in the contact's own words: a verbatim. */
  comment: z.string().optional(),
});

/** A reply that is a command and nothing else. */
export const commandReadingSchema = z.object({
  outcome: z.literal('command'),
  command: commandSchema,
  rule: ruleSchema,
  language: languageSchema,
});

/** A reply that could mean several answers. The candidates are what to offer; there may be none when naming them would not help. */
export const ambiguousReadingSchema = z.object({
  outcome: z.literal('ambiguous'),
  candidates: z.array(z.object({ value: answerValueSchema, rule: ruleSchema })).readonly(),
  rule: ruleSchema,
  language: languageSchema,
});

/** A reply that is no answer, and why. */
export const invalidReadingSchema = z.object({
  outcome: z.literal('invalid'),
  reason: invalidReasonSchema,
  rule: ruleSchema,
  language: languageSchema,
});

/** What `understand` made of a reply. `language` is the language of the reply, or of the conversation when the reply shows none. */
export const readingSchema = z.discriminatedUnion('outcome', [
  answerReadingSchema,
  commandReadingSchema,
  ambiguousReadingSchema,
  invalidReadingSchema,
]);
export type Reading = z.infer<typeof readingSchema>;
export type AnswerReading = z.infer<typeof answerReadingSchema>;
export type CommandReading = z.infer<typeof commandReadingSchema>;
export type AmbiguousReading = z.infer<typeof ambiguousReadingSchema>;
export type InvalidReading = z.infer<typeof invalidReadingSchema>;
