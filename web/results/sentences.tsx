import { createContext, type ReactNode, useContext, useMemo } from 'react';
import english from '../../locales/en/results.json' with { type: 'json' };
import hebrew from '../../locales/he/results.json' with { type: 'json' };
import type { Language } from '../../src/dialogs/understanding/request.ts';
import { createTexts } from '../../src/texts/texts.ts';

type Key = keyof typeof hebrew | keyof typeof english;

/** A sentence by its key; sentences with plural forms by the key without the form. */
export type SentenceKey = Key extends infer Each
  ? Each extends `${infer Name}_${'one' | 'two' | 'other'}`
    ? Name
    : Each
  : never;

export type Parameters = Readonly<Record<string, string | number>>;

/** The page's own sentences in the language of the page. */
export interface Sentences {
  readonly language: Language;
  say(key: SentenceKey, parameters?: Parameters): string;
  /** The sentence under a key that is made of a code which this page may not know; then the code itself. */
  sayCode(prefix: string, code: string): string;
  number(value: number): string;
  /** YYYY-MM-DD as a day in words. */
  day(value: string): string;
  list(items: readonly string[]): string;
  /** A moment as people of this place write it: day and time. */
  moment(at: string): string;
  time(at: string): string;
}

const texts = createTexts({ resources: { he: { results: hebrew }, en: { results: english } } });
const locales = { he: 'he-IL', en: 'en-GB' } satisfies Record<Language, string>;

const SentencesContext = createContext<Sentences | undefined>(undefined);

export function SentencesProvider({ language, children }: { language: Language; children: ReactNode }) {
  const sentences = useMemo(() => createSentences(language), [language]);
  return <SentencesContext value={sentences}>{children}</SentencesContext>;
}

export function useSentences(): Sentences {
  const sentences = useContext(SentencesContext);
  if (!sentences) throw new Error('Sentences are said within SentencesProvider only');
  return sentences;
}

export function createSentences(language: Language): Sentences {
  const formats = texts.formats[language];
  const moment = new Intl.DateTimeFormat(locales[language], {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const time = new Intl.DateTimeFormat(locales[language], {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return {
    language,
    say: (key, parameters) => texts.say(language, 'results', key, parameters),
    sayCode: (prefix, code) => texts.say(language, 'results', `${prefix}_${code}`) || code,
    number: formats.number,
    day: formats.date,
    list: formats.all,
    moment: (at) => moment.format(new Date(at)),
    time: (at) => time.format(new Date(at)),
  };
}
