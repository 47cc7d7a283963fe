import { z } from 'zod';
import type { ServerDependencies } from '../dependencies.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import { momentSchema } from './listing.ts';

export const removedSchema = z.strictObject({
  sessions: z.number().int(),
  messages: z.number().int(),
});

/** Erasing a person, and removing what is older than it may be kept. */
export function privacyEndpoints({ store, now }: ServerDependencies): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/contacts/{contactId}/erase',
      summary: 'Removes everything of a contact, for ever',
      input: { params: z.strictObject({ contactId: z.string().max(100) }) },
      answers: {
        204: {
          description: 'Gone, and out of the totals. A message that is delivered again brings nothing back.',
        },
      },
      problems: ['unknown_contact'],
      async handle({ input: { params }, response }) {
        if (!(await store.eraseContact(params.contactId, now()))) throw new Problem('unknown_contact');
        response.status(204).end();
      },
    }),

    endpoint({
      method: 'post',
      path: '/retention',
      summary: 'Removes sessions that ended before a moment, with their answers and messages, for ever',
      input: { body: z.strictObject({ before: momentSchema }) },
      answers: {
        200: {
          description: 'How much was removed. What is open, and what staff still deal with, stays.',
          content: { 'application/json': removedSchema },
        },
      },
      async handle({ input: { body }, response }) {
        response.json(await store.applyRetention(body.before));
      },
    }),
  ];
}
