import type { AnswerValue, Question, QuestionnaireDocument, QuestionTexts } from '../../src/dialogs/index.ts';
import { questionnaireSchema } from '../../src/dialogs/index.ts';

interface Sample {
  readonly attributes?: QuestionnaireDocument['attributes'];
  /** Texts of questions beside the prompt and the option labels, the same in both languages. */
  readonly texts?: Readonly<Record<string, QuestionTexts>>;
  readonly opening?: string;
}

/** A document around the given questions, with texts for everything that they need. Labels are the ids, with a mark for Hebrew. */
export function sample(
  questions: readonly Question[],
  { attributes, texts, opening }: Sample = {},
): QuestionnaireDocument {
  const textsIn = (mark: string) => ({
    title: `Sample${mark}`,
    ...(opening !== undefined && { opening }),
    questions: Object.fromEntries(
      questions.map((question) => [
        question.id,
        {
          prompt: `${question.id}?${mark}`,
          ...('options' in question && {
            options: Object.fromEntries(question.options.map(({ id }) => [id, `${id}${mark}`])),
          }),
          ...texts?.[question.id],
        },
      ]),
    ),
    end: `end${mark}`,
    screened_out: `screened out${mark}`,
    refused: `refused${mark}`,
  });
  return questionnaireSchema.parse({
    format: 1,
    id: 'sample',
    touchpoint: 'sample',
    languages: ['he', 'en'],
    ...(attributes && { attributes }),
    questions,
    texts: { he: textsIn(' א'), en: textsIn('') },
  });
}

/** A retry slot; a function, because an object with a property `then` looks like a promise to the linter. */
export function retry(tries: number, outcome?: 'skip' | 'default' | 'human' | 'end', value?: AnswerValue) {
  return Object.fromEntries([
    ['tries', tries],
    ...(outcome ? [['then', outcome] as const] : []),
    ...(value === undefined ? [] : [['default', value] as const]),
  ]);
}
