import { createConnection } from 'mongoose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databaseClock } from '../../../src/store/mongo/clock.ts';
import { collectionsOf } from '../../../src/store/mongo/collections.ts';
import { databaseOn } from '../../../src/store/mongo/database.ts';
import { openMongoStore } from '../../../src/store/mongo/index.ts';
import { commitTurn } from '../../../src/store/mongo/turn.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  addressOf,
  answerOf,
  caseOf,
  claim,
  meet,
  messageFrom,
  moment,
  noProjection,
  ownerOf,
  project,
  read,
  responseOf,
  saidBy,
  say,
  started,
  tell,
  turnOf,
} from '../../contracts/store/sample.ts';
import { borrowDatabase } from '../../support/mongo-database.ts';

describe('several processes on one database', () => {
  let one: Store;
  let other: Store;
  let uri: string;
  let giveBack: () => Promise<void>;

  beforeEach(async () => {
    const database = borrowDatabase();
    ({ uri, giveBack } = database);
    [one, other] = await Promise.all([openMongoStore(database), openMongoStore(database)]);
  });

  afterEach(async () => {
    await Promise.all([one.close(), other.close()]);
    await giveBack();
  });

  test('a message that comes to both is stored once, and a first message of each makes one contact', async () => {
    const posts = await Promise.all(
      Array.from({ length: 12 }, (_, index) => {
        const store = index % 2 === 0 ? one : other;
        const newContact = { id: `ada-${index}`, language: 'he' as const };
        return store.receive(messageFrom('ada', `message ${index % 4}`, { newContact }));
      }),
    );
    expect(posts.filter(({ outcome }) => outcome === 'stored')).toHaveLength(4);
    expect(new Set(posts.map(ownerOf)).size).toBe(1);
    const { pending } = await read(other, ownerOf(posts[0]));
    expect(new Set(pending.map(({ seq }) => seq)).size).toBe(4);
  });

  test('of turns that both compute from one version, one is written', async () => {
    const state = await meet(one, 'ada');
    const turn = turnOf(state, { outbound: [{ addressId: addressOf('ada').id, message: say('hi') }] });
    const outcomes = await Promise.allSettled(
      [one, other, one, other].map((store) => store.commitTurn(turn)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await other.readMessages({ contactId: 'ada', limit: 10 })).toHaveLength(2);
  });

  test('a message is claimed by one of them', async () => {
    await meet(one, 'ada');
    await tell(one, 'ada', ['first', 'second', 'third']);
    const claims = await Promise.all([one, other, one, other].map((store) => claim(store, 0)));
    expect(saidBy(claims.flat())).toEqual(['first', 'second', 'third']);
  });

  test('turns of both at once are all counted, once', async () => {
    const people = Array.from({ length: 8 }, (_, index) => `person-${index}`);
    await Promise.all(
      people.map(async (person, index) => {
        const [mine, its] = index % 2 === 0 ? [one, other] : [other, one];
        await meet(mine, person);
        await project(mine, person, { answers: [answerOf(person, `${person}-s`)] });
        await project(its, person, { answers: [answerOf(person, `${person}-s`, { value: index })] });
        await Promise.all([mine.readTotals({}), its.readTotals({})]);
      }),
    );
    const [totals, again] = [await one.readTotals({}), await other.readTotals({})];
    expect(totals.toSorted((a, b) => Number(a.value) - Number(b.value))).toMatchObject(
      people.map((_, index) => ({ value: `${index}`, count: 1 })),
    );
    expect(again).toHaveLength(totals.length);
  });

  test('what one of them left behind when it died is projected by another', async () => {
    // The turn is written without a store around it, as if the process had died right after the commit.
    const state = await meet(one, 'ada');
    const connection = await createConnection(uri).asPromise();
    if (!connection.db) throw new Error('Not connected');
    const database = databaseOn(connection.getClient(), collectionsOf(connection.db), databaseClock);
    await commitTurn(
      database,
      turnOf(state, {
        events: [started('ada', 's1')],
        projection: {
          ...noProjection,
          answers: [answerOf('ada', 's1')],
          responses: [responseOf('ada', 's1')],
        },
      }),
    );
    await connection.close();
    await expect
      .poll(async () => (await other.listAnswers({ limit: 10 })).items.length, { timeout: 20_000 })
      .toBe(1);
    expect(await other.readEvents('s1')).toHaveLength(1);
    expect(await other.readTotals({})).toMatchObject([{ count: 1 }]);
  });

  test('a case is read as another process has just left it', async () => {
    const state = await meet(one, 'ada');
    const contact = { ...state.contact, caseId: 'c1' };
    await one.commitTurn(
      turnOf(state, { contact, projection: { ...noProjection, cases: [caseOf('ada', 'c1')] } }),
    );
    expect(await other.readCase('c1')).toEqual(caseOf('ada', 'c1'));
    const answered = caseOf('ada', 'c1', { status: 'answered', updatedAt: moment(9) });
    await project(other, 'ada', { cases: [answered] });
    expect(await one.readCase('c1')).toEqual(answered);
  });
});
