import { type QuestionnaireDocument, questionnaireSchema } from '../../src/dialogs/index.ts';
import { sample } from './sample.ts';

/** Any JSON object. */
export type Json = Record<string, unknown>;

/** A clean document of the given questions, with a change to its JSON: paths to values; an undefined value takes the field out. */
export function changed(
  questions: readonly Json[],
  changes: Readonly<Record<string, unknown>> = {},
): QuestionnaireDocument {
  const base = sample([{ id: 'score', kind: 'nps' }], {
    attributes: { orders: { type: 'number' }, name: { type: 'text' } },
  });
  const texts = (mark: string) => ({
    title: 'Sample',
    questions: Object.fromEntries(
      questions.map(({ id, options }) => [
        id,
        {
          prompt: `${id}?`,
          ...(Array.isArray(options) && {
            options: Object.fromEntries(options.map((option) => [option.id, `${option.id}${mark}`])),
          }),
        },
      ]),
    ),
    end: 'Thanks.',
  });
  const document: Json = structuredClone({
    ...base,
    attributes: undefined,
    questions,
    texts: { he: texts(' א'), en: texts('') },
  });
  for (const [path, value] of Object.entries(changes)) put(document, path.split('/'), value);
  return questionnaireSchema.parse(JSON.parse(JSON.stringify(document)));
}

function put(target: unknown, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (typeof target !== 'object' || target === null) throw new Error(`Nothing to put ${key} into`);
  if (rest.length === 0) Reflect.set(target, key, value);
  else {
    if (Reflect.get(target, key) === undefined) Reflect.set(target, key, {});
    put(Reflect.get(target, key), rest, value);
  }
}
