import { expect, test } from 'vitest';
import { replay } from '../../src/dialogs/index.ts';
import { startTalk } from '../support/test-app.ts';

test('[C17] a revision that changes texts only can be taken to open sessions, a structural one leaves them where they are', async () => {
  const talk = await startTalk('purchase', { language: 'en' });
  const { app, person } = talk;
  try {
    const published = await app.store.readQuestionnaire('purchase-nps');
    if (!published) throw new Error('Not shipped');
    const reworded = structuredClone(published.document);
    const praise = reworded.texts.en?.questions.praise;
    if (!praise) throw new Error('The question is gone');
    praise.prompt = 'What did you like best?';
    await app.store.publishQuestionnaire(reworded, app.now());

    expect(await app.conversations.applyTexts('purchase-nps')).toEqual({ applied: 1, left: 0 });
    expect(await app.conversations.applyTexts('purchase-nps')).toEqual({ applied: 0, left: 0 });
    expect(person.seen()).toEqual([]);
    const [asked] = await person.says('9');
    expect(asked?.text).toBe('What did you like best?');

    const shorter = structuredClone(reworded);
    shorter.questions = shorter.questions.filter(({ id }) => id !== 'ordering');
    await app.store.publishQuestionnaire(shorter, app.now());
    expect(await app.conversations.applyTexts('purchase-nps')).toEqual({ applied: 0, left: 1 });
    const { session } = (await app.store.readContact(person.contactId))?.contact ?? {};
    expect(session?.revision).toBe(2);

    const { items } = await app.store.listAnswers({ limit: 10 });
    expect(items[0]?.revision).toBe(2);
    const questionnaire = await app.library.revision('purchase-nps', 2);
    const events = (await app.store.readEvents(session?.id ?? '')).map(({ event }) => event);
    expect(questionnaire && replay(questionnaire, events)).toEqual(session?.state);
  } finally {
    await talk.close();
  }
});
