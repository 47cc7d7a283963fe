import { z } from 'zod';
import { languageSchema } from '../../dialogs/language.ts';
import { questionnaireSchema } from '../../dialogs/questionnaire.ts';
import type { ServerDependencies } from '../dependencies.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { inJourneyOrder } from '../journey.ts';
import { Problem, problemDetailSchema } from '../problem.ts';
import { publishDocument } from '../publish.ts';
import { pageSchema } from './listing.ts';

/** A document of 100 questions with long texts in two languages. */
const documentBytesMax = 1_000_000;

const documentSchema = questionnaireSchema.meta({
  id: 'Questionnaire',
  description: 'A questionnaire document: its structure, and its texts by language.',
});

export const summarySchema = z.strictObject({
  id: z.string(),
  touchpoint: z.string(),
  languages: z.array(languageSchema),
  titles: z.partialRecord(languageSchema, z.string()),
  revision: z.number().int(),
  publishedAt: z.string(),
  paused: z
    .strictObject({ at: z.string(), reason: z.string() })
    .optional()
    .meta({ description: 'Nobody new begins it, because its turns kept failing.' }),
});

export const publishedSchema = z.strictObject({
  revision: z.number().int(),
  publishedAt: z.string(),
  document: documentSchema,
});

export const publicationSchema = z.strictObject({
  id: z.string(),
  revision: z.number().int(),
  warnings: z.array(problemDetailSchema),
});

export const appliedSchema = z.strictObject({
  applied: z.number().int().meta({ description: 'Open conversations that were taken over.' }),
  left: z.number().int().meta({
    description:
      'Open conversations that stay: their revision asks other questions, or they have just ended.',
  }),
});

export function questionnaireEndpoints(dependencies: ServerDependencies): Endpoint[] {
  const { store, conversations, library, settings } = dependencies;
  return [
    endpoint({
      method: 'get',
      path: '/questionnaires',
      summary: 'Lists the questionnaires at their latest revision',
      input: {},
      answers: {
        200: { description: 'All of them.', content: { 'application/json': pageSchema(summarySchema) } },
      },
      async handle({ response }) {
        const published = inJourneyOrder(await library.list(), settings.journey);
        response.json({
          items: published.map(({ revision, publishedAt, document, paused }) => ({
            id: document.id,
            touchpoint: document.touchpoint,
            languages: document.languages,
            titles: Object.fromEntries(
              document.languages.map((language) => [language, document.texts[language]?.title ?? '']),
            ),
            revision,
            publishedAt,
            ...(paused && { paused }),
          })),
        });
      },
    }),

    endpoint({
      method: 'get',
      path: '/questionnaires/{id}',
      summary: 'Shows a questionnaire at a revision, or at the latest',
      input: {
        params: z.strictObject({ id: z.string().max(100) }),
        query: z.strictObject({ revision: z.coerce.number().int().min(1).optional() }),
      },
      answers: { 200: { description: 'The document.', content: { 'application/json': publishedSchema } } },
      problems: ['unknown_questionnaire'],
      async handle({ input: { params, query }, response }) {
        const published = await store.readQuestionnaire(params.id, query.revision);
        if (!published) throw new Problem('unknown_questionnaire');
        const { revision, publishedAt, document } = published;
        response.json({ revision, publishedAt, document });
      },
    }),

    endpoint({
      method: 'post',
      path: '/questionnaires',
      summary: 'Publishes a questionnaire as its next revision',
      // What is wrong with a document is said by the engine, which also takes documents of older formats.
      input: { body: z.unknown().meta({ override: { $ref: '#/components/schemas/Questionnaire' } }) },
      bodyBytesMax: documentBytesMax,
      answers: {
        200: {
          description: 'This very document is the latest revision already.',
          content: { 'application/json': publicationSchema },
        },
        201: { description: 'Published.', content: { 'application/json': publicationSchema } },
      },
      problems: ['invalid_questionnaire'],
      async handle({ input: { body }, language, response }) {
        const { created, ...publication } = await publishDocument(dependencies, body, language);
        response.status(created ? 201 : 200).json(publication);
      },
    }),

    endpoint({
      method: 'post',
      path: '/questionnaires/{id}/resume',
      summary: 'Lets people begin a questionnaire again that was paused',
      input: { params: z.strictObject({ id: z.string().max(100) }) },
      answers: { 204: { description: 'It is not paused any more.' } },
      problems: ['unknown_questionnaire'],
      async handle({ input: { params }, response }) {
        const latest = await library.latest(params.id);
        if (!latest) throw new Problem('unknown_questionnaire');
        await store.resumeQuestionnaire({ id: latest.id, revision: latest.revision });
        response.status(204).end();
      },
    }),

    endpoint({
      method: 'post',
      path: '/questionnaires/{id}/apply-texts',
      summary: 'Takes open conversations over to the latest revision, where that changes texts only',
      input: { params: z.strictObject({ id: z.string().max(100) }) },
      answers: {
        200: {
          description:
            'How many were taken over. Nothing is sent by it; the next sentence is in the new words.',
          content: { 'application/json': appliedSchema },
        },
      },
      problems: ['unknown_questionnaire'],
      async handle({ input: { params }, response }) {
        if (!(await library.latest(params.id))) throw new Problem('unknown_questionnaire');
        response.json(await conversations.applyTexts(params.id));
      },
    }),
  ];
}
