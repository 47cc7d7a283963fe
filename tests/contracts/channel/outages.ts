import { expect, test } from 'vitest';
import type { ChannelContract } from '../channel.ts';
import { answersOf, receivedBy } from './looking.ts';

export function outages({ subject, skips }: ChannelContract): void {
  const reason = skips.outages;
  if (reason !== undefined) {
    test.skip(`nobody could be told to come again: ${reason}`, () => undefined);
    return;
  }

  test('while the store is down the provider is told to come again, and the message that comes again is the same', async ({
    skip,
  }) => {
    if (subject().url === undefined) return skip('nothing is posted here');
    await subject().begin('purchase-nps');
    subject().gate.shut = true;
    expect(await subject().write('9', { id: 'SM1' })).toBe(503);
    expect(await receivedBy(subject())).toEqual([]);
    subject().gate.shut = false;
    expect(await subject().write('9', { id: 'SM1' })).toBeLessThan(300);
    expect(await answersOf(subject())).toEqual({ recommend: 9 });
  });

  test('what nobody took is fetched later, once', async ({ skip }) => {
    const { provider, channel, app } = subject();
    const hosted = app.channels.find((one) => one.channel.name === channel.name);
    if (!provider?.keep || !channel.catchUp || !hosted)
      return skip('the provider keeps nothing, or posts it again itself');
    await subject().begin('purchase-nps');
    provider.keep('9');
    provider.keep('הכול היה מצוין');
    const since = new Date(Date.parse(app.now()) - 3_600_000).toISOString();
    await hosted.channel.catchUp?.(hosted.host, since);
    await hosted.channel.catchUp?.(hosted.host, since);
    expect(Object.values(await answersOf(subject()))).toEqual([9, 'הכול היה מצוין']);
    expect(await receivedBy(subject())).toHaveLength(2);
  });
}
