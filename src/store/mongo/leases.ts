import type { LeaseRequest } from '../store.ts';
import type { Database } from './database.ts';
import { isDuplicateKey } from './mongo-error.ts';

/** What one process does at a time. Each lease is one document that is changed by the database's own clock. */
export function leaseCommands({ collections: { leases }, clock }: Database) {
  return {
    async take({ name, holder, seconds }: LeaseRequest): Promise<boolean> {
      const now = clock();
      const milliseconds = { $toLong: now };
      const free = { $or: [{ $eq: ['$holder', holder] }, { $lte: [{ $toLong: '$until' }, milliseconds] }] };
      const until = { $dateAdd: { startDate: now, unit: 'second', amount: seconds } };
      const taken = await leases
        .findOneAndUpdate(
          { _id: name },
          [
            { $set: { until: { $ifNull: ['$until', new Date(0)] } } },
            { $set: { free } },
            {
              $set: {
                holder: { $cond: ['$free', { $literal: holder }, '$holder'] },
                until: { $cond: ['$free', until, '$until'] },
              },
            },
            { $unset: 'free' },
          ],
          { upsert: true, returnDocument: 'after' },
        )
        .catch(unlessMadeMeanwhile);
      return taken?.holder === holder;
    },

    async release({ name, holder }: Pick<LeaseRequest, 'name' | 'holder'>): Promise<void> {
      await leases.deleteOne({ _id: name, holder });
    },
  };
}

/** Of two processes that make the document at once, one is told that the other was faster. */
function unlessMadeMeanwhile(error: unknown): undefined {
  if (!isDuplicateKey(error)) throw error;
}
