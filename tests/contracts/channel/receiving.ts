import { expect, test } from 'vitest';
import type { ChannelContract } from '../channel.ts';
import { answersOf, receivedBy } from './looking.ts';

export function receiving({ subject }: ChannelContract): void {
  test('what is acknowledged is stored, under the name of the channel', async () => {
    expect(await subject().write('שלום')).toBeLessThan(300);
    const { channel } = subject();
    expect(await receivedBy(subject())).toMatchObject([
      { channel: channel.name, content: { kind: 'text', text: 'שלום' }, state: 'handled' },
    ]);
  });

  test('a message that comes again changes nothing and gets the same answer', async () => {
    await subject().begin('purchase-nps');
    const first = await subject().write('9', { id: 'SM1' });
    await subject().app.conversations.idle();
    expect(await subject().write('9', { id: 'SM1' })).toBe(first);
    expect(await subject().write('3', { id: 'SM1' })).toBe(first);
    expect(await receivedBy(subject())).toHaveLength(1);
    expect(await answersOf(subject())).toEqual({ recommend: 9 });
  });

  test('six deliveries of one message at once are one message', async () => {
    await subject().begin('purchase-nps');
    const statuses = await Promise.all(Array.from({ length: 6 }, () => subject().write('9', { id: 'SM1' })));
    expect(new Set(statuses).size).toBe(1);
    expect(await receivedBy(subject())).toHaveLength(1);
    expect(await answersOf(subject())).toEqual({ recommend: 9 });
  });

  test('two messages with the same words are two', async () => {
    await subject().write('שלום');
    await subject().write('שלום');
    expect(await receivedBy(subject())).toHaveLength(2);
  });

  test('messages are handled in the order in which they came', async () => {
    await subject().begin('purchase-nps');
    await subject().write('9', { id: 'SM1' });
    await subject().write('הכול היה מצוין', { id: 'SM2' });
    expect(Object.values(await answersOf(subject()))).toEqual([9, 'הכול היה מצוין']);
  });
}
