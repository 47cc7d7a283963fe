import { expect, test } from 'vitest';
import { openMongoStore } from '../../../src/store/mongo/index.ts';
import { messageFrom, read, turnOf } from '../../contracts/store/sample.ts';
import { borrowDatabase } from '../../support/mongo-database.ts';

test('a contact of whom too much waits takes nothing more in until it was handled, and loses nothing', async () => {
  const { uri, giveBack } = borrowDatabase();
  const store = await openMongoStore({ uri });
  const long = (index: number) =>
    messageFrom('ada', `${index}`, { content: { kind: 'text', text: 'א'.repeat(20_000) } });
  let taken = 0;
  let refusal: unknown;
  while (refusal === undefined && taken < 20) {
    await store.receive(long(taken)).then(
      () => {
        taken += 1;
      },
      (error: unknown) => {
        refusal = error;
      },
    );
  }
  expect(refusal).toMatchObject({ name: 'StoreError', code: 'unavailable' });
  expect((await read(store, 'ada')).pending).toHaveLength(taken);
  await expect(store.receive(messageFrom('ben', 'hello'))).resolves.toMatchObject({ outcome: 'stored' });

  await store.commitTurn(turnOf(await read(store, 'ada')));
  expect(await store.readMessages({ contactId: 'ada', limit: 50 })).toHaveLength(taken);
  // What was handled leaves the contact when it is projected, which whatever reads projections waits for.
  await store.listSessions({ limit: 1 });
  expect(await store.receive(long(taken))).toMatchObject({ outcome: 'stored' });
  await store.close();
  await giveBack();
});
