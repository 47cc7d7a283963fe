import { readFileSync } from 'node:fs';
import { questionnaireSchema } from '../../../src/dialogs/questionnaire.ts';

/** Every kind of question, in both languages. */
export const everyKind = questionnaireSchema.parse(
  JSON.parse(readFileSync(new URL('../../fixtures/questionnaires/every-kind.json', import.meta.url), 'utf8')),
);

const sentence = 'שָׁלוֹם לכם, כאן החנות; נשמח לשמוע על המשלוח שהגיע אתמול 👨‍👩‍👧‍👦. ';

/** An opening and a question as long as they may be. */
export const longWinded = questionnaireSchema.parse({
  format: 1,
  id: 'long-winded',
  touchpoint: 'long-winded',
  languages: ['he'],
  questions: [{ id: 'sure', kind: 'yes_no' }],
  texts: {
    he: {
      title: 'ארוך מאוד',
      opening: sentence.repeat(26).trim(),
      questions: { sure: { prompt: sentence.repeat(26).trim() } },
      end: 'תודה.',
    },
  },
});
