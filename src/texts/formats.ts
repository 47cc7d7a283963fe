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

/** Each of the formats behind these takes milliseconds to make, so it is made when it is first needed. */
export function createFormats(language: Language): Formats {
  const locale = locales[language];
  const number = once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 6, useGrouping: 'min2' }));
  const date = once(() => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }));
  const all = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
  const any = once(() => new Intl.ListFormat(locale, { type: 'disjunction' }));
  const names = once(() => new Intl.DisplayNames(locale, { type: 'language' }));
  return {
    number: (value) =>
      value >= 0 && value < 1000 && Number.isInteger(value) ? String(value) : number().format(value),
    date(day) {
      const moment = Date.parse(`${day}T00:00:00Z`);
      return Number.isNaN(moment) ? day : date().format(moment);
    },
    all: (items) => all().format(items),
    any: (items) => any().format(items),
    languageName: (code) => names().of(code) ?? code,
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
