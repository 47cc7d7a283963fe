import { z } from 'zod';

/** The longest sentence of a questionnaire, in UTF-16 units. */
export const sentenceUnitsMax = 2000;

const sentence = z.string().max(sentenceUnitsMax);
const label = z.string().max(200);
const key = z.string().regex(/^[a-z0-9][a-z0-9_]{0,39}$/);

/**
 * The texts of a question in one language. Plural forms of the prompt are siblings as i18next has them (`prompt_one`, in Hebrew
 * `prompt_two`, `prompt_other`); `prompt` itself is then what is said when the number is not known.
 */
export const questionTextsSchema = z.strictObject({
  prompt: sentence.optional(),
  prompt_one: sentence.optional(),
  prompt_two: sentence.optional(),
  prompt_other: sentence.optional(),
  options: z.record(key, label).optional().meta({ description: 'The label of each option.' }),
  synonyms: z
    .record(key, z.array(label).max(30))
    .optional()
    .meta({ description: 'Other ways in which people type an option (or yes and no).' }),
  low: label.optional().meta({ description: 'What the lowest point of the scale means.' }),
  high: label.optional().meta({ description: 'What the highest point of the scale means.' }),
  points: z
    .record(z.string().regex(/^-?[0-9]{1,6}$/), label)
    .optional()
    .meta({ description: 'What single points of the scale mean.' }),
  retry: sentence
    .optional()
    .meta({ description: 'Said instead of our own sentence when a reply was not taken.' }),
  unit: label.optional(),
  yes: label.optional(),
  no: label.optional(),
});

export type QuestionTexts = z.infer<typeof questionTextsSchema>;

/** All texts of a questionnaire in one language: an i18next namespace. */
export const questionnaireTextsSchema = z.strictObject({
  title: sentence,
  description: sentence.optional(),
  opening: sentence.optional().meta({ description: 'Said before the first question, in the same message.' }),
  questions: z.record(key, questionTextsSchema),
  end: sentence,
  screened_out: sentence.optional(),
  refused: sentence.optional(),
  fallbacks: z
    .record(z.string().regex(/^(answers\.)?[a-z][a-z0-9_]{0,39}$/), label)
    .optional()
    .meta({ description: 'What is said in place of a placeholder whose value is not known.' }),
});

export type QuestionnaireTexts = z.infer<typeof questionnaireTextsSchema>;
