import type { mongo } from 'mongoose';
import type { MessageTrace } from './collections.ts';
import type { Database } from './database.ts';
import { answerOf, noteTotalChanges, totalChanges } from './projection.ts';
import { countTotalChanges } from './totals.ts';

const sessionsPerPortion = 100;
const messagesPerPortion = 1000;
/** So many at a time are far from the end of what a transaction may take, on a slow server too. */
const documentsPerPortion = 200;

/** Erasing a person, and removing what is older than it may be kept. */
export function removalCommands(database: Database) {
  const { collections, transact } = database;
  const { contacts, sessions, events, answers, responses, cases } = collections;
  const { contactTraces, messageTraces, credentials } = collections;

  /** Takes answers out of the totals and removes them. */
  async function removeAnswers(filter: mongo.Document, session: mongo.ClientSession): Promise<void> {
    const gone = await answers.find(filter, { session }).toArray();
    if (gone.length === 0) return;
    const changes = gone.flatMap((answer) => totalChanges(answerOf(answer), -1));
    await noteTotalChanges(collections, changes, session);
    await answers.deleteMany(filter, { session });
  }

  /** Removes answers, each portion together with its part in the totals, until few are left. */
  async function removeMostAnswers(filter: mongo.Document): Promise<void> {
    await inPortions(answers.find(filter, portion), (ids) =>
      transact((session) => removeAnswers({ _id: { $in: ids } }, session)),
    );
  }

  /**
   * The contact goes last, together with what is left by then: whoever has much is removed in portions, and an erasure that is interrupted can
   * be given again. The hashes of the contact's message keys stay.
   */
  async function erase(contactId: string): Promise<boolean> {
    if (!(await contacts.findOne({ _id: contactId }, { projection: { _id: 1 } }))) return false;
    await removeMostAnswers({ contactId });
    for (const traces of contactTraces)
      await inPortions(traces.find({ contactId }, portion), (ids) =>
        traces.deleteMany({ _id: { $in: ids } }),
      );
    return transact(async (session) => {
      const { deletedCount } = await contacts.deleteOne({ _id: contactId }, { session });
      if (deletedCount === 0) return false;
      await removeAnswers({ contactId }, session);
      for (const traces of contactTraces) await traces.deleteMany({ contactId }, { session });
      await credentials.deleteMany({ 'survey.contactId': contactId }, { session });
      return true;
    });
  }

  async function removeSessions(before: Date): Promise<number> {
    let removed = 0;
    for (let after: { endedAt: Date; _id: string } | undefined; ; ) {
      const ended = await sessions
        .find({
          $and: [
            { endedAt: { $lt: before } },
            after
              ? {
                  $or: [
                    { endedAt: { $gt: after.endedAt } },
                    { endedAt: after.endedAt, _id: { $gt: after._id } },
                  ],
                }
              : {},
          ],
        })
        .sort({ endedAt: 1, _id: 1 })
        .limit(sessionsPerPortion)
        .toArray();
      const last = ended.at(-1);
      if (!last?.endedAt) return removed;
      after = { endedAt: last.endedAt, _id: last._id };
      removed += await removePortion(ended);
    }
  }

  async function removePortion(ended: readonly { _id: string; contactId: string }[]): Promise<number> {
    const owners = await contacts
      .find(
        { _id: { $in: ended.map(({ contactId }) => contactId) }, session: { $exists: true } },
        { projection: { 'session.id': 1 } },
      )
      .toArray();
    const open = new Set(owners.map(({ session }) => session?.id));
    const ids = ended.map(({ _id }) => _id).filter((id) => !open.has(id));
    if (ids.length === 0) return 0;
    return transact(async (session) => {
      await removeAnswers({ sessionId: { $in: ids } }, session);
      await events.deleteMany({ sessionId: { $in: ids } }, { session });
      await responses.deleteMany({ _id: { $in: ids } }, { session });
      return (await sessions.deleteMany({ _id: { $in: ids } }, { session })).deletedCount;
    });
  }

  /** Messages that are old and belong to no session that stays and to no open case; what waits stands elsewhere and stays. */
  async function removeMessages(messages: mongo.Collection<MessageTrace>, before: Date): Promise<number> {
    let removed = 0;
    for (let after: { at: Date; _id: mongo.ObjectId } | undefined; ; ) {
      const portion = await messages
        .find(
          {
            $and: [
              { at: { $lt: before } },
              after ? { $or: [{ at: { $gt: after.at } }, { at: after.at, _id: { $gt: after._id } }] } : {},
            ],
          },
          { projection: { contactId: 1, at: 1 } },
        )
        .sort({ at: 1, _id: 1 })
        .limit(messagesPerPortion)
        .toArray();
      const last = portion.at(-1);
      if (!last) return removed;
      after = { at: last.at, _id: last._id };
      const kept = await keptSince([...new Set(portion.map(({ contactId }) => contactId))]);
      const gone = portion.filter(({ contactId, at }) => at < (kept.get(contactId) ?? before));
      if (gone.length === 0) continue;
      removed += (await messages.deleteMany({ _id: { $in: gone.map(({ _id }) => _id) } })).deletedCount;
    }
  }

  /** From which moment on the messages of each contact stay. */
  async function keptSince(contactIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    const ofThem = { contactId: { $in: [...contactIds] } };
    const [first, open] = await Promise.all([
      sessions
        .aggregate<{ _id: string; startedAt: Date }>([
          { $match: ofThem },
          { $group: { _id: '$contactId', startedAt: { $min: '$startedAt' } } },
        ])
        .toArray(),
      cases.find({ ...ofThem, over: false }, { projection: { contactId: 1 } }).toArray(),
    ]);
    const beginning = new Date(0);
    return new Map([
      ...first.map(({ _id, startedAt }): [string, Date] => [_id, startedAt]),
      ...open.map(({ contactId }): [string, Date] => [contactId, beginning]),
    ]);
  }

  return {
    erase,
    async applyRetention(before: string): Promise<{ sessions: number; messages: number }> {
      const moment = new Date(before);
      await credentials.deleteMany({ expiresAt: { $lt: moment } });
      const removedSessions = await removeSessions(moment);
      let messages = 0;
      for (const traces of messageTraces) messages += await removeMessages(traces, moment);
      return { sessions: removedSessions, messages };
    },

    /** In portions, and at last what is left, with totals that nothing stands behind, in one go. */
    async clearProjections(): Promise<void> {
      await removeMostAnswers({});
      while (await countTotalChanges(database));
      await inPortions(responses.find({}, portion), (ids) => responses.deleteMany({ _id: { $in: ids } }));
      await transact(async (session) => {
        await answers.deleteMany({}, { session });
        await responses.deleteMany({}, { session });
        await collections.totals.deleteMany({}, { session });
        await collections.totalChanges.deleteMany({}, { session });
      });
    },
  };
}

const portion = { projection: { _id: 1 }, limit: documentsPerPortion } as const;

/** Finds and removes one full portion after the other. What is left is less than one. */
async function inPortions<Id>(
  found: mongo.FindCursor<{ readonly _id: Id }>,
  remove: (ids: Id[]) => Promise<unknown>,
): Promise<void> {
  for (;;) {
    const ids = (await found.toArray()).map(({ _id }) => _id);
    if (ids.length < documentsPerPortion) return;
    await remove(ids);
    found.rewind();
  }
}
