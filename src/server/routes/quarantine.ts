import { z } from 'zod';
import { type InboundRecord, inboundRecordSchema } from '../../store/records.ts';
import type { ServerDependencies } from '../dependencies.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import { itemsUsual, knownPage, pageFields, pageSchema } from './listing.ts';

/** A message that could not be handled, as staff see it. */
export const quarantinedSchema = z
  .strictObject({
    id: z.string().meta({ description: 'The contact and the number of the message.' }),
    contactId: z.string(),
    seq: z.number().int(),
    channel: z.string(),
    at: z.string().meta({ description: 'When it came.' }),
    attempts: z.number().int(),
    reason: z
      .string()
      .meta({ description: 'What went wrong at the last attempt, in the words of the program.' }),
    content: inboundRecordSchema.shape.content.optional(),
  })
  .meta({ id: 'QuarantinedMessage' });

export const replayedSchema = z.strictObject({
  id: z.string(),
  contactId: z.string(),
  seq: z.number().int(),
});

export function quarantineEndpoints({ store, conversations }: ServerDependencies): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/quarantine',
      summary: 'Lists messages that could not be handled and were put aside, the oldest first',
      input: {
        query: z.strictObject({
          ...pageFields,
          content: z.stringbool().optional().meta({
            description: 'With what was written; without it, nothing that a contact wrote is told.',
          }),
        }),
      },
      answers: {
        200: {
          description: 'A page of messages.',
          content: { 'application/json': pageSchema(quarantinedSchema) },
        },
      },
      problems: ['unknown_page'],
      async handle({ input: { query }, response }) {
        const { after, limit = itemsUsual, content = false } = query;
        const page = await knownPage(store.listQuarantined({ limit, ...(after !== undefined && { after }) }));
        response.json({ ...page, items: page.items.map((message) => viewOf(message, content)) });
      },
    }),

    endpoint({
      method: 'post',
      path: '/quarantine/{id}/replay',
      summary: 'Has a message that was put aside handled again, in its old place',
      input: { params: z.strictObject({ id: z.string().max(200) }) },
      answers: {
        202: {
          description: 'It waits again and is handled next. When it fails again, it comes back here.',
          content: { 'application/json': replayedSchema },
        },
      },
      problems: ['unknown_message'],
      async handle({ input: { params }, response }) {
        const message = messageOf(params.id);
        if (!message || !(await conversations.replay(message))) throw new Problem('unknown_message');
        response.status(202).json({ id: params.id, ...message });
      },
    }),
  ];
}

function viewOf(
  { contactId, seq, channel, at, attempts = 0, reason = '', content }: InboundRecord,
  withContent: boolean,
): z.infer<typeof quarantinedSchema> {
  const id = `${contactId}.${seq}`;
  return { id, contactId, seq, channel, at, attempts, reason, ...(withContent && { content }) };
}

function messageOf(id: string): { contactId: string; seq: number } | undefined {
  const [, contactId, seq] = /^(.+)\.([1-9]\d{0,15})$/.exec(id) ?? [];
  return contactId === undefined ? undefined : { contactId, seq: Number(seq) };
}
