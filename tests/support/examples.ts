import { readdirSync, readFileSync } from 'node:fs';
import { type QuestionnaireDocument, questionnaireSchema } from '../../src/dialogs/questionnaire.ts';

const folder = new URL('../../examples/', import.meta.url);

/** The shipped questionnaires, by id, as their files have them. */
export function readExamples(): ReadonlyMap<string, QuestionnaireDocument> {
  const documents = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => questionnaireSchema.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))));
  return new Map(documents.map((document) => [document.id, document]));
}
