import type { Questionnaire } from '../prepared.ts';
import { placeholdersIn, type TextEntry, withoutPlaceholders } from './entries.ts';
import type { Report } from './finding.ts';

/** Looks at each sentence by itself: its characters, and whether each of its placeholders can be filled by then. */
export function inspectSentence(questionnaire: Questionnaire, entry: TextEntry, report: Report): void {
  const { text, path } = entry;
  if (forbidden.test(text)) report('control_characters', path);
  if (text !== text.trim()) report('surrounding_space', path);
  if (/<\/?[a-z][^<>]*>/i.test(text)) report('markup', path);
  if (/\{\{|\}\}|\$t\(/.test(withoutPlaceholders(text)))
    report('malformed_placeholder', path, { example: '{{name}}' });
  for (const placeholder of placeholdersIn(text)) {
    if (entry.upTo === undefined) report('placeholder_not_allowed', path, { placeholder });
    else inspectPlaceholder(questionnaire, entry, placeholder, entry.upTo, report);
  }
}

/** Control characters but the line feed, marks that turn the direction, and halves of characters. */
const forbidden = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/u;

function inspectPlaceholder(
  { byId, document, languages }: Questionnaire,
  { path, language, counted }: TextEntry,
  placeholder: string,
  upTo: number,
  report: Report,
): void {
  if (placeholder === 'brand') return;
  if (placeholder === 'count') {
    if (!counted) report('count_without_number', path);
    return;
  }
  if (placeholder.startsWith('answers.')) {
    const question = byId.get(placeholder.slice('answers.'.length));
    if (!question?.waits) {
      report('unknown_placeholder', path, { placeholder });
      return;
    }
    if (question.index > upTo) report('later_placeholder', path, { placeholder, question: question.id });
  } else if (!Object.hasOwn(document.attributes ?? {}, placeholder)) {
    report('unknown_placeholder', path, { placeholder });
    return;
  }
  const { fallbacks = {} } = document.texts[language] ?? {};
  if (languages.includes(language) && !Object.hasOwn(fallbacks, placeholder)) {
    report('missing_fallback', ['texts', language, 'fallbacks', placeholder], { placeholder });
  }
}

/** Compares the languages: a sentence that names something must name it in each of them. */
export function inspectTranslations(
  { languages, document }: Questionnaire,
  entries: readonly TextEntry[],
  report: Report,
): void {
  const named = new Map<string, Map<string, TextEntry>>();
  for (const entry of entries) {
    if (entry.upTo === undefined) continue;
    const byLanguage = named.get(entry.key) ?? new Map<string, TextEntry>();
    const before = byLanguage.get(entry.language);
    byLanguage.set(entry.language, before ? { ...entry, text: `${before.text} ${entry.text}` } : entry);
    named.set(entry.key, byLanguage);
  }
  for (const byLanguage of named.values()) {
    const all = new Set([...byLanguage.values()].flatMap(({ text }) => placeholdersIn(text)));
    all.delete('count');
    for (const { text, path, language } of byLanguage.values()) {
      const own = placeholdersIn(text);
      for (const placeholder of all) {
        if (!own.includes(placeholder)) report('placeholder_mismatch', path, { placeholder, language });
      }
    }
  }
  for (const language of languages) {
    const used = new Set(
      entries.filter((entry) => entry.language === language).flatMap(({ text }) => placeholdersIn(text)),
    );
    for (const placeholder of Object.keys(document.texts[language]?.fallbacks ?? {})) {
      if (!used.has(placeholder)) {
        report('unused_fallback', ['texts', language, 'fallbacks', placeholder], { placeholder });
      }
    }
  }
}
