import type { Language } from '../language.ts';
import type { Questionnaire } from '../prepared.ts';
import type { QuestionTexts } from '../question-texts.ts';
import { entry } from '../questions/labels.ts';

/** One text of a questionnaire in one language. */
export interface TextEntry {
  readonly language: Language;
  /** The same in every language, and the same for all plural forms: "questions.score.prompt". */
  readonly key: string;
  readonly path: readonly PropertyKey[];
  readonly text: string;
  /** The last question that has been answered when this is said; undefined where placeholders are not filled. */
  readonly upTo: number | undefined;
  /** Whether a number chooses its form. */
  readonly counted: boolean;
}

/** Every text of a language that belongs to something in the questionnaire, in the document's order. */
export function textEntries({ document, questions, byId }: Questionnaire, language: Language): TextEntry[] {
  const texts = document.texts[language];
  if (!texts) return [];
  const entries: TextEntry[] = [];
  const base = ['texts', language];
  const add = (path: readonly PropertyKey[], text: string | undefined, upTo?: number, counted = false) => {
    if (text === undefined) return;
    const key = path.join('.').replace(pluralSuffix, '');
    entries.push({ language, key, path: [...base, ...path], text, upTo, counted });
  };
  add(['title'], texts.title);
  add(['description'], texts.description);
  add(['opening'], texts.opening, -1);
  for (const question of questions) {
    const own = entry(texts.questions, question.id);
    if (!own) continue;
    const path = ['questions', question.id];
    const counted = question.count !== undefined;
    for (const form of promptForms) add([...path, form], own[form], question.index - 1, counted);
    add([...path, 'retry'], own.retry, question.index - 1);
    for (const field of ['low', 'high', 'unit', 'yes', 'no'] as const) add([...path, field], own[field]);
    for (const field of ['options', 'points'] as const) {
      for (const [id, label] of Object.entries(own[field] ?? {})) add([...path, field, id], label);
    }
    for (const [id, words] of Object.entries(own.synonyms ?? {})) {
      for (const [place, word] of words.entries()) add([...path, 'synonyms', id, place], word);
    }
  }
  for (const key of ['end', 'screened_out', 'refused'] as const) add([key], texts[key], byId.size - 1);
  for (const [name, text] of Object.entries(texts.fallbacks ?? {})) add(['fallbacks', name], text);
  return entries;
}

/** The prompt and its plural forms. */
export const promptForms = [
  'prompt',
  'prompt_one',
  'prompt_two',
  'prompt_other',
] as const satisfies (keyof QuestionTexts)[];

const pluralSuffix = /(?<=\.prompt)_(one|two|other)$/;

/** The names in `{{...}}`, each once. */
export function placeholdersIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(placeholder), ([, name]) => name ?? ''))];
}

/** What is left of a text when its placeholders are taken out. */
export function withoutPlaceholders(text: string): string {
  return text.replace(placeholder, '');
}

const placeholder = /\{\{((?:answers\.)?[a-z][a-z0-9_]*)\}\}/g;
