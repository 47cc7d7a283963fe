import type { QuestionnaireDocument } from '../../../src/dialogs/questionnaire.ts';
import { readExamples } from '../../support/examples.ts';
import type { MongoGround } from './ground.ts';

/** A survey that reminds whoever does not answer after so long. */
export function reminding(touchpoint: string, afterSeconds: number): QuestionnaireDocument {
  const document = readExamples().get('support-effort');
  if (!document) throw new Error('There is no such example');
  return { ...document, id: touchpoint, touchpoint, timing: { reminderHours: afterSeconds / 3600 } };
}

/** A survey of questions that take any text, named q1, q2 and so on. */
export function openQuestions(touchpoint: string, count: number): QuestionnaireDocument {
  const ids = Array.from({ length: count }, (_, index) => `q${index + 1}`);
  return {
    format: 1,
    id: touchpoint,
    touchpoint,
    languages: ['en'],
    questions: ids.map((id) => ({ id, kind: 'text' })),
    texts: {
      en: {
        title: 'Some questions',
        questions: Object.fromEntries(ids.map((id) => [id, { prompt: `What about ${id}?` }])),
        end: 'That was all.',
      },
    },
  };
}

export async function publish(
  ground: MongoGround,
  documents: readonly QuestionnaireDocument[],
): Promise<void> {
  const store = await ground.openStore();
  try {
    for (const document of documents) await store.publishQuestionnaire(document, new Date().toISOString());
  } finally {
    await store.close();
  }
}
