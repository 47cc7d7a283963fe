import { z } from 'zod';

/** A time of load that goes on, of which the first part does not count. */
const sustained = { connections: z.number(), warmUpSeconds: z.number(), seconds: z.number() };

/** What the load generator is asked: to hold conversations at these servers, each with its page open. */
export const loadOrderSchema = z.strictObject({
  ...sustained,
  urls: z.array(z.string()),
  replies: z.array(z.string()),
});

/** What the bare peer is asked: to read and change documents, so many at once. */
export const bareOrderSchema = z.strictObject(sustained);

export const sustainedSchema = z.strictObject({
  /** Turns within the time that counts. */
  turns: z.number(),
  /** Turns altogether, those of the warm-up too. */
  turnsInAll: z.number(),
  /** Conversations that were held to their end. */
  complete: z.number(),
  /** Milliseconds from posting a message to its being acknowledged, and to its effect. */
  acknowledged: z.array(z.number()),
  committed: z.array(z.number()),
});

export type Sustained = z.infer<typeof sustainedSchema>;
