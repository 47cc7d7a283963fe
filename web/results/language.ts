import type { Language } from '../../src/dialogs/understanding/request.ts';

const key = 'kashuv.staff.language';

/** The language that the reader chose in this browser, otherwise the browser's, where the page speaks it; Hebrew where it does not. */
export function readLanguage(): Language {
  const chosen = remembered();
  if (chosen === 'he' || chosen === 'en') return chosen;
  for (const tag of navigator.languages) {
    if (/^(he|iw)\b/i.test(tag)) return 'he';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'he';
}

/** Keeps the choice where the browser lets pages keep anything. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(key, language);
  } catch {
    // The choice then lasts until the page is closed.
  }
}

export function directionOf(language: Language): 'rtl' | 'ltr' {
  return language === 'he' ? 'rtl' : 'ltr';
}

function remembered(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
