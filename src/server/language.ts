import type { Request } from 'express';
import { type Language, languages } from '../dialogs/language.ts';

/** The language that a client's browser asks for, where we speak it. */
export function requestLanguage(request: Request, otherwise: Language): Language {
  if (!request.headers['accept-language']) return otherwise;
  const accepted = request.acceptsLanguages(...languages);
  return languages.find((language) => language === accepted) ?? otherwise;
}
