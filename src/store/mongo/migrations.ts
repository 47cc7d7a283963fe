import { StoreError } from '../errors.ts';
import type { Collections } from './collections.ts';
import { isDuplicateKey } from './mongo-error.ts';

/**
 * Each brings the schema from the version that is its index to the next. Many processes may run one at the same time, so doing it twice,
 * or half and then once more, must come to the same. One that was released is never changed again.
 */
export const migrations: readonly ((collections: Collections) => Promise<void>)[] = [
  createIndexes,
  noteWhatWaits,
];

/**
 * Brings the schema up to date; rejects one that a newer version of Kashuv has made before anything is changed. The version is noted
 * when all is done, so a process that dies on the way leaves the work to the next one.
 */
export async function migrate(collections: Collections): Promise<void> {
  const { schema } = collections;
  const version = await schemaVersion(collections);
  if (version === migrations.length) return;
  for (const migration of migrations.slice(version)) await migration(collections);
  await schema
    .updateOne({ _id: 'kashuv' }, { $setOnInsert: { version: 0 } }, { upsert: true })
    .catch(unlessThere);
  await schema.updateOne({ _id: 'kashuv' }, { $max: { version: migrations.length } });
}

/** Rejects a schema that another version of Kashuv has made: whoever only looks leaves it as it is. */
export async function requireCurrentSchema(collections: Collections): Promise<void> {
  const version = await schemaVersion(collections);
  if (version === 0)
    throw new StoreError(
      'not_found',
      'There is no data of Kashuv in this database. Does MONGODB_URI name the right one?',
    );
  if (version < migrations.length)
    throw new StoreError(
      'schema_older',
      `The data in MongoDB was written by an older version of Kashuv (schema ${version}, this one writes ${migrations.length}). Start Kashuv once: that brings it up to date.`,
    );
}

async function schemaVersion({ schema }: Collections): Promise<number> {
  const version = (await schema.findOne({ _id: 'kashuv' }))?.version ?? 0;
  if (version > migrations.length)
    throw new StoreError(
      'schema_newer',
      `The data in MongoDB was written by a newer version of Kashuv (schema ${version}, this one knows ${migrations.length}). Start that version, or name another database in MONGODB_URI.`,
    );
  return version;
}

/** Of two processes that insert at once, one is told that the other was faster. */
function unlessThere(error: unknown): void {
  if (!isDuplicateKey(error)) throw error;
}

/** Since when messages wait to be sent, which messages were put aside, and which questionnaires are paused. */
async function noteWhatWaits({ contacts, replies, questionnaires }: Collections): Promise<void> {
  await Promise.all([
    contacts.createIndexes([{ key: { outboundSince: 1 }, sparse: true }]),
    replies.createIndexes([
      { key: { at: 1 }, name: 'quarantined', partialFilterExpression: { state: 'quarantined' } },
    ]),
    questionnaires.createIndexes([{ key: { pausedAt: 1 }, sparse: true }]),
  ]);
  await contacts.updateMany({ outboundAt: { $exists: true }, outboundSince: { $exists: false } }, [
    { $set: { outboundSince: { $toDate: { $first: '$outbox.at' } } } },
  ]);
}

async function createIndexes(collections: Collections): Promise<void> {
  const { contacts, addresses, sessions, events, answers, responses } = collections;
  const { cases, replies, deliveries, questionnaires, credentials, totals } = collections;
  await Promise.all([
    contacts.createIndexes([
      { key: { wakeAt: 1 }, sparse: true },
      { key: { inboundAt: 1 }, sparse: true },
      { key: { outboundAt: 1 }, sparse: true },
      { key: { unprojectedAt: 1 }, sparse: true },
      { key: { caseId: 1 }, sparse: true },
    ]),
    addresses.createIndexes([{ key: { contactId: 1 } }]),
    sessions.createIndexes([
      { key: { contactId: 1, startedAt: 1 } },
      { key: { endedAt: 1, _id: 1 }, sparse: true },
    ]),
    events.createIndexes([
      { key: { sessionId: 1, turn: 1, index: 1 }, unique: true },
      { key: { contactId: 1 } },
    ]),
    answers.createIndexes([
      { key: { sessionId: 1, questionId: 1 }, unique: true },
      { key: { sessionStartedAt: -1, sessionId: -1, answeredAt: 1, _id: 1 } },
      { key: { questionnaireId: 1, sessionStartedAt: -1, sessionId: -1, answeredAt: 1, _id: 1 } },
      { key: { contactId: 1 } },
      { key: { answeredAt: 1 } },
    ]),
    responses.createIndexes([
      { key: { startedAt: -1, _id: -1 } },
      { key: { questionnaireId: 1, startedAt: -1, _id: -1 } },
      { key: { contactId: 1 } },
    ]),
    cases.createIndexes([{ key: { waits: -1, updatedAt: -1, _id: -1 } }, { key: { contactId: 1 } }]),
    replies.createIndexes([{ key: { contactId: 1, seq: 1 }, unique: true }, { key: { at: 1, _id: 1 } }]),
    deliveries.createIndexes([
      { key: { contactId: 1, seq: 1 }, unique: true },
      { key: { addressId: 1, providerMessageId: 1 } },
      { key: { at: 1, _id: 1 } },
    ]),
    questionnaires.createIndexes([{ key: { questionnaireId: 1, revision: -1 }, unique: true }]),
    credentials.createIndexes([{ key: { 'survey.contactId': 1 }, sparse: true }, { key: { expiresAt: 1 } }]),
    totals.createIndexes([{ key: { questionnaireId: 1 } }]),
  ]);
}
