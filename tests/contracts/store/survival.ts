import { expect, test } from 'vitest';
import type { Subject } from '../store.ts';
import {
  addressOf,
  answerOf,
  caseOf,
  claim,
  clock,
  findWork,
  meet,
  messageFrom,
  moment,
  project,
  read,
  responseOf,
  saidBy,
  started,
  tell,
} from './sample.ts';

export function survival({ store, reopen }: Subject): void {
  test('everything that was acknowledged is there when the store is opened again', async () => {
    await meet(store(), 'ada', 'hello');
    await project(
      store(),
      'ada',
      {
        answers: [answerOf('ada', 's1')],
        responses: [responseOf('ada', 's1')],
        cases: [caseOf('ada', 'c1')],
      },
      { events: [started('ada', 's1')] },
    );
    await tell(store(), 'ada', ['waiting']);
    await store().receive(messageFrom('ada', 'not handled yet'));
    await store().saveCredential({
      hash: 'h',
      kind: 'admin_link',
      createdAt: moment(),
      expiresAt: moment(9),
    });
    clock.set(100);
    const look = async () => [
      await store().readContact('ada'),
      await store().readMessages({ contactId: 'ada', limit: 10 }),
      await store().readEvents('s1'),
      await store().listAnswers({ limit: 10 }),
      await store().listResponses({ limit: 10 }),
      await store().readTotals({}),
      await store().listCases({ limit: 10 }),
      await findWork(store(), 100),
      await store().findCredential('admin_link', 'h', moment()),
    ];
    const before = await look();
    await reopen();
    expect(await look()).toEqual(before);
  });

  test('a message that was acknowledged before is still a duplicate after', async () => {
    await meet(store(), 'ada');
    await reopen();
    expect(await store().receive(messageFrom('ada', 'hello'))).toMatchObject({ outcome: 'duplicate' });
  });

  test('an erased person stays erased', async () => {
    await meet(store(), 'ada');
    await store().eraseContact('ada', moment());
    await reopen();
    expect(await store().receive(messageFrom('ada', 'hello'))).toEqual({ outcome: 'duplicate' });
    expect(await store().findContact(addressOf('ada').id)).toBeUndefined();
    expect(await store().receive(messageFrom('ben', 'hello'))).toEqual({
      outcome: 'stored',
      contactId: 'ben',
    });
    expect(await store().receive(messageFrom('ada', 'hello'))).toEqual({ outcome: 'duplicate' });
  });

  test('a claim that nobody ended is found again, as of unknown outcome', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['hi']);
    await claim(store(), 0);
    await reopen();
    expect(await claim(store(), 59)).toEqual([]);
    const again = await claim(store(), 60);
    expect(saidBy(again)).toEqual(['hi']);
    expect(again).toMatchObject([{ afterUnknown: true, record: { ambiguous: 1 } }]);
  });

  test('versions and numbers go on where they were', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['hi']);
    const state = await read(store(), 'ada');
    const [before] = await store().readMessages({ contactId: 'ada', limit: 1, latest: true });
    await reopen();
    expect(await read(store(), 'ada')).toEqual(state);
    await tell(store(), 'ada', ['again']);
    const [after] = await store().readMessages({ contactId: 'ada', limit: 1, latest: true });
    expect(after?.seq).toBeGreaterThan(before?.seq ?? 0);
  });

  test('commands that were given before the store was closed are carried out', async () => {
    const given = Promise.all(['one', 'two'].map((text) => store().receive(messageFrom('ada', text))));
    await reopen();
    await given;
    expect((await read(store(), 'ada')).pending).toHaveLength(2);
  });
}
