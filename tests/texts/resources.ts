import { readdirSync, readFileSync } from 'node:fs';
import { type Language, languages } from '../../src/dialogs/index.ts';
import { createTexts, type TextResources } from '../../src/texts/index.ts';

const folder = new URL('../../locales/', import.meta.url);

/** The names of the locale files, which every language has. */
export const namespaces = readdirSync(new URL('en/', folder)).map((name) => name.replace(/\.json$/, ''));

export function readLocale(language: Language, namespace: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`${language}/${namespace}.json`, folder), 'utf8'));
}

function readResources(language: Language): TextResources[Language] {
  return Object.fromEntries(namespaces.map((namespace) => [namespace, readLocale(language, namespace)]));
}

/** The sentences of the product. */
export const texts = createTexts({ resources: { he: readResources('he'), en: readResources('en') } });

/** Every text of a locale file by its dotted key. */
export function flatten(tree: Record<string, unknown>, before = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') flat.set(before + key, value);
    else if (typeof value === 'object' && value !== null) {
      for (const [inner, text] of flatten({ ...value }, `${before}${key}.`)) flat.set(inner, text);
    }
  }
  return flat;
}

export { languages };
