import type { Memory } from './memory.ts';
import type { Place } from './place.ts';
import { directionOf } from './speech.ts';
import type { Language } from './wire.ts';

const key = 'kashuv.language';

export interface LanguageChoice {
  readonly language: Language;
  /** Chosen by the reader or by the page that led here, not guessed from the browser. */
  readonly isChosen: boolean;
}

/** The reader's own choice comes first, then that of the page that led here, then the browser's languages; Hebrew where they say nothing. */
export function readLanguage(memory: Memory, place: Place, browser: readonly string[]): LanguageChoice {
  const remembered = memory.get(key);
  if (remembered === 'he' || remembered === 'en') return { language: remembered, isChosen: true };
  if (place.language) return { language: place.language, isChosen: true };
  return { language: firstKnown(browser) ?? 'he', isChosen: false };
}

export function rememberLanguage(memory: Memory, language: Language): void {
  memory.set(key, language);
}

export function applyLanguage(language: Language): void {
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}

function firstKnown(tags: readonly string[]): Language | undefined {
  for (const tag of tags) {
    if (/^(he|iw)\b/i.test(tag)) return 'he';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return undefined;
}
