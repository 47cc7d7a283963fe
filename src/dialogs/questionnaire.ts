import { z } from 'zod';
import { languageSchema } from './language.ts';
import { questionnaireTextsSchema } from './question-texts.ts';
import { questionSchema } from './questions/index.ts';
import { nameSchema } from './questions/kind.ts';

export {
  type QuestionnaireTexts,
  type QuestionTexts,
  questionnaireTextsSchema,
  questionTextsSchema,
} from './question-texts.ts';
export { type Question, questionSchema } from './questions/index.ts';

/** The newest format of the document. Older ones are brought up to it by `migrations/`. */
export const latestFormat = 1;

const documentIdSchema = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);

const hours = z
  .number()
  .min(0)
  .max(24 * 90);

/** What contact attributes a questionnaire uses, in conditions or texts, and what they hold. */
const attributesSchema = z.record(
  nameSchema,
  z.strictObject({ type: z.enum(['text', 'number', 'boolean']) }),
);

/**
 * A questionnaire as one JSON document: its structure, free of language, and its texts in one or two languages. This schema is about the
 * shape; whether the questionnaire makes sense (jumps, conditions, missing texts) is what `inspect` says.
 */
export const questionnaireSchema = z
  .strictObject({
    format: z.literal(latestFormat),
    id: documentIdSchema,
    touchpoint: documentIdSchema.meta({ description: 'The moment that triggers it.' }),
    languages: z.array(languageSchema).min(1).max(2),
    attributes: attributesSchema.optional(),
    timing: z
      .strictObject({
        reminderHours: hours.optional().meta({ default: 24, description: '0 means no reminder.' }),
        expiryHours: hours.min(1).optional().meta({ default: 168 }),
        graceHours: hours.optional().meta({ default: 168 }),
      })
      .optional(),
    questions: z.array(questionSchema).min(1).max(100),
    texts: z.strictObject({
      he: questionnaireTextsSchema.optional(),
      en: questionnaireTextsSchema.optional(),
    }),
  })
  .superRefine((document, context) => {
    const report = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const { languages, texts, questions } = document;
    if (languages.length === 2 && languages[0] === languages[1]) {
      report(['languages', 1], 'This language is already named.');
    }
    for (const language of languageSchema.options) {
      const named = languages.includes(language);
      if (named && !texts[language])
        report(['texts', language], 'The texts of a named language are missing.');
      if (!named && texts[language])
        report(['texts', language], 'These texts are of a language that is not named.');
    }
    const seen = new Set<string>();
    for (const [index, { id }] of questions.entries()) {
      if (seen.has(id)) report(['questions', index, 'id'], 'Another question has this id.');
      if (id === 'end' || id === 'screen_out') report(['questions', index, 'id'], 'This id is reserved.');
      seen.add(id);
    }
  });

export type QuestionnaireDocument = z.infer<typeof questionnaireSchema>;
