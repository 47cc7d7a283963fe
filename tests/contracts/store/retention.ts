import { expect, test } from 'vitest';
import type { Turn } from '../../../src/store/store.ts';
import type { Subject } from '../store.ts';
import {
  addressOf,
  answerOf,
  caseOf,
  claim,
  meet,
  messageFrom,
  moment,
  project,
  read,
  responseOf,
  resultOf,
  say,
  started,
} from './sample.ts';

export function retention({ store }: Subject): void {
  /** A session with a message each way at its beginning and its end. */
  const talk = async (
    person: string,
    id: string,
    from: number,
    until?: number,
    changes: Partial<Turn> = {},
  ) => {
    const step = async (at: number, ends: boolean) => {
      await store().receive(messageFrom(person, `${id} at ${at}`, { at: moment(at) }));
      await project(
        store(),
        person,
        {
          responses: [
            responseOf(person, id, {
              startedAt: moment(from),
              updatedAt: moment(at),
              ...(ends && { status: 'complete', endedAt: moment(at) }),
            }),
          ],
          answers: [answerOf(person, id, { answeredAt: moment(at), questionId: `asked-at-${at}` })],
        },
        {
          at: moment(at),
          events: [started(person, id, at)],
          outbound: [{ addressId: addressOf(person).id, message: say(`${id} at ${at}`) }],
          ...changes,
        },
      );
      await store().recordDeliveries((await claim(store(), 10_000)).map((one) => resultOf(one)));
    };
    await step(from, false);
    if (until !== undefined) await step(until, true);
  };
  const sessions = async () =>
    (await store().listResponses({ limit: 50 })).items.map(({ sessionId }) => sessionId).toSorted();
  const moments = async (person: string) =>
    (await store().readMessages({ contactId: person, limit: 50 })).map(({ at }) => at);

  test('sessions that ended before the moment are removed with what belongs to them', async () => {
    await talk('ada', 'old', 0, 10);
    await talk('ada', 'new', 100, 110);
    await talk('ben', 'running', 5);
    expect(await store().applyRetention(moment(50))).toEqual({ sessions: 1, messages: 4 });

    expect(await sessions()).toEqual(['new', 'running']);
    expect(await store().readEvents('old')).toEqual([]);
    expect(await store().readEvents('new')).toHaveLength(2);
    const answers = (await store().listAnswers({ limit: 50 })).items;
    expect(new Set(answers.map(({ sessionId }) => sessionId))).toEqual(new Set(['new', 'running']));
    const counts = (await store().readTotals({})).map(({ questionId, count }) => [questionId, count]);
    expect(new Map(counts.map(([question, count]) => [question, count]))).toEqual(
      new Map([
        ['asked-at-100', 1],
        ['asked-at-110', 1],
        ['asked-at-5', 1],
      ]),
    );
    expect(await moments('ada')).toEqual([100, 100, 110, 110].map((at) => moment(at)));
    expect(await moments('ben')).toHaveLength(2);
    expect((await read(store(), 'ada')).contact.id).toBe('ada');
  });

  test('the moment itself is kept', async () => {
    await talk('ada', 'old', 0, 10);
    expect(await store().applyRetention(moment(10))).toEqual({ sessions: 0, messages: 0 });
    expect(await sessions()).toEqual(['old']);
    expect((await store().applyRetention(moment(11))).sessions).toBe(1);
    expect(await store().applyRetention(moment(11))).toEqual({ sessions: 0, messages: 0 });
  });

  test('a session that began before the moment and ended after it keeps its beginning', async () => {
    await talk('ada', 'long', 0, 100);
    expect(await store().applyRetention(moment(50))).toEqual({ sessions: 0, messages: 0 });
    expect(await moments('ada')).toHaveLength(4);
    expect(await store().readEvents('long')).toHaveLength(2);
  });

  test('an expired session that still takes a late reply stays', async () => {
    await talk('ada', 'expired', 0, 10);
    const { contact } = await read(store(), 'ada');
    const session = {
      id: 'expired',
      questionnaireId: 'purchase-nps',
      revision: 1,
      touchpointId: 'purchase',
      addressId: addressOf('ada').id,
      state: { answers: {} },
      startedAt: moment(0),
      askedAt: moment(0),
      expired: true,
    };
    await project(store(), 'ada', {}, { contact: { ...contact, session } });
    expect(await store().applyRetention(moment(50))).toEqual({ sessions: 0, messages: 0 });
    expect(await sessions()).toEqual(['expired']);
  });

  test('messages outside of any session are removed when they are old enough', async () => {
    await meet(store(), 'ada', 'by the way');
    await project(store(), 'ada', {});
    expect(await store().applyRetention(moment(0))).toEqual({ sessions: 0, messages: 0 });
    expect(await store().applyRetention(moment(1))).toEqual({ sessions: 0, messages: 1 });
    expect(await store().readMessages({ contactId: 'ada', limit: 10 })).toEqual([]);
  });

  test('what somebody still has to deal with stays: waiting messages and talks with staff', async () => {
    await meet(store(), 'ada', 'nobody has read this');
    await meet(store(), 'ben', 'is anybody there?');
    await project(store(), 'ben', { cases: [caseOf('ben', 'c1')] });
    await meet(store(), 'cleo', 'hello');
    await project(
      store(),
      'cleo',
      {},
      {
        outbound: [{ addressId: addressOf('cleo').id, message: say('on its way') }],
      },
    );
    expect(await store().applyRetention(moment(50))).toEqual({ sessions: 0, messages: 1 });
    expect((await read(store(), 'ada')).pending).toHaveLength(1);
    expect(await moments('ben')).toHaveLength(1);
    expect(await moments('cleo')).toHaveLength(1);

    const closed = caseOf('ben', 'c1', { status: 'closed', closedAt: moment(1) });
    await project(store(), 'ben', { cases: [closed] });
    expect(await store().applyRetention(moment(50))).toEqual({ sessions: 0, messages: 1 });
    expect(await moments('ben')).toEqual([]);
  });

  test('a message that was removed is still a duplicate when it comes again', async () => {
    await talk('ada', 'old', 0, 10);
    await store().applyRetention(moment(50));
    expect(await store().receive(messageFrom('ada', 'old at 0'))).toEqual({
      outcome: 'duplicate',
      contactId: 'ada',
    });
    expect((await read(store(), 'ada')).pending).toEqual([]);
  });

  test('numbers of removed messages are not given again', async () => {
    await talk('ada', 'old', 0, 10);
    const [before] = await store().readMessages({ contactId: 'ada', limit: 1, latest: true });
    await store().applyRetention(moment(50));
    await store().receive(messageFrom('ada', 'later', { at: moment(60) }));
    const [after] = await store().readMessages({ contactId: 'ada', limit: 1, latest: true });
    expect(after?.seq).toBeGreaterThan(before?.seq ?? 0);
  });

  test('credentials that expired before the moment are removed', async () => {
    const credential = { kind: 'staff_session' as const, createdAt: moment(0) };
    await store().saveCredential({ ...credential, hash: 'old', expiresAt: moment(10) });
    await store().saveCredential({ ...credential, hash: 'new', expiresAt: moment(100) });
    await store().applyRetention(moment(50));
    expect(await store().findCredential('staff_session', 'old', moment(0))).toBeUndefined();
    expect(await store().findCredential('staff_session', 'new', moment(0))).toBeDefined();
  });

  test('many old sessions are all removed, and turns go on meanwhile', async () => {
    for (const person of ['ada', 'ben', 'cleo']) {
      await meet(store(), person);
      await project(store(), person, {
        responses: Array.from({ length: 120 }, (_, index) =>
          responseOf(person, `${person}-${index}`, { endedAt: moment(index), status: 'complete' }),
        ),
      });
    }
    const removing = store().applyRetention(moment(100));
    const turns = Promise.all(['ada', 'ben'].map((person) => project(store(), person, {})));
    expect(await removing).toMatchObject({ sessions: 300 });
    await turns;
    expect(await store().listSessions({ limit: 100 })).toMatchObject({ items: { length: 60 } });
    expect((await read(store(), 'ada')).contact.version).toBe(3);
  });
}
