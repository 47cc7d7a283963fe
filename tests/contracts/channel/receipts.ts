import { expect, test } from 'vitest';
import type { Receipt } from '../../../src/channels/channel.ts';
import type { ChannelContract } from '../channel.ts';
import { pass, sentBy } from './looking.ts';

export function receipts({ subject, skips }: ChannelContract): void {
  const reason = skips.provider;
  if (reason !== undefined) {
    test.skip(`no provider sends receipts: ${reason}`, () => undefined);
    return;
  }
  const state = async () => (await sentBy(subject())).at(-1)?.state;
  const tells = (...states: readonly Receipt['state'][]) =>
    states.every((one) => subject().provider?.states.includes(one));

  test.each<[Receipt['state'], readonly Receipt['state'][]]>([
    ['delivered', ['sent', 'delivered']],
    ['delivered', ['delivered', 'sent']],
    ['delivered', ['delivered', 'delivered', 'failed']],
    ['failed', ['failed', 'delivered']],
    ['read', ['read', 'delivered', 'sent']],
  ])('a message is %s after %j', async (end, reported) => {
    if (!tells(...reported)) return;
    await subject().begin('purchase-nps');
    for (const one of reported) expect(await subject().provider?.report(0, one)).toBeLessThan(300);
    expect(await state()).toBe(end);
  });

  test('receipts that come before the answer to the send count, and the message is not sent again', async () => {
    subject().provider?.refuseNext({ kind: 'receipts_only', states: ['sent', 'delivered'] });
    await subject().begin('purchase-nps');
    expect(await sentBy(subject())).toMatchObject([
      { state: 'delivered', providerMessageId: expect.any(String) },
    ]);
    await pass(subject(), 3600);
    expect(subject().provider?.taken).toBe(1);
  });

  test('while the store is down the provider is asked to tell again', async ({ skip }) => {
    if (subject().url === undefined) return skip('nothing is posted here');
    await subject().begin('purchase-nps');
    subject().gate.shut = true;
    expect(await subject().provider?.report(0, 'delivered')).toBe(503);
    subject().gate.shut = false;
    expect(await subject().provider?.report(0, 'delivered')).toBeLessThan(300);
    expect(await state()).toBe('delivered');
  });
}
