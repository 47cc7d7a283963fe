import { z } from 'zod';

/** What the load generator is asked to do. */
export const loadOrderSchema = z.discriminatedUnion('kind', [
  /** Opens conversations. */
  z.strictObject({ kind: z.literal('open'), url: z.string(), count: z.number() }),
  /** Holds conversations, reply by reply, over so many connections that are kept alive. */
  z.strictObject({
    kind: z.literal('talk'),
    url: z.string(),
    conversations: z.array(z.string()),
    replies: z.array(z.string()),
    connections: z.number(),
  }),
  /** Opens the stream of each conversation as a page does, and keeps it open. */
  z.strictObject({ kind: z.literal('listen'), url: z.string(), conversations: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('stop_listening') }),
]);

export type LoadOrder = z.infer<typeof loadOrderSchema>;

export const openedSchema = z.strictObject({ conversations: z.array(z.string()) });

export const talkedSchema = z.strictObject({ messages: z.number(), seconds: z.number() });

export const doneSchema = z.strictObject({});
