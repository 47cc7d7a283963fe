import { z } from 'zod';
import { kind, waitingFields } from './kind.ts';
import { askedOptions, duplicateOptions, idsOf, optionsSchema, presentOptions } from './options.ts';

/** One of several options. */
export const choiceSchema = z.strictObject({
  ...waitingFields,
  kind: z.literal('choice'),
  options: optionsSchema,
});

export type ChoiceQuestion = z.infer<typeof choiceSchema>;

/** The answer is one option id. */
export const choice = kind<ChoiceQuestion>({
  answerType: 'option',
  texts: ['options'],
  present: (question) => ({ layout: 'options', choices: presentOptions(question.id, question.options) }),
  asked: (question, texts) => ({ kind: 'choice', options: askedOptions(question.options, texts) }),
  check(question, value) {
    return question.options.some((option) => option.id === value) ? undefined : 'not_an_option';
  },
  tapped(question, choiceIds) {
    const [id] = choiceIds;
    return choiceIds.length === 1 && question.options.some((option) => option.id === id) ? id : undefined;
  },
  hint: () => ({ from: 'system', key: 'hints.choice' }),
  optionIds: (question) => idsOf(question.options),
  faults: (question) => duplicateOptions(question.options),
});
