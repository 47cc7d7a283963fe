import { z } from 'zod';

/** What the servers of this bench are asked. */
export const serverOrderSchema = z.enum(['address', 'settle', 'cpu', 'memory']);

export const addressSchema = z.strictObject({ url: z.string() });

/** Answered when nothing is left to do: what was done by then. */
export const settledSchema = z.strictObject({
  /** Conversations that were held to their end. */
  complete: z.number(),
});

export const cpuSchema = z.strictObject({ microseconds: z.number() });

/** Heap and what it holds outside, after a full garbage collection. */
export const memorySchema = z.strictObject({ heapBytes: z.number() });

export interface MeasuredServer {
  readonly url: string;
  settle(): Promise<z.infer<typeof settledSchema>>;
}

/** Answers orders for a server that listens. */
export async function answerServerOrder(server: MeasuredServer, order: unknown): Promise<unknown> {
  switch (serverOrderSchema.parse(order)) {
    case 'address':
      return { url: server.url } satisfies z.infer<typeof addressSchema>;
    case 'settle':
      return await server.settle();
    case 'cpu': {
      const { user, system } = process.cpuUsage();
      return { microseconds: user + system } satisfies z.infer<typeof cpuSchema>;
    }
    case 'memory': {
      globalThis.gc?.();
      const { heapUsed, external } = process.memoryUsage();
      return { heapBytes: heapUsed + external } satisfies z.infer<typeof memorySchema>;
    }
  }
}
