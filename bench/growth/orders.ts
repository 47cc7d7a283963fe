import { z } from 'zod';

/** What a process that serves a filled store is asked. */
export const growthOrderSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fill'), conversations: z.number() }),
  /** Opens the store that was filled. */
  z.strictObject({ kind: z.literal('open') }),
  /** Holds conversations with contacts who are new and with so many who come back, and measures it. */
  z.strictObject({ kind: z.literal('hold'), newcomers: z.number(), returning: z.number() }),
  /** Reads what staff and pages read, each kind so many times. */
  z.strictObject({ kind: z.literal('read'), times: z.number() }),
]);

export type GrowthOrder = z.infer<typeof growthOrderSchema>;

export const filledSchema = z.strictObject({
  contacts: z.number(),
  answers: z.number(),
  megabytes: z.number(),
});

export const heldSchema = z.strictObject({
  turns: z.number(),
  cpuMicroseconds: z.number(),
  milliseconds: z.number(),
});

export const readTimesSchema = z.array(z.strictObject({ what: z.string(), milliseconds: z.number() }));
