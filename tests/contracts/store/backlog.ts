import { expect, test } from 'vitest';
import type { Subject } from '../store.ts';
import { claim, clock, meet, moment, read, resultOf, tell, turnOf } from './sample.ts';

export function backlog({ store }: Subject): void {
  const backlogAt = (seconds: number) => {
    clock.set(seconds);
    return store().readBacklog();
  };

  test('an empty store has none', async () => {
    expect(await backlogAt(100)).toEqual({
      inboxContacts: 0,
      inboxAgeSeconds: 0,
      outboxContacts: 0,
      outboxAgeSeconds: 0,
      quarantinedMessages: 0,
      pausedQuestionnaires: 0,
    });
  });

  test('contacts whose messages nobody has handled are counted once each, with the longest wait', async () => {
    clock.set(10);
    await meet(store(), 'ada', 'one');
    clock.set(15);
    await meet(store(), 'ada', 'two');
    await meet(store(), 'ben');
    expect(await backlogAt(30)).toMatchObject({ inboxContacts: 2, inboxAgeSeconds: 20, outboxContacts: 0 });
    await store().commitTurn(turnOf(await read(store(), 'ada')));
    expect(await backlogAt(30)).toMatchObject({ inboxContacts: 1, inboxAgeSeconds: 15 });
    await store().commitTurn(turnOf(await read(store(), 'ben')));
    expect(await backlogAt(30)).toMatchObject({ inboxContacts: 0, inboxAgeSeconds: 0 });
  });

  test('a clock that was put back makes nobody wait less than no time', async () => {
    clock.set(50);
    await meet(store(), 'ada');
    expect(await backlogAt(20)).toMatchObject({ inboxContacts: 1, inboxAgeSeconds: 0 });
  });

  test('messages that wait to be sent are as old as their turn, also when they are claimed or wait for another try', async () => {
    for (const person of ['ada', 'ben']) await meet(store(), person);
    await tell(store(), 'ada', ['one', 'two'], { at: moment(10) });
    await tell(store(), 'ben', ['three'], { at: moment(20) });
    expect(await backlogAt(70)).toMatchObject({ outboxContacts: 2, outboxAgeSeconds: 60 });

    const claimed = await claim(store(), 70, { contactId: 'ada' });
    expect(await backlogAt(80)).toMatchObject({ outboxContacts: 2, outboxAgeSeconds: 70 });
    const later = { state: 'queued', retrySeconds: 600, reason: 'busy', ambiguous: false } as const;
    await store().recordDeliveries(claimed.map((one) => resultOf(one, later)));
    expect(await backlogAt(90)).toMatchObject({ outboxContacts: 2, outboxAgeSeconds: 80 });

    const again = await claim(store(), 1000, { contactId: 'ada' });
    await store().recordDeliveries(again.map((one) => resultOf(one)));
    expect(await backlogAt(1000)).toMatchObject({ outboxContacts: 1, outboxAgeSeconds: 980 });
  });

  test('messages that were put aside wait no more and are counted apart', async () => {
    const { pending } = await meet(store(), 'ada');
    const seq = pending[0]?.seq ?? 0;
    await store().recordInboundFailure({ contactId: 'ada', seq, reason: 'odd', quarantine: false });
    expect(await backlogAt(0)).toMatchObject({ inboxContacts: 1, quarantinedMessages: 0 });
    await store().recordInboundFailure({ contactId: 'ada', seq, reason: 'odd', quarantine: true });
    expect(await backlogAt(0)).toMatchObject({ inboxContacts: 0, quarantinedMessages: 1 });
  });
}
