import { mongo } from 'mongoose';
import type { Answer, Case, InboundRecord, OutboundRecord, Response, StoredEvent } from '../records.ts';
import { totalsOf } from '../totals.ts';
import type {
  AnswerDocument,
  CaseDocument,
  Collections,
  DeliveryDocument,
  ReplyDocument,
  ResponseDocument,
  SessionDocument,
  TotalChangeDocument,
  Unprojected,
} from './collections.ts';
import { fromStored, toStored } from './stored-text.ts';

type Session = mongo.ClientSession;

/**
 * Carries what a contact's changes have left into the collections that people read, within a transaction of the caller. What it changes
 * in the totals is noted in the same transaction, and added to them later.
 */
export async function project(
  collections: Collections,
  contactId: string,
  entries: readonly Unprojected[],
  session: Session,
): Promise<void> {
  const changes: TotalChangeDocument['changes'][number][] = [];
  for (const entry of entries) {
    await addEvents(collections, contactId, entry, session);
    for (const { sessionId, questionId } of entry.retracted ?? []) {
      const gone = await collections.answers.findOneAndDelete({ sessionId, questionId }, { session });
      if (gone) changes.push(...totalChanges(answerOf(gone), -1));
    }
    changes.push(...(await saveAnswers(collections, entry.answers ?? [], session)));
    await saveResponses(collections, entry.responses ?? [], session);
    await saveCases(collections, entry.cases ?? [], session);
  }
  const replies = entries.flatMap((entry) => entry.replies ?? []);
  if (replies.length > 0) await collections.replies.insertMany(replies.map(replyDocument), { session });
  const deliveries = entries.flatMap((entry) => entry.deliveries ?? []);
  if (deliveries.length > 0)
    await collections.deliveries.insertMany(deliveries.map(deliveryDocument), { session });
  await noteTotalChanges(collections, changes, session);
}

export async function noteTotalChanges(
  { totalChanges }: Collections,
  changes: TotalChangeDocument['changes'],
  session: Session,
): Promise<void> {
  if (changes.length > 0) await totalChanges.insertOne({ changes: toStored(changes) }, { session });
}

/** What adding (1) or removing (-1) an answer changes in the totals. */
export function totalChanges(answer: Answer, by: 1 | -1): TotalChangeDocument['changes'] {
  return totalsOf(answer).map((key) => ({ key, by }));
}

async function addEvents(
  { sessions, events }: Collections,
  contactId: string,
  { events: added = [], turn = 0 }: Unprojected,
  session: Session,
): Promise<void> {
  if (added.length === 0) return;
  for (const first of firstOfEach(added, ({ sessionId }) => sessionId)) {
    await ensureSession({ sessions }, sessionOfEvent(first), session);
  }
  await events.insertMany(
    added.map((stored, index) => toStored({ sessionId: stored.sessionId, contactId, turn, index, stored })),
    { session },
  );
}

async function saveAnswers(
  { sessions, answers }: Collections,
  saved: readonly Answer[],
  session: Session,
): Promise<TotalChangeDocument['changes']> {
  const changes: TotalChangeDocument['changes'][number][] = [];
  for (const answer of saved) {
    const { sessionId, questionId } = answer;
    const { startedAt } = await ensureSession({ sessions }, sessionOfAnswer(answer), session);
    const document = answerDocument(answer, startedAt);
    const earlier = await answers.findOneAndReplace({ sessionId, questionId }, document, { session });
    // The id is made here and not by the server, because answers of one moment are listed in its order.
    if (!earlier) await answers.insertOne({ _id: new mongo.ObjectId(), ...document }, { session });
    else changes.push(...totalChanges(answerOf(earlier), -1));
    changes.push(...totalChanges(answer, 1));
  }
  return changes;
}

async function saveResponses(
  { sessions, responses, answers }: Collections,
  saved: readonly Response[],
  session: Session,
): Promise<void> {
  if (saved.length === 0) return;
  const known = await sessions
    .find({ _id: { $in: saved.map(({ sessionId }) => sessionId) } }, { session })
    .toArray();
  const startedAt = new Map(known.map((one) => [one._id, one.startedAt.getTime()]));
  await sessions.bulkWrite(
    saved.map((response) => ({
      updateOne: {
        filter: { _id: response.sessionId },
        update: sessionUpdate(response),
        upsert: true,
      },
    })),
    { session },
  );
  await responses.bulkWrite(
    saved.map((response) => ({
      replaceOne: {
        filter: { _id: response.sessionId },
        replacement: responseDocument(response),
        upsert: true,
      },
    })),
    { session },
  );
  for (const { sessionId, startedAt: start } of saved) {
    const before = startedAt.get(sessionId);
    const sessionStartedAt = new Date(start);
    if (before !== undefined && before !== sessionStartedAt.getTime())
      await answers.updateMany({ sessionId }, { $set: { sessionStartedAt } }, { session });
  }
}

function sessionUpdate({ contactId, questionnaireId, touchpointId, startedAt, endedAt }: Response) {
  const facts = { questionnaireId, touchpointId, startedAt: new Date(startedAt) };
  const $setOnInsert = { contactId };
  return endedAt === undefined
    ? { $set: facts, $unset: { endedAt: '' as const }, $setOnInsert }
    : { $set: { ...facts, endedAt: new Date(endedAt) }, $setOnInsert };
}

async function saveCases({ cases }: Collections, saved: readonly Case[], session: Session): Promise<void> {
  for (const record of saved) {
    await cases.replaceOne({ _id: record.id }, caseDocument(record), { upsert: true, session });
  }
}

/** The session of an event or an answer, made when nobody knew it. */
async function ensureSession(
  { sessions }: Pick<Collections, 'sessions'>,
  { _id, ...facts }: SessionDocument,
  session: Session,
): Promise<SessionDocument> {
  const found = await sessions.findOneAndUpdate(
    { _id },
    { $setOnInsert: facts },
    { upsert: true, returnDocument: 'after', session },
  );
  return found ?? { _id, ...facts };
}

function sessionOfEvent({ sessionId, contactId, event, opened }: StoredEvent): SessionDocument {
  const { questionnaireId = '', touchpointId = '' } = opened ?? {};
  return { _id: sessionId, contactId, questionnaireId, touchpointId, startedAt: new Date(event.at) };
}

function sessionOfAnswer({
  sessionId,
  contactId,
  questionnaireId,
  touchpointId,
  askedAt,
}: Answer): SessionDocument {
  return { _id: sessionId, contactId, questionnaireId, touchpointId, startedAt: new Date(askedAt) };
}

function answerDocument(answer: Answer, sessionStartedAt: Date): AnswerDocument {
  const { askedAt, answeredAt } = answer;
  return toStored({
    ...answer,
    askedAt: new Date(askedAt),
    answeredAt: new Date(answeredAt),
    sessionStartedAt,
  });
}

export function answerOf(document: AnswerDocument & { readonly _id?: mongo.ObjectId }): Answer {
  const { _id, sessionStartedAt, askedAt, answeredAt, ...rest } = document;
  return fromStored({ ...rest, askedAt: askedAt.toISOString(), answeredAt: answeredAt.toISOString() });
}

function responseDocument(response: Response): ResponseDocument {
  const { sessionId, startedAt, updatedAt, endedAt, ...rest } = response;
  return toStored({
    _id: sessionId,
    ...rest,
    startedAt: new Date(startedAt),
    updatedAt: new Date(updatedAt),
    ...(endedAt !== undefined && { endedAt: new Date(endedAt) }),
  });
}

export function responseOf({ _id, startedAt, updatedAt, endedAt, ...rest }: ResponseDocument): Response {
  return fromStored({
    sessionId: _id,
    ...rest,
    startedAt: startedAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
  });
}

function caseDocument(record: Case): CaseDocument {
  const { id, openedAt, updatedAt, closedAt, ...rest } = record;
  return toStored({
    _id: id,
    ...rest,
    openedAt: new Date(openedAt),
    updatedAt: new Date(updatedAt),
    ...(closedAt !== undefined && { closedAt: new Date(closedAt) }),
    waits: record.status === 'open' ? 1 : 0,
    over: record.status === 'returned' || record.status === 'closed',
  });
}

export function caseOf({ _id, openedAt, updatedAt, closedAt, waits, over, ...rest }: CaseDocument): Case {
  return fromStored({
    id: _id,
    ...rest,
    openedAt: openedAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    ...(closedAt && { closedAt: closedAt.toISOString() }),
  });
}

function replyDocument({ direction: _, at, ...rest }: InboundRecord): ReplyDocument {
  return toStored({ ...rest, at: new Date(at) });
}

function deliveryDocument({ direction: _, at, sentAt, ...rest }: OutboundRecord): DeliveryDocument {
  return toStored({ ...rest, at: new Date(at), ...(sentAt !== undefined && { sentAt: new Date(sentAt) }) });
}

function firstOfEach<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...Map.groupBy(items, keyOf).values()].flatMap((group) => group.slice(0, 1));
}
