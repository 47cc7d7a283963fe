import { type Connection, createConnection, mongo } from 'mongoose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openMongoStore } from '../../../src/store/mongo/index.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  answerOf,
  meet,
  moment,
  present,
  project,
  read,
  responseOf,
  started,
  tell,
} from '../../contracts/store/sample.ts';
import { borrowDatabase } from '../../support/mongo-database.ts';

/** More than two portions, the last of them not full. */
const copies = 440;

describe('removing more than fits into a transaction', () => {
  let store: Store;
  let connection: Connection;
  let giveBack: () => Promise<void>;

  beforeEach(async () => {
    const database = borrowDatabase();
    giveBack = database.giveBack;
    store = await openMongoStore(database);
    connection = await createConnection(database.uri, { maxPoolSize: 2 }).asPromise();
  });

  afterEach(async () => {
    await connection.close();
    await store.close();
    await giveBack();
  });

  async function live(person: string): Promise<void> {
    await meet(store, person);
    await tell(store, person, ['hi'], { leaseSeconds: 60 });
    await project(
      store,
      person,
      {
        answers: [answerOf(person, `${person}-1`)],
        responses: [responseOf(person, `${person}-1`, { status: 'complete', endedAt: moment() })],
      },
      { events: [started(person, `${person}-1`)] },
    );
    expect(await store.readTotals({})).not.toEqual([]);
  }

  /** Makes as many copies of what a person has as a life of answering every day would leave. */
  async function copy(name: string, change: (index: number) => mongo.Document): Promise<void> {
    const collection = connection.collection<mongo.Document>(name);
    const one = present((await collection.findOne({})) ?? undefined);
    const rest = Array.from({ length: copies }, (_, index) => ({
      ...one,
      _id: new mongo.ObjectId(),
      ...change(index),
    }));
    await collection.insertMany(rest);
  }

  async function copyAnswers(): Promise<void> {
    await copy('answers', (index) => ({ sessionId: `copy-${index}` }));
    await connection.collection<mongo.Document>('totals').updateOne({}, { $inc: { count: copies } });
  }

  async function counts(): Promise<Record<string, number>> {
    const names = ['contacts', 'answers', 'events', 'replies', 'responses', 'sessions', 'addresses'];
    const each = names.map(
      async (name): Promise<[string, number]> => [name, await connection.collection(name).countDocuments()],
    );
    return Object.fromEntries(await Promise.all(each));
  }

  test('a person goes whole, with every answer out of the totals, and nobody else', async () => {
    await live('ada');
    await copyAnswers();
    await copy('replies', (index) => ({ seq: 1000 + index }));
    await copy('events', (index) => ({ sessionId: `copy-${index}` }));
    await live('ben');
    expect(await store.readTotals({})).toMatchObject([{ count: copies + 2 }]);
    expect(await store.eraseContact('ada', moment())).toBe(true);
    expect(await counts()).toEqual({
      contacts: 1,
      answers: 1,
      events: 1,
      replies: 1,
      responses: 1,
      sessions: 1,
      addresses: 1,
    });
    expect((await read(store, 'ben')).contact.addresses).toHaveLength(1);
    expect(await store.readTotals({})).toMatchObject([{ count: 1 }]);
  });

  test('projections go whole, also totals that nothing stands behind', async () => {
    await live('ada');
    await copyAnswers();
    await copy('responses', (index) => ({ _id: `copy-${index}` }));
    await connection
      .collection<mongo.Document>('totals')
      .insertOne({ questionnaireId: 'nobody-has-answered', count: 7 });
    await store.clearProjections();
    expect(await counts()).toMatchObject({ contacts: 1, answers: 0, responses: 0, sessions: 1, events: 1 });
    expect(await store.readTotals({})).toEqual([]);
  });
});
