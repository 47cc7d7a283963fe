import { expect, test } from 'vitest';
import type { DeliveryState } from '../../../src/store/records.ts';
import type { Subject } from '../store.ts';
import {
  addressOf,
  claim,
  meet,
  messageFrom,
  moment,
  present,
  read,
  resultOf,
  saidBy,
  say,
  tell,
  turnOf,
} from './sample.ts';

export function sending({ store }: Subject): void {
  const messageOf = async (person: string, text: string) => {
    const all = await store().readMessages({ contactId: person, limit: 100 });
    return present(all.find((one) => one.direction === 'out' && one.message.text === text));
  };
  const stateOf = async (person: string, text: string) => (await messageOf(person, text)).state;

  test('a claimed message comes with its address, and only once', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['hi']);
    const [first, ...others] = await claim(store(), 0, { contactId: 'ada' });
    expect(others).toEqual([]);
    expect(first).toEqual({
      record: {
        direction: 'out',
        seq: expect.any(Number),
        contactId: 'ada',
        addressId: addressOf('ada').id,
        at: moment(),
        message: say('hi'),
        state: 'claimed',
        attempts: 1,
      },
      address: addressOf('ada'),
      claim: 1,
      afterUnknown: false,
    });
    expect(await claim(store(), 0, { contactId: 'ada' })).toEqual([]);
    expect(await claim(store(), 0)).toEqual([]);
    expect(await stateOf('ada', 'hi')).toBe('claimed');
  });

  test('of several claims at once, one gets the message', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['hi']);
    const claims = await Promise.all(Array.from({ length: 6 }, () => claim(store(), 0)));
    expect(claims.flat()).toHaveLength(1);
  });

  test('a sent message keeps its id of the provider and when it was taken', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['hi']);
    const claimed = await claim(store(), 0);
    await store().recordDeliveries(
      claimed.map((one) => resultOf(one, { state: 'sent', providerMessageId: 'provider-1' }, 3)),
    );
    expect(await messageOf('ada', 'hi')).toMatchObject({
      state: 'sent',
      attempts: 1,
      providerMessageId: 'provider-1',
      sentAt: moment(3),
    });
    expect(await claim(store(), 1000)).toEqual([]);
  });

  test('a failed message is not tried again, and those behind it go on', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['first', 'second']);
    const [first] = await claim(store(), 0, { limit: 1 });
    await store().recordDeliveries([resultOf(present(first), { state: 'failed', reason: 'no_such_number' })]);
    expect(await messageOf('ada', 'first')).toMatchObject({ state: 'failed', reason: 'no_such_number' });
    expect(saidBy(await claim(store(), 0))).toEqual(['second']);
  });

  test('a message to be tried again waits until its time, and so does what follows it', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['first', 'second']);
    const [first] = await claim(store(), 0, { limit: 1 });
    const result = { state: 'queued', retrySeconds: 30, reason: 'busy', ambiguous: false } as const;
    await store().recordDeliveries([resultOf(present(first), result)]);
    expect(await messageOf('ada', 'first')).toMatchObject({ state: 'queued', reason: 'busy' });
    await tell(store(), 'ada', ['third']);

    expect(await claim(store(), 29)).toEqual([]);
    expect(await claim(store(), 29, { contactId: 'ada' })).toEqual([]);
    const again = await claim(store(), 30);
    expect(saidBy(again)).toEqual(['first', 'second', 'third']);
    expect(again[0]).toMatchObject({ claim: 2, afterUnknown: false, record: { attempts: 2 } });
    expect(again[0]?.record.ambiguous).toBeUndefined();
  });

  test('a send that may have happened is counted', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['hi']);
    const result = { state: 'queued', retrySeconds: 1, reason: 'timeout', ambiguous: true } as const;
    await store().recordDeliveries((await claim(store(), 0)).map((one) => resultOf(one, result)));
    const again = await claim(store(), 1);
    expect(again).toMatchObject([{ afterUnknown: false, record: { ambiguous: 1 } }]);
    await store().recordDeliveries(again.map((one) => resultOf(one, result)));
    expect(await messageOf('ada', 'hi')).toMatchObject({ state: 'queued', ambiguous: 2, attempts: 2 });
  });

  test('a claim without a result can be claimed again after its lease, as of unknown outcome', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['first', 'second']);
    await claim(store(), 0, { limit: 1, leaseSeconds: 60 });
    expect(await claim(store(), 59)).toEqual([]);
    expect(await claim(store(), 60)).toMatchObject([
      { record: { message: say('first'), ambiguous: 1, attempts: 2 }, claim: 2, afterUnknown: true },
      { record: { message: say('second'), attempts: 1 }, claim: 1, afterUnknown: false },
    ]);
  });

  test('a result that comes late still counts while nobody has claimed again', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['hi']);
    const claimed = await claim(store(), 0);
    await store().recordDeliveries(
      claimed.map((one) => resultOf(one, { state: 'failed', reason: 'no' }, 90)),
    );
    expect(await stateOf('ada', 'hi')).toBe('failed');
  });

  test('a result of an outdated claim counts only when it says that the message was sent', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['hi']);
    const [outdated] = await claim(store(), 0);
    const [current] = await claim(store(), 60);
    const retry = { state: 'queued', retrySeconds: 1, reason: 'busy', ambiguous: false } as const;
    await store().recordDeliveries([resultOf(present(outdated), retry)]);
    await store().recordDeliveries([resultOf(present(outdated), { state: 'failed', reason: 'no' })]);
    expect(await stateOf('ada', 'hi')).toBe('claimed');
    await store().recordDeliveries([
      resultOf(present(outdated), { state: 'sent', providerMessageId: 'provider-1' }),
    ]);
    await store().recordDeliveries([
      resultOf(present(current), { state: 'sent', providerMessageId: 'provider-2' }),
    ]);
    expect(await messageOf('ada', 'hi')).toMatchObject({ state: 'sent', providerMessageId: 'provider-1' });
  });

  test('a result without a claim number is of the claim that stands', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['hi']);
    await claim(store(), 0);
    const [current] = await claim(store(), 60);
    const { claim: _, ...result } = resultOf(present(current), { state: 'failed', reason: 'no' });
    await store().recordDeliveries([result]);
    expect(await stateOf('ada', 'hi')).toBe('failed');
  });

  test('results of unknown contacts and messages are ignored', async () => {
    await meet(store(), 'ada');
    const result = { at: moment(), result: { state: 'sent' } } as const;
    await store().recordDeliveries([
      { contactId: 'nobody', seq: 1, ...result },
      { contactId: 'ada', seq: 10_000, ...result },
      { contactId: 'ada', seq: (await read(store(), 'ada')).pending[0]?.seq ?? 0, ...result },
    ]);
    expect((await read(store(), 'ada')).pending).toHaveLength(1);
  });

  test('without a contact, whoever waits longest is served first, within the limit', async () => {
    for (const [index, person] of ['ada', 'ben', 'cleo'].entries()) {
      await meet(store(), person);
      await tell(store(), person, [`${person} one`, `${person} two`], { at: moment(10 - index) });
    }
    expect(saidBy(await claim(store(), 10, { limit: 3 }))).toEqual(['cleo one', 'cleo two', 'ben one']);
    expect(saidBy(await claim(store(), 10, { limit: 3 }))).toEqual(['ada one', 'ada two']);
  });

  test('a turn can claim its own messages', async () => {
    await meet(store(), 'ada');
    const claimed = await tell(store(), 'ada', ['first', 'second'], { leaseSeconds: 60 });
    expect(claimed).toEqual(
      ['first', 'second'].map((text) => ({
        record: {
          direction: 'out',
          seq: expect.any(Number),
          contactId: 'ada',
          addressId: addressOf('ada').id,
          at: moment(),
          message: say(text),
          state: 'claimed',
          attempts: 1,
        },
        address: addressOf('ada'),
        claim: 1,
        afterUnknown: false,
      })),
    );
    expect(await claim(store(), 59)).toEqual([]);
    await store().recordDeliveries(claimed.slice(0, 1).map((one) => resultOf(one)));
    expect(await claim(store(), 60)).toMatchObject([
      { record: { message: say('second'), ambiguous: 1 }, claim: 2, afterUnknown: true },
    ]);
  });

  test('a turn claims nothing while an earlier message waits, and nothing unasked', async () => {
    await meet(store(), 'ada');
    expect(await tell(store(), 'ada', ['first'])).toEqual([]);
    expect(await tell(store(), 'ada', ['second'], { leaseSeconds: 60 })).toEqual([]);
    expect(saidBy(await claim(store(), 0))).toEqual(['first', 'second']);
    expect(await tell(store(), 'ada', ['third'], { leaseSeconds: 60 })).toEqual([]);
  });

  test('a message that is fetched counts as sent, and nobody has to send it', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['waiting']);
    const outbound = ['page one', 'page two'].map((text) => ({
      addressId: addressOf('ada').id,
      message: say(text),
      fetched: true,
    }));
    const state = await read(store(), 'ada');
    expect(await store().commitTurn(turnOf(state, { outbound, leaseSeconds: 60, at: moment(5) }))).toEqual(
      [],
    );
    expect(await messageOf('ada', 'page two')).toEqual({
      direction: 'out',
      seq: expect.any(Number),
      contactId: 'ada',
      addressId: addressOf('ada').id,
      at: moment(5),
      message: say('page two'),
      state: 'sent',
      sentAt: moment(5),
    });
    expect(saidBy(await claim(store(), 5))).toEqual(['waiting']);
    await tell(store(), 'ada', [], { suppressQueued: true });
    expect(await stateOf('ada', 'page one')).toBe('sent');
    expect((await store().readMessages({ contactId: 'ada', limit: 10 })).map(({ seq }) => seq)).toEqual(
      (await store().readMessages({ contactId: 'ada', limit: 10 })).map(({ seq }) => seq).toSorted(),
    );
  });

  test('a turn can say something to a page and send something elsewhere', async () => {
    await meet(store(), 'ada');
    const { id: addressId } = addressOf('ada');
    const outbound = [
      { addressId, message: say('page'), fetched: true },
      { addressId, message: say('phone') },
    ];
    const state = await read(store(), 'ada');
    const claimed = await store().commitTurn(turnOf(state, { outbound, leaseSeconds: 60 }));
    expect(saidBy(claimed)).toEqual(['phone']);
    expect(await stateOf('ada', 'page')).toBe('sent');
    expect(await stateOf('ada', 'phone')).toBe('claimed');
  });

  test('an opt-out withdraws what waits, but not what follows in its own turn', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['one', 'two']);
    await tell(store(), 'ada', ['goodbye'], { suppressQueued: true });
    expect(await stateOf('ada', 'one')).toBe('suppressed');
    expect(saidBy(await claim(store(), 0))).toEqual(['goodbye']);
    expect(await claim(store(), 1000)).toMatchObject([{ afterUnknown: true }]);
  });

  test('an opt-out lets a claimed send end, but not begin again', async () => {
    for (const person of ['ada', 'ben', 'cleo']) {
      await meet(store(), person);
      await tell(store(), person, ['question']);
    }
    const claimed = await claim(store(), 0);
    for (const person of ['ada', 'ben', 'cleo'])
      await tell(store(), person, ['goodbye'], { suppressQueued: true });
    expect(await claim(store(), 0)).toEqual([]);

    const [ada, ben] = ['ada', 'ben'].map((person) =>
      present(claimed.find(({ record }) => record.contactId === person)),
    );
    const retry = { state: 'queued', retrySeconds: 1, reason: 'timeout', ambiguous: true } as const;
    await store().recordDeliveries([resultOf(present(ada)), resultOf(present(ben), retry)]);
    expect(await stateOf('ada', 'question')).toBe('sent');
    expect(await messageOf('ben', 'question')).toMatchObject({ state: 'suppressed', ambiguous: 1 });

    const then = await claim(store(), 60);
    expect(saidBy(then)).toEqual(['goodbye', 'goodbye', 'goodbye']);
    expect(await messageOf('cleo', 'question')).toMatchObject({ state: 'suppressed', ambiguous: 1 });
  });

  test('an opt-out of one contact leaves the messages of another alone', async () => {
    for (const person of ['ada', 'ben']) {
      await meet(store(), person);
      await tell(store(), person, [`for ${person}`]);
    }
    await tell(store(), 'ada', [], { suppressQueued: true });
    expect(saidBy(await claim(store(), 0))).toEqual(['for ben']);
  });

  test('receipts only move forward', async () => {
    const steps: [DeliveryState, ...('sent' | 'delivered' | 'read' | 'failed')[]][] = [
      ['delivered', 'delivered'],
      ['read', 'delivered', 'read'],
      ['read', 'read', 'delivered', 'sent'],
      ['delivered', 'delivered', 'sent', 'failed'],
      ['failed', 'failed', 'delivered', 'read'],
      ['sent', 'sent'],
    ];
    for (const [index, [end, ...receipts]] of steps.entries()) {
      const person = `person-${index}`;
      await meet(store(), person);
      const claimed = await tell(store(), person, ['hi'], { leaseSeconds: 60 });
      await store().recordDeliveries(
        claimed.map((one) => resultOf(one, { state: 'sent', providerMessageId: `id-${index}` })),
      );
      for (const state of receipts) {
        await store().recordReceipt({
          addressId: addressOf(person).id,
          providerMessageId: `id-${index}`,
          state,
          ...(state === 'failed' && { reason: 'unreachable' }),
        });
      }
      expect(await messageOf(person, 'hi')).toMatchObject({
        state: end,
        ...(end === 'failed' && { reason: 'unreachable' }),
      });
    }
  });

  test('a receipt belongs to the message of its own address', async () => {
    for (const person of ['ada', 'ben']) {
      await meet(store(), person);
      const claimed = await tell(store(), person, ['hi'], { leaseSeconds: 60 });
      const sent = { state: 'sent', providerMessageId: 'same-id' } as const;
      await store().recordDeliveries(claimed.map((one) => resultOf(one, sent)));
    }
    await store().recordReceipt({
      addressId: addressOf('ada').id,
      providerMessageId: 'same-id',
      state: 'delivered',
    });
    expect(await stateOf('ada', 'hi')).toBe('delivered');
    expect(await stateOf('ben', 'hi')).toBe('sent');
  });

  test('receipts of unknown messages and addresses are ignored', async () => {
    await meet(store(), 'ada', 'hi');
    const receipt = { providerMessageId: 'ada-hi', state: 'read' } as const;
    await store().recordReceipt({ addressId: addressOf('ada').id, ...receipt });
    await store().recordReceipt({ addressId: 'nowhere', ...receipt });
    expect(await store().readMessages({ contactId: 'ada', limit: 10 })).toMatchObject([{ state: 'pending' }]);
  });

  test('a message that is received has nothing to do with those that are sent', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['hi']);
    await store().receive(messageFrom('ada', 'stop'));
    await store().commitTurn(turnOf(await read(store(), 'ada'), { suppressQueued: true }));
    expect(await store().readMessages({ contactId: 'ada', limit: 10 })).toMatchObject([
      { direction: 'in', state: 'handled' },
      { direction: 'out', state: 'suppressed' },
      { direction: 'in', state: 'handled' },
    ]);
  });
}
