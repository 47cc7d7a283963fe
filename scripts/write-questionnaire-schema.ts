import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { questionnaireJsonSchema } from '../src/dialogs/json-schema.ts';

// Writes the published JSON Schema anew after src/dialogs/questionnaire.ts has changed.
const path = join(import.meta.dirname, '../docs/api/questionnaire.schema.json');
writeFileSync(path, `${JSON.stringify(questionnaireJsonSchema(), undefined, 2)}\n`);
