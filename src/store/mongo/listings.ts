import { mongo } from 'mongoose';
import { decodeCursor, momentOf, noSuchPage, pageOf, within } from '../page.ts';
import type { Answer, Case, Response, StoredEvent } from '../records.ts';
import type { ListQuery, Page } from '../store.ts';
import type { Database } from './database.ts';
import { answerOf, caseOf, responseOf } from './projection.ts';
import { fromStored, toStored } from './stored-text.ts';

/** What people read: answers, responses, cases, sessions and their events. */
export function listings({ collections }: Database) {
  const { contacts, answers, responses, cases, sessions, events } = collections;

  return {
    async responses(query: ListQuery): Promise<Page<Response>> {
      const { after, sessionId } = query;
      const filters: mongo.Document[] = [narrowed(query, 'startedAt')];
      if (sessionId !== undefined) filters.push({ _id: toStored(sessionId) });
      if (after) {
        const [startedAt, id] = decodeCursor(after, 2);
        const at = momentOf(startedAt);
        filters.push({ $or: [{ startedAt: { $lt: at } }, { startedAt: at, _id: { $lt: id } }] });
      }
      const found = await responses
        .find({ $and: filters })
        .sort({ startedAt: -1, _id: -1 })
        .limit(within(query.limit) + 1)
        .toArray();
      return pageOf(found, query.limit, responseOf, ({ startedAt, _id }) => [startedAt.toISOString(), _id]);
    },

    async answers(query: ListQuery): Promise<Page<Answer>> {
      const { after, sessionId } = query;
      const filters: mongo.Document[] = [narrowed(query, 'answeredAt')];
      if (sessionId !== undefined) filters.push({ sessionId: toStored(sessionId) });
      if (after) filters.push(answersAfter(decodeCursor(after, 4)));
      const found = await answers
        .find({ $and: filters })
        .sort({ sessionStartedAt: -1, sessionId: -1, answeredAt: 1, _id: 1 })
        .limit(within(query.limit) + 1)
        .toArray();
      return pageOf(found, query.limit, answerOf, (one) => [
        one.sessionStartedAt.toISOString(),
        one.sessionId,
        one.answeredAt.toISOString(),
        one._id.toHexString(),
      ]);
    },

    async cases(query: { after?: string; limit: number; open?: boolean }): Promise<Page<Case>> {
      const filters: mongo.Document[] = query.open === undefined ? [{}] : [{ over: !query.open }];
      if (query.after) {
        const [waitsText, updatedAtText, id] = decodeCursor(query.after, 3);
        const waits = Number(waitsText);
        const updatedAt = momentOf(updatedAtText);
        filters.push({
          $or: [
            { waits: { $lt: waits } },
            { waits, updatedAt: { $lt: updatedAt } },
            { waits, updatedAt, _id: { $lt: id } },
          ],
        });
      }
      const found = await cases
        .find({ $and: filters })
        .sort({ waits: -1, updatedAt: -1, _id: -1 })
        .limit(within(query.limit) + 1)
        .toArray();
      return pageOf(found, query.limit, caseOf, ({ waits, updatedAt, _id }) => [
        String(waits),
        updatedAt.toISOString(),
        _id,
      ]);
    },

    sessions(query: { after?: string; limit: number; contactId?: string }): Promise<Page<string>> {
      const { contactId } = query;
      return pageOfIds(sessions, query, contactId === undefined ? {} : { contactId: toStored(contactId) });
    },

    contacts(query: { after?: string; limit: number }): Promise<Page<string>> {
      return pageOfIds(contacts, query, {});
    },

    async events(sessionId: string): Promise<readonly StoredEvent[]> {
      const found = await events
        .find({ sessionId: toStored(sessionId) })
        .sort({ turn: 1, index: 1 })
        .toArray();
      return found.map(({ stored }) => fromStored(stored));
    },

    async readCase(caseId: string): Promise<Case | undefined> {
      const found = await cases.findOne({ _id: caseId });
      return found ? caseOf(found) : undefined;
    },
  };
}

function narrowed(query: ListQuery, moment: 'startedAt' | 'answeredAt'): mongo.Document {
  const { questionnaireId, touchpointId, from, until } = query;
  const bounds = {
    ...(from !== undefined && { $gte: new Date(from) }),
    ...(until !== undefined && { $lt: new Date(until) }),
  };
  return {
    ...(questionnaireId !== undefined && { questionnaireId: toStored(questionnaireId) }),
    ...(touchpointId !== undefined && { touchpointId: toStored(touchpointId) }),
    ...(Object.keys(bounds).length > 0 && { [moment]: bounds }),
  };
}

function answersAfter([startedAt, sessionId, answeredAt, id = '']: readonly string[]): mongo.Document {
  if (!mongo.ObjectId.isValid(id)) throw noSuchPage();
  const session = { sessionStartedAt: momentOf(startedAt), sessionId };
  const at = momentOf(answeredAt);
  return {
    $or: [
      { sessionStartedAt: { $lt: session.sessionStartedAt } },
      { sessionStartedAt: session.sessionStartedAt, sessionId: { $lt: sessionId } },
      { ...session, answeredAt: { $gt: at } },
      { ...session, answeredAt: at, _id: { $gt: new mongo.ObjectId(id) } },
    ],
  };
}

/** Ids in their own order. */
async function pageOfIds<Document extends { readonly _id: string }>(
  collection: mongo.Collection<Document>,
  { after, limit }: { after?: string; limit: number },
  filter: mongo.Document,
): Promise<Page<string>> {
  const [afterId] = after ? decodeCursor(after, 1) : [];
  const stages = [
    { $match: { ...filter, ...(afterId !== undefined && { _id: { $gt: afterId } }) } },
    { $sort: { _id: 1 } },
    { $limit: within(limit) + 1 },
    { $project: { _id: 1 } },
  ];
  const found = await collection.aggregate<{ _id: string }>(stages).toArray();
  return pageOf(
    found,
    limit,
    ({ _id }) => fromStored(_id),
    ({ _id }) => [_id],
  );
}
