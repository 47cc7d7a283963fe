import { z } from 'zod';

/** What a contender's process is asked for: conversations with these replies, one after the other, for so long. */
export const orderSchema = z.strictObject({
  module: z.string(),
  replies: z.array(z.string()),
  milliseconds: z.number(),
});

export type Order = z.infer<typeof orderSchema>;

/** What came of it. */
export const roundSchema = z.strictObject({
  /** What each turn took, in microseconds. */
  turns: z.array(z.number()),
  /** What a turn cost the processor, collecting garbage included. */
  cpuMicrosecondsPerTurn: z.number(),
  /** The largest state that a turn left behind. */
  stateBytesMax: z.number(),
  /** What the last conversation answered. */
  answers: z.record(z.string(), z.unknown()),
});

export type Round = z.infer<typeof roundSchema>;
