export { type Language, languageSchema } from './understanding/request.ts';

import { languageSchema } from './understanding/request.ts';

/** The languages Kashuv speaks. Each system sentence exists in all of them; a questionnaire names which of them it has. */
export const languages = languageSchema.options;
