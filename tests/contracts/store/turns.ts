import { expect, test } from 'vitest';
import type { OpenSession } from '../../../src/store/records.ts';
import type { Turn } from '../../../src/store/store.ts';
import type { Subject } from '../store.ts';
import {
  addressOf,
  answerOf,
  caseOf,
  clock,
  meet,
  messageFrom,
  moment,
  noProjection,
  read,
  responseOf,
  say,
  started,
  tell,
  turnOf,
} from './sample.ts';

export function turns({ store }: Subject): void {
  const session: OpenSession = {
    id: 'session-1',
    questionnaireId: 'purchase-nps',
    revision: 1,
    touchpointId: 'purchase',
    addressId: addressOf('ada').id,
    state: { at: 'recommend', answers: { recommend: 9, reasons: ['price', 'people'], again: true } },
    startedAt: moment(),
    askedAt: moment(),
    remindAt: moment(100),
    expiresAt: moment(200),
  };

  test('a turn writes everything that it causes', async () => {
    const state = await meet(store(), 'ada');
    const contact = {
      ...state.contact,
      language: 'en' as const,
      attributes: { visits: 2 },
      session,
      offered: { questionnaireId: 'churn-exit', touchpointId: 'churn' },
      numbered: { addressId: 'a', sessionId: 's', questionId: 'q', options: ['first', 'second,third'] },
      optedOutAt: moment(5),
      caseId: 'case-1',
      wakeAt: moment(100),
    };
    await store().commitTurn(
      turnOf(state, {
        contact,
        events: [started('ada', 'session-1')],
        outbound: [{ addressId: addressOf('ada').id, message: say('first') }],
        projection: {
          answers: [answerOf('ada', 'session-1')],
          retracted: [],
          responses: [responseOf('ada', 'session-1')],
          cases: [caseOf('ada', 'case-1')],
        },
      }),
    );

    expect(await read(store(), 'ada')).toEqual({
      contact: { ...contact, version: 2 },
      pending: [],
      now: clock.now(),
    });
    expect(await store().readEvents('session-1')).toEqual([started('ada', 'session-1')]);
    expect(await store().readMessages({ contactId: 'ada', limit: 10 })).toMatchObject([
      { direction: 'in', state: 'handled' },
      {
        direction: 'out',
        state: 'queued',
        message: say('first'),
        at: moment(),
        addressId: addressOf('ada').id,
      },
    ]);
    expect((await store().listAnswers({ limit: 10 })).items).toEqual([answerOf('ada', 'session-1')]);
    expect((await store().listResponses({ limit: 10 })).items).toEqual([responseOf('ada', 'session-1')]);
    expect(await store().readCase('case-1')).toEqual(caseOf('ada', 'case-1'));
  });

  test('what a turn leaves out of the contact is gone', async () => {
    const state = await meet(store(), 'ada');
    await store().commitTurn(
      turnOf(state, { contact: { ...state.contact, session, wakeAt: moment(9), caseId: 'case-1' } }),
    );
    const { session: _, wakeAt: __, caseId: ___, ...rest } = (await read(store(), 'ada')).contact;
    await store().commitTurn(turnOf({ contact: rest, pending: [] }));
    expect((await read(store(), 'ada')).contact).toEqual({ ...rest, version: 3 });
  });

  test('a turn does not write addresses', async () => {
    const state = await meet(store(), 'ada');
    await store().commitTurn(turnOf(state, { contact: { ...state.contact, addresses: [] } }));
    expect((await read(store(), 'ada')).contact.addresses).toEqual([addressOf('ada')]);
  });

  test('a turn that was computed from an older version is refused and leaves nothing', async () => {
    const state = await meet(store(), 'ada');
    await tell(store(), 'ada', ['first']);
    const late: Turn = turnOf(state, {
      handled: [],
      events: [started('ada', 'session-1')],
      outbound: [{ addressId: addressOf('ada').id, message: say('second') }],
      projection: { ...noProjection, answers: [answerOf('ada', 'session-1')] },
    });
    await expect(store().commitTurn(late)).rejects.toMatchObject({ name: 'StoreError', code: 'conflict' });

    expect((await read(store(), 'ada')).contact.version).toBe(2);
    expect(await store().readEvents('session-1')).toEqual([]);
    expect(await store().readMessages({ contactId: 'ada', limit: 10 })).toHaveLength(2);
    expect((await store().listAnswers({ limit: 10 })).items).toEqual([]);
    expect(await store().readTotals({})).toEqual([]);
  });

  test('of turns that were computed from one version at once, one is written', async () => {
    const state = await meet(store(), 'ada');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) =>
        store().commitTurn(
          turnOf(state, { outbound: [{ addressId: addressOf('ada').id, message: say(`${index}`) }] }),
        ),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'conflict' });
    }
    expect(await store().readMessages({ contactId: 'ada', limit: 10 })).toHaveLength(2);
  });

  test('a turn cannot handle a message twice, and then leaves nothing', async () => {
    const first = await meet(store(), 'ada');
    await store().commitTurn(turnOf(first));
    const again = turnOf(await read(store(), 'ada'), {
      handled: first.pending.map(({ seq }) => seq),
      events: [started('ada', 'session-1')],
    });
    await expect(store().commitTurn(again)).rejects.toMatchObject({ code: 'conflict' });
    expect((await read(store(), 'ada')).contact.version).toBe(2);
    expect(await store().readEvents('session-1')).toEqual([]);
  });

  test('a turn cannot handle a message that is not there', async () => {
    const state = await meet(store(), 'ada');
    const handled = state.pending.map(({ seq }) => seq + 1000);
    await expect(store().commitTurn(turnOf(state, { handled }))).rejects.toMatchObject({ code: 'conflict' });
    expect(await read(store(), 'ada')).toEqual(state);
  });

  test('a turn of nobody is not found', async () => {
    const state = await meet(store(), 'ada');
    const nobody = turnOf({ contact: { ...state.contact, id: 'nobody' }, pending: [] });
    await expect(store().commitTurn(nobody)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a message to an address of somebody else is refused with the whole turn', async () => {
    await meet(store(), 'ben');
    const state = await meet(store(), 'ada');
    const stray = turnOf(state, {
      events: [started('ada', 'session-1')],
      outbound: [{ addressId: addressOf('ben').id, message: say('for your eyes only') }],
    });
    await expect(store().commitTurn(stray)).rejects.toMatchObject({ code: 'not_found' });
    expect(await read(store(), 'ada')).toEqual(state);
    expect(await store().readEvents('session-1')).toEqual([]);
    expect(await store().readMessages({ contactId: 'ben', limit: 10 })).toHaveLength(1);
  });

  test('of commands given at once, one that fails takes no other with it', async () => {
    const people = ['ada', 'ben', 'cleo', 'dina'];
    const states = await Promise.all(people.map((person) => meet(store(), person)));
    const outcomes = await Promise.allSettled([
      ...states.map((state, index) =>
        store().commitTurn(
          turnOf(state, {
            // The second turn fails at its very end, after much of it was written; the third does at its beginning.
            contact: { ...state.contact, version: index === 2 ? 7 : state.contact.version },
            events: [started(state.contact.id, `session-${index}`)],
            outbound: [
              { addressId: addressOf(people[index === 1 ? 0 : index] ?? '').id, message: say('hi') },
            ],
          }),
        ),
      ),
      store().receive(messageFrom('ada', 'meanwhile')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    const versions = await Promise.all(
      people.map(async (person) => (await read(store(), person)).contact.version),
    );
    expect(versions).toEqual([2, 1, 1, 2]);
    const events = await Promise.all([0, 1, 2, 3].map((index) => store().readEvents(`session-${index}`)));
    expect(events.map(({ length }) => length)).toEqual([1, 0, 0, 1]);
    const { pending } = await read(store(), 'ada');
    expect(pending.map(({ content }) => content)).toEqual([{ kind: 'text', text: 'meanwhile' }]);
  });

  test('events of a session stay in their order', async () => {
    const state = await meet(store(), 'ada');
    const context = { channel: 'web', language: 'he' as const };
    const types = ['resumed', 'reminded', 'expired', 'resumed', 'closed'] as const;
    const later = types.map((type, index) => ({
      sessionId: 'session-1',
      contactId: 'ada',
      event: { type, at: moment(5 - index), context },
    }));
    await store().commitTurn(turnOf(state, { events: [started('ada', 'session-1'), ...later.slice(0, 2)] }));
    for (const event of later.slice(2)) {
      await store().commitTurn(turnOf(await read(store(), 'ada'), { events: [event] }));
    }
    expect(await store().readEvents('session-1')).toEqual([started('ada', 'session-1'), ...later]);
    expect(await store().readEvents('session-2')).toEqual([]);
  });

  test('a turn may close one session and open another', async () => {
    const state = await meet(store(), 'ada');
    await store().commitTurn(
      turnOf(state, { events: [started('ada', 'session-1'), started('ada', 'session-2', 1)] }),
    );
    expect(await store().readEvents('session-1')).toHaveLength(1);
    expect(await store().readEvents('session-2')).toEqual([started('ada', 'session-2', 1)]);
  });

  test('messages of both directions are read in the order in which they were stored', async () => {
    await meet(store(), 'ada', 'one');
    await tell(store(), 'ada', ['two', 'three']);
    await store().receive(messageFrom('ada', 'four'));
    const all = await store().readMessages({ contactId: 'ada', limit: 10 });
    const words = all.map((message) =>
      message.direction === 'out'
        ? message.message.text
        : message.content.kind === 'text' && message.content.text,
    );
    expect(words).toEqual(['one', 'two', 'three', 'four']);

    const seqs = all.map(({ seq }) => seq);
    const seqsOf = async (query: { afterSeq?: number; latest?: boolean; limit: number }) =>
      (await store().readMessages({ contactId: 'ada', ...query })).map(({ seq }) => seq);
    expect(await seqsOf({ limit: 2 })).toEqual(seqs.slice(0, 2));
    expect(await seqsOf({ limit: 2, latest: true })).toEqual(seqs.slice(2));
    expect(await seqsOf({ limit: 9, afterSeq: seqs[1] ?? 0 })).toEqual(seqs.slice(2));
    expect(await seqsOf({ limit: 9, afterSeq: seqs[3] ?? 0 })).toEqual([]);
  });

  test('messages of one address are read without those of another', async () => {
    await meet(store(), 'ada');
    const phone = { ...addressOf('ada-phone'), channel: 'sms' };
    const newContact = { id: 'nobody', language: 'he' as const };
    await store().attachAddress({ address: phone, contactId: 'ada', newContact, at: moment() });
    await store().receive(messageFrom('ada', 'by phone', { address: phone }));
    const read = (addressId: string) => store().readMessages({ contactId: 'ada', addressId, limit: 10 });
    expect(await read(phone.id)).toMatchObject([{ addressId: phone.id, channel: 'sms' }]);
    expect(await read(addressOf('ada').id)).toMatchObject([{ addressId: addressOf('ada').id }]);
    expect(await read('address-of-nobody')).toEqual([]);
  });
}
