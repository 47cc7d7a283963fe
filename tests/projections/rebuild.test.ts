import { expect, test } from 'vitest';
import { rebuildProjections } from '../../src/projections/rebuild.ts';
import { startTalk } from '../support/test-app.ts';

test('[P1] projections rebuilt from the events equal what stood there', async () => {
  const talk = await startTalk('purchase', { language: 'en' });
  const { app, person, clock } = talk;
  try {
    for (const text of ['nine', 'The service', 'back', 'The people', 'skip']) {
      clock.advance(0.1);
      await person.says(text);
    }
    await person.says('stop');
    await person.says('start');
    await person.opens('support');
    await person.says('6');
    clock.advance(24 * 8);
    await app.conversations.sweep();
    await person.says('1');

    const read = async () => ({
      answers: (await app.store.listAnswers({ limit: 100 })).items,
      responses: (await app.store.listResponses({ limit: 100 })).items,
      totals: await app.store.readTotals({}),
    });
    const before = await read();
    expect(before.answers.length).toBeGreaterThan(3);
    expect(before.totals.length).toBeGreaterThan(0);

    await app.store.clearProjections();
    expect((await read()).answers).toEqual([]);
    expect(await rebuildProjections(app.store, app.library)).toBe(2);
    expect(await read()).toEqual(before);
  } finally {
    await talk.close();
  }
});
