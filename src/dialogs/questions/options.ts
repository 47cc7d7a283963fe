import { z } from 'zod';
import type { PresentedChoice } from '../presentation.ts';
import type { AskedOption } from '../understanding/request.ts';
import { optionIdSchema, type SettingFault, type TextsByLanguage } from './kind.ts';
import { optionLabels } from './labels.ts';

const optionSchema = z.strictObject({
  id: optionIdSchema,
  exclusive: z
    .boolean()
    .optional()
    .meta({ description: 'Cannot be chosen together with others ("none of these").' }),
});

/** An option of a question. */
export type Option = z.infer<typeof optionSchema>;

/** The options of a question, in the order in which they are shown. */
export const optionsSchema = z.array(optionSchema).min(2).max(30);

/** Options as choices, labelled by the questionnaire's texts. */
export function presentOptions(id: string, options: readonly Option[]): PresentedChoice[] {
  return options.map((option) => ({
    id: option.id,
    label: { from: 'questionnaire', key: `questions.${id}.options.${option.id}` },
    ...(option.exclusive && { exclusive: true }),
  }));
}

/** Options with every way to say them. */
export function askedOptions(options: readonly Option[], texts: TextsByLanguage): AskedOption[] {
  return options.map((option) => ({
    id: option.id,
    labels: optionLabels(texts, option.id),
    ...(option.exclusive && { exclusive: true }),
  }));
}

/** The ids of options, in their order. */
export function idsOf(options: readonly Option[]): string[] {
  return options.map((option) => option.id);
}

/** A fault for each option whose id another one before it has. */
export function duplicateOptions(options: readonly Option[]): SettingFault[] {
  const faults: SettingFault[] = [];
  for (const [index, option] of options.entries()) {
    if (options.findIndex((other) => other.id === option.id) < index) {
      faults.push({ field: `options/${index}`, code: 'duplicate_option' });
    }
  }
  return faults;
}
