import { z } from 'zod';
import { questionnaireSchema } from './questionnaire.ts';

/** The JSON Schema (draft 2020-12) of the questionnaire document, published as docs/api/questionnaire.schema.json. */
export function questionnaireJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(questionnaireSchema, { io: 'input' });
  return {
    $schema,
    title: 'Kashuv questionnaire',
    description:
      'A questionnaire of Kashuv, format 1: its structure, and its texts in each of its languages.',
    ...schema,
  };
}
