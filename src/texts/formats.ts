import type { Language } from '../dialogs/index.ts';

/** How a language writes what is not words. */
export interface Formats {
  number(value: number): string;
  /** YYYY-MM-DD as a day in words. */
  date(day: string): string;
  /** "a, b and c" */
  all(items: readonly string[]): string;
  /** "a, b or c" */
  any(items: readonly string[]): string;
  /** A language by its code, in words. */
  languageName(code: string): string;
}

const locales: Record<Language, string> = { he: 'he-IL', en: 'en-GB' };

export function createFormats(language: Language): Formats {
  const locale = locales[language];
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 6, useGrouping: 'min2' });
  const date = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const all = new Intl.ListFormat(locale, { type: 'conjunction' });
  const any = new Intl.ListFormat(locale, { type: 'disjunction' });
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  return {
    number: (value) => number.format(value),
    date(day) {
      const moment = Date.parse(`${day}T00:00:00Z`);
      return Number.isNaN(moment) ? day : date.format(moment);
    },
    all: (items) => all.format(items),
    any: (items) => any.format(items),
    languageName: (code) => names.of(code) ?? code,
  };
}
