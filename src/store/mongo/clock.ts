import type { mongo } from 'mongoose';

/**
 * The store's clock as an expression that the database evaluates while it aggregates: its own time, so that processes whose clocks differ
 * agree on what is due.
 */
export type Clock = () => '$$NOW' | { readonly $literal: Date };

export const databaseClock: Clock = () => '$$NOW';

/** A clock of the caller's, for tests that move time. */
export function clockOf(now: () => string): Clock {
  return () => ({ $literal: new Date(now()) });
}

/** The moment so many seconds later, or earlier when they are negative. */
export function laterBy(moment: Date, seconds: number): Date {
  return new Date(moment.getTime() + seconds * 1000);
}

/** One document of the projection, `Computed` what it adds, together with the moment of reading. */
export async function readWithClock<Document extends mongo.Document, Computed = unknown>(
  collection: mongo.Collection<Document>,
  id: string,
  { clock, projection, session }: { clock: Clock; projection: mongo.Document; session?: mongo.ClientSession },
): Promise<(Document & Computed & { now: Date }) | undefined> {
  const stages = [{ $match: { _id: id } }, { $project: { ...projection, now: clock() } }];
  const [found] = await collection
    .aggregate<Document & Computed & { now: Date }>(stages, session && { session })
    .toArray();
  return found;
}
