import { expect, test } from 'vitest';
import type { Subject } from '../store.ts';
import {
  addressOf,
  answerOf,
  caseOf,
  claim,
  findWork,
  meet,
  messageFrom,
  moment,
  project,
  read,
  responseOf,
  resultOf,
  started,
  tell,
} from './sample.ts';

export function erasing({ store }: Subject): void {
  /** A person with something in every place that the store has. */
  const live = async (person: string) => {
    await meet(store(), person);
    const { contact } = await read(store(), person);
    await project(
      store(),
      person,
      {
        answers: [answerOf(person, `${person}-1`), answerOf(person, `${person}-2`, { value: 3 })],
        responses: [responseOf(person, `${person}-1`), responseOf(person, `${person}-2`)],
        cases: [caseOf(person, `case-of-${person}`)],
      },
      {
        contact: { ...contact, wakeAt: moment(5) },
        events: [started(person, `${person}-1`), started(person, `${person}-2`)],
      },
    );
    await tell(store(), person, ['waiting']);
    await store().receive(messageFrom(person, 'not handled yet'));
  };

  test('nothing of an erased person is found anywhere', async () => {
    await live('ada');
    expect(await store().eraseContact('ada', moment(9))).toBe(true);
    expect(await store().readContact('ada')).toBeUndefined();
    expect(await store().findContact(addressOf('ada').id)).toBeUndefined();
    expect(await store().readMessages({ contactId: 'ada', limit: 10 })).toEqual([]);
    expect(await store().readEvents('ada-1')).toEqual([]);
    expect((await store().listSessions({ limit: 10 })).items).toEqual([]);
    expect((await store().listAnswers({ limit: 10 })).items).toEqual([]);
    expect((await store().listResponses({ limit: 10 })).items).toEqual([]);
    expect((await store().listCases({ limit: 10 })).items).toEqual([]);
    expect(await store().readCase('case-of-ada')).toBeUndefined();
    expect(await store().readTotals({})).toEqual([]);
    expect(await findWork(store(), 1000)).toEqual({
      timers: [],
      inbound: [],
      outbound: [],
    });
    expect(await claim(store(), 1000)).toEqual([]);
  });

  test('other people keep everything', async () => {
    await live('ben');
    const look = async () => [
      await store().readContact('ben'),
      await store().readMessages({ contactId: 'ben', limit: 10 }),
      await store().readEvents('ben-1'),
      await store().listAnswers({ limit: 10 }),
      await store().listResponses({ limit: 10 }),
      await store().listCases({ limit: 10 }),
      await store().readTotals({}),
    ];
    const before = await look();
    await live('ada');
    await store().eraseContact('ada', moment());
    expect(await look()).toEqual(before);
  });

  test('a redelivered message of an erased person brings nothing back', async () => {
    await live('ada');
    await store().eraseContact('ada', moment());
    for (const text of ['hello', 'not handled yet'])
      expect(await store().receive(messageFrom('ada', text))).toEqual({ outcome: 'duplicate' });
    expect(await store().readContact('ada')).toBeUndefined();
    expect(await store().findContact(addressOf('ada').id)).toBeUndefined();
  });

  test('who writes again after having been erased is somebody new, and old messages stay refused', async () => {
    await live('ada');
    await store().eraseContact('ada', moment());
    const again = messageFrom('ada', 'me again', { newContact: { id: 'ada-2', language: 'en' } });
    expect(await store().receive(again)).toEqual({ outcome: 'stored', contactId: 'ada-2' });
    expect((await read(store(), 'ada-2')).contact).toMatchObject({
      version: 1,
      language: 'en',
      attributes: {},
    });
    expect(await store().receive(messageFrom('ada', 'hello'))).toEqual({ outcome: 'duplicate' });
    expect((await read(store(), 'ada-2')).pending).toHaveLength(1);
    expect(await store().readMessages({ contactId: 'ada-2', limit: 10 })).toHaveLength(1);
  });

  test('erasing twice, or nobody, says so', async () => {
    await live('ada');
    const both = await Promise.all([
      store().eraseContact('ada', moment()),
      store().eraseContact('ada', moment()),
    ]);
    expect(both.toSorted()).toEqual([false, true]);
    expect(await store().eraseContact('nobody', moment())).toBe(false);
  });

  test('a turn that was computed before the erasing is refused and brings nothing back', async () => {
    await meet(store(), 'ada');
    const state = await read(store(), 'ada');
    await store().eraseContact('ada', moment());
    const turn = {
      contact: state.contact,
      handled: state.pending.map(({ seq }) => seq),
      events: [started('ada', 's1')],
      outbound: [],
      at: moment(),
      projection: { answers: [answerOf('ada', 's1')], retracted: [], responses: [], cases: [] },
    };
    await expect(store().commitTurn(turn)).rejects.toMatchObject({ code: 'not_found' });
    expect(await store().readEvents('s1')).toEqual([]);
    expect(await store().readTotals({})).toEqual([]);
  });

  test('the result of a send that was under way is ignored', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['hi']);
    const claimed = await claim(store(), 0);
    await store().eraseContact('ada', moment());
    await store().recordDeliveries(claimed.map((one) => resultOf(one)));
    await store().recordReceipt({ addressId: addressOf('ada').id, providerMessageId: 'x', state: 'read' });
    await store().recordInboundFailure({ contactId: 'ada', seq: 1, reason: 'late', quarantine: true });
    expect(await store().readContact('ada')).toBeUndefined();
  });

  test('numbers of messages are not given again', async () => {
    await meet(store(), 'ada');
    await meet(store(), 'ben');
    const [before] = await store().readMessages({ contactId: 'ben', limit: 1, latest: true });
    await store().eraseContact('ada', moment());
    await store().receive(messageFrom('ben', 'later'));
    const [after] = await store().readMessages({ contactId: 'ben', limit: 1, latest: true });
    expect(after?.seq).toBeGreaterThan(before?.seq ?? 0);
  });
}
