import { expect, test } from 'vitest';
import type { Subject } from '../store.ts';
import { claim, clock, findWork, meet, moment, read, resultOf, tell, turnOf } from './sample.ts';

export function work({ store }: Subject): void {
  const wakeAt = async (person: string, seconds: number | undefined) => {
    const { contact, pending } = await read(store(), person);
    const { wakeAt: _, ...rest } = contact;
    await store().commitTurn(
      turnOf({
        contact: seconds === undefined ? rest : { ...rest, wakeAt: moment(seconds) },
        pending,
      }),
    );
  };

  test('an empty store has no work', async () => {
    expect(await findWork(store(), 0)).toEqual({
      timers: [],
      inbound: [],
      outbound: [],
    });
  });

  test('timers that are due are found, the earliest first, and no others', async () => {
    for (const [person, seconds] of [
      ['ada', 20],
      ['ben', 10],
      ['cleo', 31],
    ] as const) {
      await meet(store(), person);
      await wakeAt(person, seconds);
    }
    const timers = async (seconds: number, limit = 10) =>
      (await findWork(store(), seconds, { limit })).timers;
    expect(await timers(9)).toEqual([]);
    expect(await timers(10)).toEqual(['ben']);
    expect(await timers(30)).toEqual(['ben', 'ada']);
    expect(await timers(30, 1)).toEqual(['ben']);

    await wakeAt('ben', undefined);
    expect(await timers(30)).toEqual(['ada']);
    await wakeAt('ada', 40);
    expect(await timers(30)).toEqual([]);
  });

  test('contacts whose messages nobody has handled are found once each', async () => {
    await meet(store(), 'ada', 'one');
    await meet(store(), 'ada', 'two');
    await meet(store(), 'ben');
    await meet(store(), 'cleo');
    const inbound = async (limit = 10) => (await findWork(store(), 0, { limit })).inbound;
    expect((await inbound()).toSorted()).toEqual(['ada', 'ben', 'cleo']);
    expect(await inbound(2)).toHaveLength(2);
    await store().commitTurn(turnOf(await read(store(), 'ada')));
    expect((await inbound()).toSorted()).toEqual(['ben', 'cleo']);
  });

  test('contacts with messages that nobody sends are found once each, until somebody does', async () => {
    for (const person of ['ada', 'ben']) {
      await meet(store(), person);
      await tell(store(), person, ['one', 'two']);
    }
    const outbound = async (seconds: number, limit = 10) =>
      (await findWork(store(), seconds, { limit })).outbound;
    expect((await outbound(0)).toSorted()).toEqual(['ada', 'ben']);
    expect(await outbound(0, 1)).toHaveLength(1);

    const claimed = await claim(store(), 0, { contactId: 'ada' });
    expect(await outbound(0)).toEqual(['ben']);
    expect(await outbound(60)).toHaveLength(2);
    await store().recordDeliveries(claimed.map((one) => resultOf(one)));
    expect(await outbound(60)).toEqual(['ben']);
  });

  test('a message that waits behind a claimed one is no work yet', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['one', 'two']);
    await claim(store(), 0, { limit: 1, leaseSeconds: 60 });
    await tell(store(), 'ada', ['three']);
    expect((await findWork(store(), 59)).outbound).toEqual([]);
  });

  test('a message that came only now is left to whoever received it', async () => {
    await meet(store(), 'ada');
    clock.set(5);
    await meet(store(), 'ben');
    const inbound = async (seconds: number) =>
      (await findWork(store(), seconds, { inboundAgeSeconds: 2 })).inbound;
    expect(await inbound(1)).toEqual([]);
    expect(await inbound(5)).toEqual(['ada']);
    expect(await inbound(7)).toEqual(['ada', 'ben']);
  });

  test('a store that is open answers', async () => {
    await expect(store().check()).resolves.toBeUndefined();
  });
}
