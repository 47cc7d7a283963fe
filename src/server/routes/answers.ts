import { z } from 'zod';
import { pagesOf } from '../../store/page.ts';
import { type Answer, answerSchema } from '../../store/records.ts';
import type { ServerDependencies } from '../dependencies.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import {
  filterFields,
  itemsUsual,
  knownPage,
  listQuery,
  pageFields,
  pageSchema,
  wantsCsv,
} from './listing.ts';

/** An answer with its whole channel context, the same in JSON, in CSV and in the store. */
export const apiAnswerSchema = answerSchema
  .omit({ metric: true, kind: true, comment: true })
  .meta({ id: 'Answer', description: 'An accepted answer with its channel context.' });

export type ApiAnswer = z.output<typeof apiAnswerSchema>;

export const answerColumns = apiAnswerSchema.keyof().options;

/** An answer as it is given out. Question kind and metric follow from the questionnaire, and the comment stands in the reading. */
export function apiAnswer({ metric, kind, comment, ...shown }: Answer): ApiAnswer {
  return shown;
}

export function answerEndpoints({ store }: Pick<ServerDependencies, 'store'>): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/answers',
      summary: 'Lists answers, those of the newest session first',
      input: { query: z.strictObject({ ...filterFields, ...pageFields }) },
      answers: {
        200: {
          description: 'A page of answers; as CSV all of them, one row per answer, unless there is a limit.',
          content: { 'application/json': pageSchema(apiAnswerSchema), 'text/csv': z.string() },
        },
      },
      problems: ['unknown_page'],
      async handle({ input, request, response }) {
        const { format, limit, after, ...filters } = input.query;
        if (wantsCsv(request, format)) {
          const pages = pagesOf((page) => knownPage(store.listAnswers(listQuery({ ...filters, ...page }))), {
            after,
            limit,
          });
          // Loaded by the first who wants a table.
          const { sendCsv } = await import('../csv.ts');
          await sendCsv(response, 'answers.csv', answerColumns, pages);
          return;
        }
        const query = listQuery({ ...filters, after, limit: limit ?? itemsUsual });
        const page = await knownPage(store.listAnswers(query));
        response.json({ ...page, items: page.items.map(apiAnswer) });
      },
    }),
  ];
}
