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

export type Option = z.infer<typeof optionSchema>;

export const optionsSchema = z.array(optionSchema).min(2).max(30);

export function presentOptions(id: string, options: readonly Option[]): PresentedChoice[] {
  return options.map((option) => ({
    id: option.id,
    label: { from: 'questionnaire', key: `questions.${id}.options.${option.id}` },
    ...(option.exclusive && { exclusive: true }),
  }));
}

export function askedOptions(options: readonly Option[], texts: TextsByLanguage): AskedOption[] {
  return options.map((option) => ({
    id: option.id,
    labels: optionLabels(texts, option.id),
    ...(option.exclusive && { exclusive: true }),
  }));
}

export function idsOf(options: readonly Option[]): string[] {
  return options.map((option) => option.id);
}

export function duplicateOptions(options: readonly Option[]): SettingFault[] {
  const faults: SettingFault[] = [];
  for (const [index, option] of options.entries()) {
    if (options.findIndex((other) => other.id === option.id) < index) {
      faults.push({ field: `options/${index}`, code: 'duplicate_option' });
    }
  }
  return faults;
}
