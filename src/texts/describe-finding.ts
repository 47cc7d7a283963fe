import type { Finding, Language } from '../dialogs/index.ts';
import type { Texts } from './texts.ts';

/** Says in words what `inspect` found. */
export function describeFinding(texts: Texts, { code, parameters }: Finding, language: Language): string {
  const { type, language: named } = parameters;
  return texts.say(language, 'inspect', code, {
    ...parameters,
    ...(type !== undefined && { type: texts.say(language, 'inspect', `types.${type}`) }),
    ...(named !== undefined && { language: texts.formats[language].languageName(String(named)) }),
  });
}
