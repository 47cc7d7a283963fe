import { z } from 'zod';

/** What a program has loaded. */
export const traceSchema = z.strictObject({
  /** URLs of all modules, in the order of loading. */
  loaded: z.array(z.string()),
  /** What our own sources import from packages: specifier and URL. */
  imported: z.record(z.string(), z.string()),
});

export type Trace = z.infer<typeof traceSchema>;

/** The package that a module belongs to; undefined for our own sources and Node's. */
export function packageOf(url: string): string | undefined {
  return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
}
