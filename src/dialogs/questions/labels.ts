import { languages } from '../language.ts';
import type { QuestionTexts } from '../question-texts.ts';
import type { Language } from '../understanding/request.ts';
import type { TextsByLanguage } from './kind.ts';

/** Collects the ways to say one thing in every language; what a language does not have is left out. */
export function labelsInAll(
  texts: TextsByLanguage,
  pick: (own: QuestionTexts) => readonly (string | undefined)[],
): Record<Language, string[]> {
  const labels: Record<Language, string[]> = { he: [], en: [] };
  for (const language of languages) {
    const own = texts[language];
    if (!own) continue;
    for (const label of pick(own)) if (label) labels[language].push(label);
  }
  return labels;
}

/** The label and synonyms of an option, in every language. */
export function optionLabels(texts: TextsByLanguage, id: string): Record<Language, string[]> {
  return labelsInAll(texts, (own) => [entry(own.options, id), ...(entry(own.synonyms, id) ?? [])]);
}

/** Looks up own properties only: `constructor` is an allowed id. */
export function entry<Value>(
  record: Readonly<Record<string, Value>> | undefined,
  id: string,
): Value | undefined {
  return record && Object.hasOwn(record, id) ? record[id] : undefined;
}
