import { expect, test } from 'vitest';
import type { Store, StoreChange } from '../../../src/store/store.ts';
import type { Subject } from '../store.ts';
import { caseOf, claim, meet, messageFrom, moment, project, read, resultOf, tell, turnOf } from './sample.ts';

/** A page that is open, as far as the store knows: what it was told of since it last looked. */
interface Watch {
  /** Resolves when all of these have been told of. */
  hears(...changes: readonly StoreChange[]): Promise<void>;
  readonly told: readonly StoreChange[];
  stop(): void;
}

const patient = { timeout: 20_000, interval: 5 };
const anything: StoreChange = { kind: 'anything' };

/** Watches a store, from the moment on from which every change is told. */
export async function watching(store: Store): Promise<Watch> {
  const told: StoreChange[] = [];
  const stop = store.watch((change) => told.push(change));
  const watch: Watch = {
    told,
    stop,
    async hears(...changes) {
      for (const change of changes) await expect.poll(() => told, patient).toContainEqual(change);
      told.length = 0;
    },
  };
  await watch.hears(anything);
  return watch;
}

export function contactChange(contactId: string): StoreChange {
  return { kind: 'contact', contactId };
}

export function caseChange(contactId: string): StoreChange {
  return { kind: 'case', contactId };
}

export function watchingChanges({ store }: Subject): void {
  test('tells of a message and of a turn, once they can be read', async () => {
    const watch = await watching(store());
    await store().receive(messageFrom('ada', 'hello'));
    await watch.hears(contactChange('ada'));
    await tell(store(), 'ada', ['hi']);
    await watch.hears(contactChange('ada'));
    watch.stop();
  });

  test('has a listener read what it is told of', async () => {
    const seen: Promise<number>[] = [];
    const stop = store().watch(({ kind }) => {
      if (kind !== 'contact') return;
      seen.push(
        store()
          .readMessages({ contactId: 'ada', limit: 10 })
          .then(({ length }) => length),
      );
    });
    await store().receive(messageFrom('ada', 'hello'));
    await tell(store(), 'ada', ['hi']);
    await expect.poll(async () => Math.max(...(await Promise.all(seen))), patient).toBe(2);
    stop();
  });

  test('tells how sending ended, by its result or by a receipt', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['one', 'two']);
    const [first, second] = await claim(store(), 0);
    const watch = await watching(store());
    await store().recordDeliveries(first ? [resultOf(first)] : []);
    await watch.hears(contactChange('ada'));
    await store().recordReceipt({
      addressId: second?.address.id ?? '',
      providerMessageId: 'p2',
      message: { contactId: 'ada', seq: second?.record.seq ?? 0 },
      state: 'delivered',
    });
    await watch.hears(contactChange('ada'));
    watch.stop();
  });

  test('tells of a case when the list of cases shows it', async () => {
    await meet(store(), 'ada');
    const watch = await watching(store());
    await project(store(), 'ada', { cases: [caseOf('ada', 'c1')] });
    await watch.hears(contactChange('ada'), caseChange('ada'));
    expect((await store().listCases({ limit: 10 })).items).toMatchObject([{ id: 'c1', status: 'open' }]);
    await project(store(), 'ada', { cases: [caseOf('ada', 'c1', { status: 'closed' })] });
    await watch.hears(caseChange('ada'));
    watch.stop();
  });

  test('tells of somebody who was erased, and with them their cases', async () => {
    await meet(store(), 'ada');
    await project(store(), 'ada', { cases: [caseOf('ada', 'c1')] });
    const watch = await watching(store());
    await store().eraseContact('ada', moment());
    await watch.hears(contactChange('ada'), caseChange('ada'));
    watch.stop();
  });

  test('tells of nothing that was only read, repeated or refused', async () => {
    const state = await meet(store(), 'ada');
    await tell(store(), 'ada', ['hi']);
    await store().listAnswers({ limit: 10 });
    const watch = await watching(store());
    await read(store(), 'ada');
    await store().receive(messageFrom('ada', 'hello'));
    await expect(store().commitTurn(turnOf(state))).rejects.toMatchObject({ code: 'conflict' });
    await store().receive(messageFrom('ben', 'hello'));
    await expect.poll(() => watch.told, patient).toContainEqual(contactChange('ben'));
    expect(watch.told).not.toContainEqual(contactChange('ada'));
    watch.stop();
  });

  test('tells every listener, and those who have left nothing more', async () => {
    const [one, two, gone] = [await watching(store()), await watching(store()), await watching(store())];
    gone.stop();
    await store().receive(messageFrom('ada', 'hello'));
    await Promise.all([one, two].map((watch) => watch.hears(contactChange('ada'))));
    expect(gone.told).toEqual([]);
    one.stop();
    two.stop();
    const again = await watching(store());
    await store().receive(messageFrom('ada', 'again'));
    await again.hears(contactChange('ada'));
    expect(two.told).toEqual([]);
    again.stop();
  });

  test('can be closed while somebody listens', async () => {
    await watching(store());
  });
}
