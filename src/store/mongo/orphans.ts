import type { mongo } from 'mongoose';
import type { Orphan } from '../store.ts';
import { fromStored } from './stored-text.ts';

/** Where documents stand that belong to somebody, and by which field they say to whom. */
const belongings = [
  { kind: 'address', from: 'addresses', field: 'contactId', owners: 'contacts', id: '$_id' },
  { kind: 'session', from: 'sessions', field: 'contactId', owners: 'contacts', id: '$_id' },
  { kind: 'event', from: 'events', field: 'sessionId', owners: 'sessions', id: numbered('$turn') },
  { kind: 'answer', from: 'answers', field: 'sessionId', owners: 'sessions', id: '$questionId' },
  { kind: 'response', from: 'responses', field: '_id', owners: 'sessions', id: '$_id' },
  { kind: 'case', from: 'cases', field: 'contactId', owners: 'contacts', id: '$_id' },
  { kind: 'message', from: 'replies', field: 'contactId', owners: 'contacts', id: numbered('$seq') },
  { kind: 'message', from: 'deliveries', field: 'contactId', owners: 'contacts', id: numbered('$seq') },
] as const;

function numbered(field: string) {
  return { $toString: field };
}

/** Documents whose owner is gone. Turns, projections and erasing write whole or not at all, so there are some only after a fault. */
export function orphanQuery(database: mongo.Db) {
  return async (limit: number): Promise<Orphan[]> => {
    const orphans: Orphan[] = [];
    for (const { kind, from, field, owners, id } of belongings) {
      if (orphans.length >= limit) break;
      const found = await database
        .collection(from)
        .aggregate<{ id: string; owner: string }>([
          { $project: { owner: `$${field}`, id } },
          { $lookup: { from: owners, localField: 'owner', foreignField: '_id', as: 'found' } },
          { $match: { found: { $size: 0 } } },
          { $limit: limit - orphans.length },
          { $project: { _id: 0, id: 1, owner: 1 } },
        ])
        .toArray();
      orphans.push(...found.map((one) => fromStored({ kind, id: one.id, owner: one.owner })));
    }
    return orphans;
  };
}
