import { z } from 'zod';

/** A language that questions are asked and replies are read in. */
export const languageSchema = z.enum(['he', 'en']);
export type Language = z.infer<typeof languageSchema>;

/**
 * What a question wants back. `nps` is 0–10, `csat` 1–5 and `ces` 1–7 unless the question states another range; `rating` states its own.
 * `consent` reads like `yes_no`. `info` wants nothing: every reply that is no command and asks nothing acknowledges it.
 */
export const questionKindSchema = z.enum([
  'nps',
  'csat',
  'ces',
  'rating',
  'choice',
  'multi_choice',
  'yes_no',
  'number',
  'date',
  'text',
  'email',
  'phone',
  'info',
  'consent',
]);
export type QuestionKind = z.infer<typeof questionKindSchema>;

/** Ways to say one thing, in each language. The first is what the contact sees, the others are synonyms. */
const labelsSchema = z.object({
  he: z.array(z.string()).readonly(),
  en: z.array(z.string()).readonly(),
});

/** An option of a choice, in the order shown. An `exclusive` one ("none of these") cannot stand beside another. */
export const askedOptionSchema = z.object({
  id: z.string().min(1),
  labels: labelsSchema,
  exclusive: z.boolean().optional(),
});
export type AskedOption = z.infer<typeof askedOptionSchema>;

/** A point of a scale that has a name. Some points of a scale, or all of them, may be named. */
export const scalePointSchema = z.object({ value: z.number(), labels: labelsSchema });
export type ScalePoint = z.infer<typeof scalePointSchema>;

/**
 * What was asked, as far as reading the reply needs it. The same object should be passed for the same question: tables made from it are
 * kept for as long as it lives.
 */
export const askedQuestionSchema = z.object({
  kind: questionKindSchema,
  /** Least value of a scale or number, fewest options of `multi_choice`, or fewest characters of `text`. */
  min: z.number().optional(),
  /** Greatest value of a scale or number, most options of `multi_choice`, or most characters of `text` (4,000 when not given). */
  max: z.number().optional(),
  /** Whether a `number` must be whole. Scales are always whole. */
  integer: z.boolean().optional(),
  options: z.array(askedOptionSchema).readonly().optional(),
  scale: z.array(scalePointSchema).readonly().optional(),
  /** On which side of today a `date` lies; today itself fits both. */
  when: z.enum(['past', 'future']).optional(),
  /** What a `number` counts, in either language ("days", "שעות", "₪"). */
  unit: z.string().optional(),
});
export type AskedQuestion = z.infer<typeof askedQuestionSchema>;

/** One reply to one question, with everything that its reading depends on. */
export const understandRequestSchema = z.object({
  question: askedQuestionSchema,
  text: z.string(),
  /** The language of the conversation. Replies in the other one are read all the same. */
  language: languageSchema,
  /** The moment of the reply, ISO 8601. It decides what "yesterday" means. */
  now: z.iso.datetime({ offset: true }),
  /** IANA time zone of the contact ("Asia/Jerusalem"). */
  timeZone: z.string(),
  /** ISO 3166 region of local phone numbers ("IL"). */
  region: z.string().length(2),
});
export type UnderstandRequest = z.infer<typeof understandRequestSchema>;
