import { expect, test } from 'vitest';
import type { Store, Turn } from '../../src/store/store.ts';
import { startTalk } from '../support/test-app.ts';

/** A store that cannot write a turn which handles one of these messages. */
function failingOn(broken: Set<string>): (store: Store) => Store {
  return (store) => ({
    ...store,
    async commitTurn(turn: Turn) {
      const { pending } = (await store.readContact(turn.contact.id)) ?? { pending: [] };
      const wrong = pending.find(
        ({ seq, content }) =>
          turn.handled.includes(seq) && content.kind === 'text' && broken.has(content.text),
      );
      if (wrong) throw new Error('it makes no sense');
      return store.commitTurn(turn);
    },
  });
}

test('[K1] a message that fails five times is put aside with its reason, holds up nobody, and can be handled again', async () => {
  const broken = new Set(['9']);
  const talk = await startTalk('purchase', { language: 'en', app: { decorateStore: failingOn(broken) } });
  const { app, person } = talk;
  try {
    expect(await person.says('9')).toEqual([]);
    for (let attempts = 2; attempts < 5; attempts += 1) {
      await app.conversations.sweep();
      await app.conversations.idle();
      expect((await app.store.listQuarantined({ limit: 10 })).items).toEqual([]);
    }
    expect(await person.says('help')).toHaveLength(1);
    const { items } = await app.store.listQuarantined({ limit: 10 });
    expect(items).toMatchObject([
      { contactId: person.contactId, attempts: 5, reason: 'it makes no sense', content: { text: '9' } },
    ]);

    broken.clear();
    const [message] = items;
    if (!message) throw new Error('Expected a message');
    expect(await app.conversations.replay(message)).toBe(true);
    await app.conversations.idle();
    expect(person.seen().map(({ questionId }) => questionId)).toEqual(['praise']);
    const answers = (await app.store.listAnswers({ limit: 10 })).items;
    expect(answers).toMatchObject([{ questionId: 'recommend', value: 9, rawText: '9' }]);
    expect((await app.store.listQuarantined({ limit: 10 })).items).toEqual([]);
    expect(await app.conversations.replay(message)).toBe(false);
  } finally {
    await talk.close();
  }
});

test('[K1] a message that fails again after it was replayed is put aside again', async () => {
  const broken = new Set(['9']);
  const talk = await startTalk('purchase', { language: 'en', app: { decorateStore: failingOn(broken) } });
  const { app, person } = talk;
  try {
    await person.says('9');
    const putAside = async () => {
      for (let sweeps = 0; sweeps < 5; sweeps += 1) {
        await app.conversations.sweep();
        await app.conversations.idle();
      }
      return (await app.store.listQuarantined({ limit: 10 })).items;
    };
    const [first] = await putAside();
    if (!first) throw new Error('Expected a message');
    await app.conversations.replay(first);
    await app.conversations.idle();
    expect((await app.store.listQuarantined({ limit: 10 })).items).toEqual([]);
    expect(await putAside()).toMatchObject([{ seq: first.seq, attempts: 5 }]);
  } finally {
    await talk.close();
  }
});
