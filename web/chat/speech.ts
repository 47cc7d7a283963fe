import english from '../../locales/en/chat.json' with { type: 'json' };
import hebrew from '../../locales/he/chat.json' with { type: 'json' };
import type { Language } from './wire.ts';

type Key = keyof typeof hebrew | keyof typeof english;

type PluralForm = '_one' | '_two' | '_other';

/** Sentences that need no number to choose their form. */
export type SentenceKey = Exclude<Key, `${string}${PluralForm}`>;

/** Sentences with plural forms, by their name without the form. */
export type CountedKey = Key extends infer K ? (K extends `${infer Name}_other` ? Name : never) : never;

const sentences: Readonly<Record<Language, Readonly<Record<string, string>>>> = { he: hebrew, en: english };

/** One of the page's own sentences. */
export function say(
  language: Language,
  key: SentenceKey,
  parameters: Readonly<Record<string, number>> = {},
): string {
  return fill(sentences[language][key] ?? key, language, parameters);
}

/** One of the page's own sentences, in the form that fits the count. */
export function sayCounted(language: Language, key: CountedKey, count: number): string {
  const form = new Intl.PluralRules(language).select(count);
  const own = sentences[language];
  return fill(own[`${key}_${form}`] ?? own[`${key}_other`] ?? key, language, { count });
}

export function directionOf(language: Language): 'rtl' | 'ltr' {
  return language === 'he' ? 'rtl' : 'ltr';
}

export function otherLanguage(language: Language): Language {
  return language === 'he' ? 'en' : 'he';
}

function fill(sentence: string, language: Language, parameters: Readonly<Record<string, number>>): string {
  return sentence.replace(/{{(\w+)}}/g, (_, name: string) =>
    (parameters[name] ?? 0).toLocaleString(language),
  );
}
