import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openMongoStore } from '../../../src/store/mongo/index.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  addressOf,
  answerOf,
  claim,
  clock,
  meet,
  messageFrom,
  noProjection,
  read,
  resultOf,
  say,
  started,
  tell,
  turnOf,
} from '../../contracts/store/sample.ts';
import { type LossyProxy, lossyProxy } from '../../support/lossy-proxy.ts';
import { borrowDatabase } from '../../support/mongo-database.ts';

/** An update of a contact is known by the field that holds the ids of its last changes. */
const turnWords = ['contacts', 'changes', 'updates'];
/** The driver itself tries once more; only when that is lost too it is for the store to find out. */
const withItsRetry = 2;

describe('when the connection is lost', () => {
  let proxy: LossyProxy;
  let store: Store;
  let giveBack: () => Promise<void>;

  beforeEach(async () => {
    const database = borrowDatabase();
    giveBack = database.giveBack;
    proxy = await lossyProxy(database.uri);
    store = await openMongoStore({ uri: proxy.uri, now: clock.now });
  });

  afterEach(async () => {
    await store.close();
    await proxy.close();
    await giveBack();
  });

  test.each([1, withItsRetry])(
    'a turn whose reply is lost %i times is found to have happened, once',
    async (times) => {
      const state = await meet(store, 'ada');
      proxy.lose('reply', turnWords, times);
      const turn = turnOf(state, {
        events: [started('ada', 's1')],
        outbound: [{ addressId: addressOf('ada').id, message: say('hi') }],
        leaseSeconds: 60,
        projection: { ...noProjection, answers: [answerOf('ada', 's1')] },
      });
      expect(await store.commitTurn(turn)).toMatchObject([{ record: { message: say('hi') }, claim: 1 }]);
      expect((await read(store, 'ada')).contact.version).toBe(2);
      expect(await store.readEvents('s1')).toHaveLength(1);
      expect(await store.readMessages({ contactId: 'ada', limit: 10 })).toHaveLength(2);
      expect(await store.readTotals({})).toMatchObject([{ count: 1 }]);
    },
  );

  test('a turn that never reached the database says so, and can be given again', async () => {
    const state = await meet(store, 'ada');
    proxy.lose('request', turnWords, withItsRetry);
    const turn = turnOf(state, { events: [started('ada', 's1')] });
    await expect(store.commitTurn(turn)).rejects.toMatchObject({ name: 'StoreError', code: 'unavailable' });
    expect(await read(store, 'ada')).toEqual(state);
    await store.commitTurn(turn);
    expect((await read(store, 'ada')).contact.version).toBe(2);
    expect(await store.readEvents('s1')).toHaveLength(1);
  });

  test('a claim and a result whose replies are lost count once', async () => {
    await meet(store, 'ada');
    await tell(store, 'ada', ['hi']);
    proxy.lose('reply', turnWords, withItsRetry);
    const claimed = await claim(store, 0);
    expect(claimed).toMatchObject([{ claim: 1, afterUnknown: false }]);
    proxy.lose('reply', turnWords, withItsRetry);
    await store.recordDeliveries(claimed.map((one) => resultOf(one)));
    expect(await store.readMessages({ contactId: 'ada', limit: 10 })).toMatchObject([
      { direction: 'in' },
      { direction: 'out', state: 'sent', attempts: 1 },
    ]);
  });

  test.each(['request', 'reply'] as const)(
    'a message is stored once when the %s of its commit is lost',
    async (part) => {
      proxy.lose(part, ['commitTransaction'], 1);
      const post = () => store.receive(messageFrom('ada', 'hello'));
      const first = await post().catch(() => undefined);
      const again = await post();
      expect([first?.outcome, again.outcome]).toContain('stored');
      expect((await read(store, 'ada')).pending).toHaveLength(1);
      expect(await post()).toEqual({ outcome: 'duplicate', contactId: 'ada' });
    },
  );

  test.each(['request', 'reply'] as const)(
    'answers are projected and counted once when the %s of a commit is lost',
    async (part) => {
      const state = await meet(store, 'ada');
      await store.commitTurn(
        turnOf(state, { projection: { ...noProjection, answers: [answerOf('ada', 's1')] } }),
      );
      proxy.lose(part, ['commitTransaction'], 1);
      expect((await store.listAnswers({ limit: 10 })).items).toHaveLength(1);
      proxy.lose(part, ['commitTransaction'], 1);
      expect(await store.readTotals({})).toMatchObject([{ count: 1 }]);
    },
  );
});
