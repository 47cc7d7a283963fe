import { z } from 'zod';
import type { InvalidReason } from '../understanding/reading.ts';
import { kind, waitingFields } from './kind.ts';
import { askedOptions, duplicateOptions, idsOf, optionsSchema, presentOptions } from './options.ts';

/** Some of several options. */
export const multiChoiceSchema = z.strictObject({
  ...waitingFields,
  kind: z.literal('multi_choice'),
  options: optionsSchema,
  choicesMin: z.number().int().min(1).max(30).optional().meta({ default: 1 }),
  choicesMax: z.number().int().min(1).max(30).optional(),
});

export type MultiChoiceQuestion = z.infer<typeof multiChoiceSchema>;

/** The answer is option ids in the question's order. */
export const multiChoice = kind<MultiChoiceQuestion>({
  answerType: 'options',
  texts: ['options'],
  present: (question) => ({
    layout: 'multiple',
    choices: presentOptions(question.id, question.options),
    choicesMin: leastOf(question),
    choicesMax: mostOf(question),
  }),
  asked: (question, texts) => ({
    kind: 'multi_choice',
    min: leastOf(question),
    max: mostOf(question),
    options: askedOptions(question.options, texts),
  }),
  check: (question, value) => (isList(value) ? checkIds(question, value) : 'not_an_option'),
  tapped(question, choiceIds) {
    const chosen = question.options.filter((option) => choiceIds.includes(option.id));
    return chosen.length === choiceIds.length && chosen.length > 0 ? idsOf(chosen) : undefined;
  },
  hint(question) {
    const min = leastOf(question);
    const max = mostOf(question);
    if (min === 1 && max === question.options.length) return { from: 'system', key: 'hints.multi_choice' };
    if (min === max) return { from: 'system', key: 'hints.multi_choice_exactly', parameters: { count: min } };
    if (min === 1) return { from: 'system', key: 'hints.multi_choice_up_to', parameters: { count: max } };
    return { from: 'system', key: 'hints.multi_choice_between', parameters: { min, max } };
  },
  optionIds: (question) => idsOf(question.options),
  faults(question) {
    const faults = duplicateOptions(question.options);
    const most = question.choicesMax ?? question.options.length;
    if (leastOf(question) > Math.min(most, question.options.length)) {
      faults.push({ field: 'choicesMin', code: 'choices_range' });
    } else if (most > question.options.length) {
      faults.push({ field: 'choicesMax', code: 'choices_range' });
    }
    return faults;
  },
});

function checkIds(question: MultiChoiceQuestion, ids: readonly string[]): InvalidReason | undefined {
  let exclusive = false;
  for (const [index, id] of ids.entries()) {
    const option = question.options.find((candidate) => candidate.id === id);
    if (!option || ids.indexOf(id) < index) return 'not_an_option';
    exclusive ||= option.exclusive === true;
  }
  if (exclusive && ids.length > 1) return 'contradiction';
  if (ids.length > mostOf(question)) return 'too_many';
  return ids.length < leastOf(question) && !exclusive ? 'too_few' : undefined;
}

function leastOf(question: MultiChoiceQuestion): number {
  return question.choicesMin ?? 1;
}

function mostOf(question: MultiChoiceQuestion): number {
  return Math.min(question.choicesMax ?? question.options.length, question.options.length);
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}
