import type { Backlog } from '../backlog.ts';
import type { Store } from '../store.ts';
import { laterBy } from './clock.ts';
import type { Database } from './database.ts';

/** What waits for somebody to take it up. Each question is answered from an index that holds only what waits. */
export function workQueries(database: Database) {
  return {
    async find({ limit, inboundAgeSeconds = 0 }: Parameters<Store['findWork']>[0]) {
      const [timers, inbound, outbound] = await Promise.all([
        contactsDue(database, 'wakeAt', limit),
        contactsDue(database, 'inboundAt', limit, inboundAgeSeconds),
        contactsDue(database, 'outboundAt', limit),
      ]);
      return { timers, inbound, outbound };
    },

    /** What waits to be handled and sent, and what was put aside. Every count walks an index that holds nothing else. */
    async backlog(): Promise<Omit<Backlog, 'pausedQuestionnaires'>> {
      const { contacts, replies } = database.collections;
      const [inboxContacts, inboxAgeSeconds, outboxContacts, outboxAgeSeconds, quarantinedMessages] =
        await Promise.all([
          contacts.countDocuments({ inboundAt: anyMoment }),
          ageOfFirst(database, 'inboundAt'),
          contacts.countDocuments({ outboundSince: anyMoment }),
          ageOfFirst(database, 'outboundSince'),
          replies.countDocuments({ state: 'quarantined' }),
        ]);
      return { inboxContacts, inboxAgeSeconds, outboxContacts, outboxAgeSeconds, quarantinedMessages };
    },
  };
}

/**
 * The contacts for whom a moment has come, or came so many seconds ago, the earliest first. The first of the index are read together with the
 * database's time and compared here: a comparison with its time within the query would not use the index everywhere.
 */
export async function contactsDue(
  { collections: { contacts }, clock }: Database,
  field: 'wakeAt' | 'inboundAt' | 'outboundAt' | 'unprojectedAt',
  limit: number,
  ageSeconds = 0,
): Promise<string[]> {
  const first = await contacts
    .aggregate<{ _id: string; moment: Date; now: Date }>([
      { $match: { [field]: anyMoment } },
      { $sort: { [field]: 1 } },
      { $limit: limit },
      { $project: { moment: `$${field}`, now: clock() } },
    ])
    .toArray();
  return first.filter(({ moment, now }) => laterBy(moment, ageSeconds) <= now).map(({ _id }) => _id);
}

/** How long ago the earliest of these moments was; zero when there is none. */
async function ageOfFirst(
  { collections: { contacts }, clock }: Database,
  field: 'inboundAt' | 'outboundSince',
): Promise<number> {
  const [first] = await contacts
    .aggregate<{ moment: Date; now: Date }>([
      { $match: { [field]: anyMoment } },
      { $sort: { [field]: 1 } },
      { $limit: 1 },
      { $project: { moment: `$${field}`, now: clock() } },
    ])
    .toArray();
  return first ? Math.max(0, (first.now.getTime() - first.moment.getTime()) / 1000) : 0;
}

/** By a range, a sparse index is used. */
const anyMoment = { $gte: new Date(0) };
