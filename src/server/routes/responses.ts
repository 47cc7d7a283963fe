import { z } from 'zod';
import { itemsMax, pagesOf } from '../../store/page.ts';
import { type Response as ResponseRecord, responseSchema } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import type { ServerDependencies } from '../dependencies.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import { answerColumns, apiAnswer, apiAnswerSchema } from './answers.ts';
import {
  filterFields,
  itemsUsual,
  knownPage,
  listQuery,
  pageFields,
  pageSchema,
  wantsCsv,
} from './listing.ts';

export const apiResponseSchema = responseSchema
  .extend({ answers: z.array(apiAnswerSchema) })
  .meta({ id: 'Response', description: 'All answers of one session.' });

type ApiResponse = z.output<typeof apiResponseSchema>;

/** The CSV has one row per answer, and says of each how its response stands. */
const columns = [...answerColumns, 'status', 'startedAt', 'endedAt'] as const;

export function responseEndpoints({ store }: Pick<ServerDependencies, 'store'>): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/responses',
      summary: 'Lists responses with their answers, newest first',
      input: { query: z.strictObject({ ...filterFields, ...pageFields }) },
      answers: {
        200: {
          description:
            'A page of responses; as CSV all of them, one row per answer, unless there is a limit.',
          content: { 'application/json': pageSchema(apiResponseSchema), 'text/csv': z.string() },
        },
      },
      problems: ['unknown_page'],
      async handle({ input, request, response }) {
        const { format, limit, after, ...filters } = input.query;
        if (wantsCsv(request, format)) {
          const pages = pagesOf(
            (page) => knownPage(store.listResponses(listQuery({ ...filters, ...page }))),
            {
              after,
              limit,
            },
          );
          // Loaded by the first who wants a table.
          const { sendCsv } = await import('../csv.ts');
          await sendCsv(response, 'responses.csv', columns, rowsOf(store, pages));
          return;
        }
        const query = listQuery({ ...filters, after, limit: limit ?? itemsUsual });
        const page = await knownPage(store.listResponses(query));
        response.json({
          ...page,
          items: await Promise.all(page.items.map((item) => withAnswers(store, item))),
        });
      },
    }),

    endpoint({
      method: 'get',
      path: '/responses/{sessionId}',
      summary: 'Shows one response with its answers',
      input: { params: z.strictObject({ sessionId: z.string().max(100) }) },
      answers: { 200: { description: 'The response.', content: { 'application/json': apiResponseSchema } } },
      problems: ['unknown_response'],
      async handle({ input: { params }, response }) {
        const { items } = await store.listResponses({ sessionId: params.sessionId, limit: 1 });
        if (!items[0]) throw new Problem('unknown_response');
        response.json(await withAnswers(store, items[0]));
      },
    }),
  ];
}

async function withAnswers(store: Store, response: ResponseRecord): Promise<ApiResponse> {
  // A questionnaire has at most 100 questions, so one page holds all answers of a session.
  const { items } = await store.listAnswers({ sessionId: response.sessionId, limit: itemsMax });
  return { ...response, answers: items.map(apiAnswer) };
}

async function* rowsOf(store: Store, pages: AsyncIterable<readonly ResponseRecord[]>) {
  for await (const page of pages) {
    const responses = await Promise.all(page.map((response) => withAnswers(store, response)));
    yield responses.flatMap(({ status, startedAt, endedAt, answers }) =>
      answers.map((answer) => ({ ...answer, status, startedAt, endedAt })),
    );
  }
}
