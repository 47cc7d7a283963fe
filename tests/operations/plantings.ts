import type { DatabaseSync } from 'node:sqlite';
import type { mongo } from 'mongoose';
import type { FindingCode } from '../../src/doctor/index.ts';
import type { Cast } from './story.ts';

/** Something that must never be in a store, and how to put it there. */
export interface Planting {
  readonly what: string;
  /** What is found besides nothing else, at whom. */
  readonly found: readonly FindingCode[];
  readonly at?: keyof Cast;
  /** Absent where the store cannot hold it. */
  readonly sqlite?: (database: DatabaseSync, plot: Plot) => void;
  readonly mongo?: (database: mongo.Db, plot: Plot) => Promise<unknown>;
}

/** The cast, and moments around the end of the story. */
export interface Plot extends Cast {
  readonly now: string;
  readonly longAgo: string;
  readonly later: string;
}

type Document = mongo.Document & { readonly _id: string };

const contacts = (database: mongo.Db) => database.collection<Document>('contacts');
const wholeNumber = 1_000_000;

function message(database: DatabaseSync, person: string, direction: 'in' | 'out', at: string): number {
  const body = direction === 'in' ? { kind: 'text', text: 'planted' } : said;
  const { lastInsertRowid } = database
    .prepare(
      `INSERT INTO messages (contact, address, direction, at, key, provider_message_id, body)
      SELECT contacts.row, addresses.row, ?, ?, 'planted', 'planted', ?
      FROM contacts JOIN addresses ON contact = contacts.row WHERE contacts.id = ?`,
    )
    .run(direction, at, JSON.stringify(body), person);
  return Number(lastInsertRowid);
}

const said = { text: 'planted', language: 'en', from: 'bot', layout: 'statement' };
const inContact = '(SELECT row FROM contacts WHERE id = ?)';

async function mongoMessage(database: mongo.Db, person: string): Promise<mongo.Document> {
  const contact = await contacts(database).findOne({ _id: person });
  const addressId = contact?.addresses[0].id;
  return { contactId: person, addressId, seq: wholeNumber, key: 'planted', channel: 'console' };
}

function head(database: DatabaseSync, person: string, change: string, ...values: string[]): void {
  database.prepare(`UPDATE contacts SET head = ${change} WHERE id = ?`).run(...values, person);
}

export const plantings: readonly Planting[] = [
  {
    what: 'an answer that was changed',
    found: ['answers_differ', 'total_differs', 'total_differs'],
    at: 'ben',
    sqlite: (database, { ben }) =>
      database
        .prepare(
          `UPDATE answers SET body = json_set(body, '$.value', 5) WHERE question = 'satisfaction' AND
          session IN (SELECT row FROM sessions WHERE contact = ${inContact})`,
        )
        .run(ben),
    mongo: (database, { ben }) =>
      database
        .collection('answers')
        .updateOne({ contactId: ben, questionId: 'satisfaction' }, { $set: { value: 5 } }),
  },
  {
    what: 'an answer that was lost',
    found: ['answers_differ', 'total_differs'],
    at: 'ben',
    sqlite: (database, { ben }) =>
      database
        .prepare(
          `DELETE FROM answers WHERE question = 'satisfaction' AND
          session IN (SELECT row FROM sessions WHERE contact = ${inContact})`,
        )
        .run(ben),
    mongo: (database, { ben }) =>
      database.collection('answers').deleteOne({ contactId: ben, questionId: 'satisfaction' }),
  },
  {
    what: 'a second current answer to a question',
    found: ['answer_twice', 'total_differs'],
    at: 'ben',
    sqlite: (database, { ben }) =>
      database
        .prepare(
          `INSERT INTO answers (session, question, answered_at, body)
          SELECT session, 'again', answered_at, body FROM answers WHERE question = 'satisfaction' AND
          session IN (SELECT row FROM sessions WHERE contact = ${inContact})`,
        )
        .run(ben),
    async mongo(database, { ben }) {
      const answers = database.collection('answers');
      const indexes = await answers.indexes();
      const unique = indexes.find((index) => index.unique)?.name ?? '';
      await answers.dropIndex(unique);
      const answer = await answers.findOne({ contactId: ben, questionId: 'satisfaction' });
      const { _id, ...copy } = answer ?? {};
      await answers.insertOne(copy);
    },
  },
  {
    what: 'a response that was changed',
    found: ['response_differs'],
    at: 'dan',
    sqlite: (database, { dan }) =>
      database
        .prepare(
          `UPDATE sessions SET response = json_set(response, '$.language', 'he') WHERE contact = ${inContact}`,
        )
        .run(dan),
    mongo: (database, { dan }) =>
      database.collection('responses').updateOne({ contactId: dan }, { $set: { language: 'he' } }),
  },
  {
    what: 'an open session that stands elsewhere',
    found: ['session_differs'],
    at: 'ada',
    sqlite: (database, { ada }) => head(database, ada, `json_set(head, '$.session.state.tries', 7)`),
    mongo: (database, { ada }) =>
      contacts(database).updateOne({ _id: ada }, { $set: { 'session.state.tries': 7 } }),
  },
  {
    what: 'a session without its first event',
    found: ['session_incomplete'],
    at: 'dan',
    sqlite: (database, { dan }) =>
      database
        .prepare(
          `DELETE FROM events WHERE row = (SELECT min(events.row) FROM events
          JOIN sessions ON sessions.row = session WHERE contact = ${inContact})`,
        )
        .run(dan),
    mongo: (database, { dan }) => database.collection('events').deleteOne({ contactId: dan }),
  },
  {
    what: 'a session that its contact has left without ending it',
    found: ['session_left_open'],
    at: 'dan',
    sqlite(database, { dan }) {
      head(database, dan, `json_remove(head, '$.session')`);
      database.prepare('UPDATE contacts SET wake_at = NULL WHERE id = ?').run(dan);
    },
    mongo: (database, { dan }) =>
      contacts(database).updateOne({ _id: dan }, { $unset: { session: '', wakeAt: '' } }),
  },
  {
    what: 'a message that was handled and did nothing',
    found: ['inbound_without_effect'],
    at: 'dan',
    sqlite: (database, { dan, now }) => message(database, dan, 'in', now),
    async mongo(database, { dan, now }) {
      const planted = await mongoMessage(database, dan);
      const content = { kind: 'text', text: 'planted' };
      await database.collection('replies').insertOne({
        ...planted,
        at: new Date(now),
        providerMessageId: 'planted',
        content,
        state: 'handled',
      });
    },
  },
  {
    what: 'a message that nobody handles',
    found: ['inbound_waits'],
    at: 'dan',
    sqlite(database, { dan, longAgo }) {
      const seq = message(database, dan, 'in', longAgo);
      database
        .prepare(`INSERT INTO inbox (contact, seq, state) VALUES (${inContact}, ?, 'pending')`)
        .run(dan, seq);
    },
    async mongo(database, { dan, longAgo }) {
      const { contactId: _, ...planted } = await mongoMessage(database, dan);
      const content = { kind: 'text', text: 'planted' };
      const waiting = { ...planted, at: longAgo, providerMessageId: 'planted', content };
      await contacts(database).updateOne(
        { _id: dan },
        { $set: { inbox: [waiting], inboundAt: new Date(longAgo) } },
      );
    },
  },
  {
    what: 'a message claimed long past its lease',
    found: ['outbound_waits'],
    at: 'dan',
    sqlite(database, { dan, longAgo }) {
      const seq = message(database, dan, 'out', longAgo);
      database
        .prepare(
          `INSERT INTO outbox (contact, seq, state, attempts, free_at, due_at)
          VALUES (${inContact}, ?, 'claimed', 1, ?, ?)`,
        )
        .run(dan, seq, longAgo, longAgo);
    },
    mongo: (database, { dan, longAgo }) =>
      mongoOutbox(database, dan, { seq: wholeNumber, at: longAgo, state: 'claimed', freeAt: longAgo }),
  },
  {
    what: 'a message that waits behind one that was sent',
    found: ['sent_out_of_order', 'sent_out_of_order', 'sent_out_of_order'],
    at: 'ben',
    sqlite(database, { ben, later }) {
      const [first] = database
        .prepare(`SELECT min(seq) AS seq FROM messages WHERE direction = 'out' AND contact = ${inContact}`)
        .all(ben);
      const seq = Number(first?.seq);
      database.prepare('DELETE FROM deliveries WHERE seq = ?').run(seq);
      database
        .prepare(
          `INSERT INTO outbox (contact, seq, state, attempts, free_at, due_at)
          VALUES (${inContact}, ?, 'queued', 1, ?, ?)`,
        )
        .run(ben, seq, later, later);
    },
    async mongo(database, { ben, later }) {
      const deliveries = database.collection('deliveries');
      const [first] = await deliveries.find({ contactId: ben }).sort({ seq: 1 }).limit(1).toArray();
      await deliveries.deleteOne({ contactId: ben, seq: first?.seq });
      if (!first) throw new Error('Nothing was sent');
      const { seq, at } = first;
      await mongoOutbox(database, ben, { seq, at: at.toISOString(), state: 'queued', freeAt: later });
    },
  },
  {
    what: 'a message that was sent after an opt-out',
    found: ['sent_after_opt_out'],
    at: 'ben',
    sqlite: (database, { ben, now }) => message(database, ben, 'out', now),
    async mongo(database, { ben, now }) {
      const { key: _, channel: __, ...planted } = await mongoMessage(database, ben);
      await database
        .collection('deliveries')
        .insertOne({ ...planted, at: new Date(now), message: said, state: 'sent' });
    },
  },
  {
    what: 'a session of somebody who opted out',
    found: ['open_after_opt_out'],
    at: 'dan',
    sqlite: (database, { dan, now }) => head(database, dan, `json_set(head, '$.optedOutAt', ?)`, now),
    mongo: (database, { dan, now }) =>
      contacts(database).updateOne({ _id: dan }, { $set: { optedOutAt: new Date(now) } }),
  },
  {
    what: 'a timer that nobody has taken up',
    found: ['timer_overdue'],
    at: 'dan',
    sqlite(database, { dan, longAgo }) {
      head(database, dan, `json_set(head, '$.session.remindAt', ?)`, longAgo);
      database.prepare('UPDATE contacts SET wake_at = ? WHERE id = ?').run(longAgo, dan);
    },
    mongo: (database, { dan, longAgo }) =>
      contacts(database).updateOne(
        { _id: dan },
        { $set: { 'session.remindAt': longAgo, wakeAt: new Date(longAgo) } },
      ),
  },
  {
    what: 'a timer that the store has forgotten',
    found: ['timer_missing'],
    at: 'dan',
    sqlite: (database, { dan }) =>
      database.prepare('UPDATE contacts SET wake_at = NULL WHERE id = ?').run(dan),
    mongo: (database, { dan }) => contacts(database).updateOne({ _id: dan }, { $unset: { wakeAt: '' } }),
  },
  {
    what: 'an address that leads to somebody else',
    found: ['address_misleads'],
    at: 'dan',
    mongo: (database, { ada, dan }) =>
      database.collection('addresses').updateOne({ contactId: dan }, { $set: { contactId: ada } }),
  },
  {
    what: 'sessions, messages and an address of nobody',
    found: ['belongs_to_nobody', 'belongs_to_nobody', 'belongs_to_nobody'],
    sqlite(database, { dan }) {
      database.exec('PRAGMA foreign_keys = OFF');
      database.prepare('DELETE FROM contacts WHERE id = ?').run(dan);
    },
    mongo: (database, { dan }) => contacts(database).deleteOne({ _id: dan }),
  },
  {
    what: 'a total that is too high',
    found: ['total_differs'],
    sqlite: (database) =>
      database.exec(`UPDATE totals SET count = count + 1 WHERE question = 'satisfaction'`),
    mongo: (database) =>
      database.collection('totals').updateOne({ questionId: 'satisfaction' }, { $inc: { count: 1 } }),
  },
  {
    what: 'a send of which the provider said nothing, which is a note',
    found: ['ambiguous_sends'],
    at: 'dan',
    sqlite: (database, { dan }) =>
      database
        .prepare(
          `UPDATE deliveries SET ambiguous = 1 WHERE seq IN (SELECT seq FROM messages WHERE contact = ${inContact})`,
        )
        .run(dan),
    mongo: (database, { dan }) =>
      database.collection('deliveries').updateMany({ contactId: dan }, { $set: { ambiguous: 1 } }),
  },
  {
    what: 'a message that was put aside, which is a note',
    found: ['quarantined'],
    at: 'dan',
    sqlite(database, { dan, now }) {
      const seq = message(database, dan, 'in', now);
      database
        .prepare(
          `INSERT INTO inbox (contact, seq, state, attempts, reason) VALUES (${inContact}, ?, 'quarantined', 5, 'broke')`,
        )
        .run(dan, seq);
    },
    async mongo(database, { dan, now }) {
      const planted = await mongoMessage(database, dan);
      const aside = { providerMessageId: 'planted', state: 'quarantined', attempts: 5, reason: 'broke' };
      const content = { kind: 'text', text: 'planted' };
      await database.collection('replies').insertOne({ ...planted, ...aside, at: new Date(now), content });
    },
  },
];

async function mongoOutbox(
  database: mongo.Db,
  person: string,
  part: { seq: number; at: string; freeAt: string; state: 'queued' | 'claimed' },
): Promise<void> {
  const { addressId } = await mongoMessage(database, person);
  const waiting = { ...part, addressId, message: said, attempts: 1, ambiguous: 0 };
  await contacts(database).updateOne(
    { _id: person },
    { $set: { outbox: [waiting], outboundAt: new Date(part.freeAt) } },
  );
}
