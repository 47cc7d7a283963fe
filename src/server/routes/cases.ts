import { z } from 'zod';
import type { StaffAct } from '../../conversations/staff.ts';
import { StoreError } from '../../store/errors.ts';
import type { Case } from '../../store/records.ts';
import { streamCase, streamCaseList } from '../case-stream.ts';
import { apiCaseSchema, caseDetailSchema, createConversationReader, readCaseState } from '../case-view.ts';
import type { ServerDependencies } from '../dependencies.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { lastEventId } from '../live-events.ts';
import { Problem } from '../problem.ts';
import { itemsUsual, knownPage, pageFields, pageSchema } from './listing.ts';

/** The longest reply of staff, in UTF-16 units. */
const replyUnitsMax = 4000;

const params = z.strictObject({ caseId: z.string().max(100) });
const changed = { description: 'The case as it stands now.', content: { 'application/json': apiCaseSchema } };

export function caseEndpoints(dependencies: ServerDependencies): Endpoint[] {
  const { store, conversations } = dependencies;

  async function act(caseId: string, wanted: StaffAct): Promise<Case> {
    const found = await store.readCase(caseId);
    if (!found) throw new Problem('unknown_case');
    try {
      return await conversations.actOnCase(caseId, wanted);
    } catch (error) {
      if (error instanceof StoreError && error.code === 'not_found')
        throw new Problem('case_ended', { cause: error });
      throw error;
    }
  }

  return [
    endpoint({
      method: 'get',
      path: '/cases',
      summary: 'Lists cases: those that wait for staff first, then by newest change',
      input: {
        query: z.strictObject({
          ...pageFields,
          open: z
            .stringbool()
            .optional()
            .meta({ description: 'Only cases that have not ended, or only ended ones.' }),
        }),
      },
      answers: {
        200: { description: 'A page of cases.', content: { 'application/json': pageSchema(apiCaseSchema) } },
      },
      problems: ['unknown_page'],
      async handle({ input: { query }, response }) {
        const { open, after, limit = itemsUsual } = query;
        const page = store.listCases({
          limit,
          ...(after !== undefined && { after }),
          ...(open !== undefined && { open }),
        });
        response.json(await knownPage(page));
      },
    }),

    endpoint({
      method: 'get',
      path: '/cases/events',
      summary: 'Tells when the list of cases has changed',
      input: {},
      answers: {
        200: {
          description:
            'An event `cases`, without content, at first and after every change: the list can be read again.',
          content: { 'text/event-stream': z.string() },
        },
      },
      problems: [],
      handle({ response }) {
        streamCaseList(response, dependencies);
      },
    }),

    endpoint({
      method: 'get',
      path: '/cases/{caseId}',
      summary: 'Shows a case with the whole conversation',
      input: { params },
      answers: { 200: { description: 'The case.', content: { 'application/json': caseDetailSchema } } },
      problems: ['unknown_case'],
      async handle({ input, response }) {
        const state = await readCaseState(store, input.params.caseId);
        if (!state) throw new Problem('unknown_case');
        const news = await createConversationReader(store, state.case.contactId).read();
        response.json({ ...state, messages: news.map(({ message }) => message) });
      },
    }),

    endpoint({
      method: 'get',
      path: '/cases/{caseId}/events',
      summary: 'Streams a case: its messages and how it stands',
      input: {
        params,
        query: z.strictObject({
          after: z.coerce
            .number()
            .int()
            .min(0)
            .optional()
            .meta({ description: '`seq` of the last message that is known; Last-Event-ID wins.' }),
        }),
      },
      answers: {
        200: {
          description:
            'Events `message` (a CaseMessage, its `seq` as id; without an id one that is known and whose `delivery` has changed) and `state` (a CaseState).',
          content: { 'text/event-stream': z.string() },
        },
      },
      problems: ['unknown_case'],
      async handle({ input, request, response }) {
        const found = await store.readCase(input.params.caseId);
        if (!found) throw new Problem('unknown_case');
        streamCase(response, dependencies, found, lastEventId(request));
      },
    }),

    endpoint({
      method: 'post',
      path: '/cases/{caseId}/replies',
      summary: 'Writes to the contact',
      input: {
        params,
        body: z.strictObject({
          id: z.string().min(1).max(100).optional().meta({
            description: 'Of your own making. A reply that is given again under its id is sent once.',
          }),
          text: z.string().trim().min(1).max(replyUnitsMax),
        }),
      },
      answers: { 200: changed },
      problems: ['unknown_case', 'case_ended'],
      async handle({ input, response }) {
        response.json(await act(input.params.caseId, { type: 'reply', ...input.body }));
      },
    }),

    endpoint({
      method: 'post',
      path: '/cases/{caseId}/return',
      summary: 'Hands the conversation back to the bot, which asks the waiting question again',
      input: { params },
      answers: { 200: changed },
      problems: ['unknown_case', 'case_ended'],
      async handle({ input, response }) {
        response.json(await act(input.params.caseId, { type: 'return' }));
      },
    }),

    endpoint({
      method: 'post',
      path: '/cases/{caseId}/close',
      summary: 'Ends the talk and the survey',
      input: { params },
      answers: { 200: changed },
      problems: ['unknown_case', 'case_ended'],
      async handle({ input, response }) {
        response.json(await act(input.params.caseId, { type: 'close' }));
      },
    }),
  ];
}
