import { expect, test } from 'vitest';
import { startTalk } from '../support/test-app.ts';

test('[C6] an opt-out in the middle of a talk with staff ends the talk and the survey, with one confirmation', async () => {
  const talk = await startTalk('purchase', { language: 'en' });
  const { app, person } = talk;
  try {
    await person.says('9');
    await person.says('agent');
    const confirmation = await person.says('stop');
    expect(confirmation.map(({ text }) => text)).toEqual([app.texts.system('en', 'opted_out')]);
    expect((await app.store.listResponses({ limit: 5 })).items).toMatchObject([{ status: 'opted_out' }]);
    expect((await app.store.listCases({ limit: 5 })).items).toMatchObject([{ status: 'closed' }]);
    const { contact } = (await app.store.readContact(person.contactId)) ?? {};
    expect(contact?.session).toBeUndefined();
    expect(contact?.optedOutAt).toBeDefined();
  } finally {
    await talk.close();
  }
});
