import { expect, onTestFinished, test } from 'vitest';
import { faultyStore } from '../support/faulty-store.ts';
import { startTalk } from '../support/test-app.ts';

test('[C8] a reminder that cannot be made is given up, keeps nobody else from theirs, and the survey still expires', async () => {
  const faulty = faultyStore();
  const talk = await startTalk('purchase', { language: 'en', app: { decorateStore: faulty.decorate } });
  onTestFinished(() => talk.close());
  const { app, clock, person } = talk;
  const sessionOf = async () => (await app.store.readContact(person.contactId))?.contact.session;
  let failures = 0;
  faulty.before = (command, [turn]) => {
    if (command !== 'commitTurn' || !JSON.stringify(turn).includes('"type":"reminded"')) return;
    failures += 1;
    throw new TypeError('nobody can say this');
  };
  clock.advance(25);
  const due = clock.now();
  await app.conversations.sweep();
  await app.conversations.sweep();
  expect(failures).toBe(1);
  expect((await app.store.findWork({ limit: 10 })).timers).toEqual([]);
  const session = await sessionOf();
  expect(session?.remindAt).toBeUndefined();
  expect(Date.parse(session?.expiresAt ?? '') - Date.parse(due)).toBe(3_600_000);
  expect(person.seen()).toEqual([]);

  clock.advance(1);
  await app.conversations.sweep();
  expect(await sessionOf()).toMatchObject({ expired: true });
});

test('[C9] the end of a session that cannot be made is tried again every hour', async () => {
  const faulty = faultyStore();
  const talk = await startTalk('purchase', { language: 'en', app: { decorateStore: faulty.decorate } });
  onTestFinished(() => talk.close());
  const { app, clock, person } = talk;
  let failures = 0;
  faulty.before = (command, [turn]) => {
    if (command !== 'commitTurn' || !JSON.stringify(turn).includes('"type":"expired"')) return;
    failures += 1;
    throw new TypeError('nobody can end this');
  };
  clock.advance(24 * 8);
  for (let hours = 0; hours < 3; hours += 1) {
    await app.conversations.sweep();
    await app.conversations.sweep();
    clock.advance(1);
  }
  expect(failures).toBe(3);
  faulty.before = undefined;
  await app.conversations.sweep();
  const state = await app.store.readContact(person.contactId);
  expect(state?.contact.session).toMatchObject({ expired: true });
});
