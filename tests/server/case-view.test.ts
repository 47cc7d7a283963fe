import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createConversationReader } from '../../src/server/case-view.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import type { Store } from '../../src/store/store.ts';
import { claim, clock, meet, read, resultOf, tell, turnOf } from '../contracts/store/sample.ts';

describe('a conversation as staff read it', () => {
  let store: Store;

  beforeEach(async () => {
    clock.set(0);
    store = await openSqliteStore({ directory: ':memory:', now: clock.now });
    await meet(store, 'ada');
  });

  afterEach(() => store.close());

  function readerOf() {
    const reader = createConversationReader(store, 'ada');
    return async () =>
      (await reader.read()).map(({ message: { text, delivery = '' }, isNew }) => [text, delivery, isNew]);
  }

  test('comes once, and what was not sent yet comes again when its sending went on', async () => {
    const look = readerOf();
    await tell(store, 'ada', ['one', 'two', 'three']);
    expect(await look()).toEqual([
      ['hello', '', true],
      ['one', 'queued', true],
      ['two', 'queued', true],
      ['three', 'queued', true],
    ]);
    expect(await look()).toEqual([]);
    const [one, two, three] = await claim(store, 0);
    if (!one || !two || !three) throw new Error('Nothing was claimed');
    await store.recordDeliveries([
      resultOf(one),
      resultOf(two, { state: 'failed', reason: 'blocked' }),
      resultOf(three, { state: 'queued', retrySeconds: 5, reason: 'busy', ambiguous: false }),
    ]);
    expect(await look()).toEqual([
      ['one', 'sent', false],
      ['two', 'failed', false],
    ]);
    expect(await look()).toEqual([]);
    await tell(store, 'ada', ['four']);
    expect(await look()).toEqual([['four', 'queued', true]]);
  });

  test('holds nothing that was withdrawn, and says so of what it held', async () => {
    const look = readerOf();
    await tell(store, 'ada', ['shown']);
    await look();
    await tell(store, 'ada', ['never shown']);
    await store.commitTurn(turnOf(await read(store, 'ada'), { suppressQueued: true }));
    expect(await look()).toEqual([['shown', 'suppressed', false]]);
    expect((await readerOf()()).map(([text]) => text)).toEqual(['hello']);
  });
});
