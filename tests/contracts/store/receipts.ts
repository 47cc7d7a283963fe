import { expect, test } from 'vitest';
import type { OutboundRecord } from '../../../src/store/records.ts';
import type { ClaimedMessage } from '../../../src/store/store.ts';
import type { Subject } from '../store.ts';
import { addressOf, claim, clock, meet, moment, present, resultOf, saidBy, tell } from './sample.ts';

/** Receipts that name the message, as providers send them that hand our id back. */
export function receipts({ store }: Subject): void {
  const outbound = async (person: string): Promise<OutboundRecord[]> => {
    const all = await store().readMessages({ contactId: person, limit: 100 });
    return all.flatMap((one) => (one.direction === 'out' ? [one] : []));
  };
  const receiptFor = (
    { record }: ClaimedMessage,
    state: 'sent' | 'delivered' | 'read' | 'failed',
    changes: { providerMessageId?: string; addressId?: string; reason?: string } = {},
  ) =>
    store().recordReceipt({
      addressId: record.addressId,
      providerMessageId: 'provider-1',
      message: { contactId: record.contactId, seq: record.seq },
      state,
      ...changes,
    });
  const claimOne = async (text = 'hi'): Promise<ClaimedMessage> => {
    await meet(store(), 'ada');
    const [claimed] = await tell(store(), 'ada', [text], { leaseSeconds: 60 });
    return present(claimed);
  };

  test('a receipt that comes before the result of the send counts, and the result changes nothing', async () => {
    const claimed = await claimOne();
    clock.set(5);
    await receiptFor(claimed, 'delivered');
    await store().recordDeliveries([
      resultOf(claimed, { state: 'sent', providerMessageId: 'provider-1' }, 9),
    ]);
    await receiptFor(claimed, 'sent');
    expect(await outbound('ada')).toMatchObject([
      { state: 'delivered', providerMessageId: 'provider-1', sentAt: moment(5), attempts: 1 },
    ]);
    await receiptFor(claimed, 'read');
    expect(await outbound('ada')).toMatchObject([{ state: 'read' }]);
  });

  test('a failure that comes before the result of the send is final', async () => {
    const claimed = await claimOne();
    await receiptFor(claimed, 'failed', { reason: 'unreachable' });
    await store().recordDeliveries([resultOf(claimed, { state: 'sent', providerMessageId: 'provider-1' })]);
    expect(await outbound('ada')).toMatchObject([{ state: 'failed', reason: 'unreachable' }]);
    expect(await claim(store(), 1000)).toEqual([]);
  });

  test('a receipt of a message whose sending nobody is sure of ends the doubt, and what waits behind it goes on', async () => {
    const claimed = await claimOne();
    await tell(store(), 'ada', ['next']);
    const doubt = { state: 'queued', retrySeconds: 500, reason: 'timeout', ambiguous: true } as const;
    await store().recordDeliveries([resultOf(claimed, doubt)]);
    expect(await claim(store(), 1)).toEqual([]);
    await receiptFor(claimed, 'sent');
    expect(await outbound('ada')).toMatchObject([{ state: 'sent', ambiguous: 1 }, { state: 'queued' }]);
    expect(saidBy(await claim(store(), 2))).toEqual(['next']);
  });

  test('a receipt gives a message that was found to be taken its id of the provider', async () => {
    const claimed = await claimOne();
    await store().recordDeliveries([resultOf(claimed, { state: 'sent' })]);
    await receiptFor(claimed, 'delivered');
    expect(await outbound('ada')).toMatchObject([{ state: 'delivered', providerMessageId: 'provider-1' }]);
  });

  test('a receipt of an earlier attempt says nothing about the one that counts', async () => {
    const claimed = await claimOne();
    await store().recordDeliveries([resultOf(claimed, { state: 'sent', providerMessageId: 'provider-2' })]);
    await receiptFor(claimed, 'failed', { reason: 'unreachable' });
    expect(await outbound('ada')).toMatchObject([{ state: 'sent', providerMessageId: 'provider-2' }]);
  });

  test('receipts for one message in parallel end in the furthest state', async () => {
    const claimed = await claimOne();
    await Promise.all([
      receiptFor(claimed, 'sent'),
      receiptFor(claimed, 'read'),
      receiptFor(claimed, 'delivered'),
      store().recordDeliveries([resultOf(claimed, { state: 'sent', providerMessageId: 'provider-1' })]),
    ]);
    expect(await outbound('ada')).toMatchObject([{ state: 'read', providerMessageId: 'provider-1' }]);
  });

  test('a receipt that names a message of somebody else, or of another address, is ignored', async () => {
    const claimed = await claimOne();
    await meet(store(), 'ben');
    await receiptFor(claimed, 'delivered', { addressId: addressOf('ben').id });
    await receiptFor(claimed, 'delivered', { addressId: 'nowhere' });
    const { record } = claimed;
    await receiptFor({ ...claimed, record: { ...record, contactId: 'nobody' } }, 'delivered');
    await receiptFor({ ...claimed, record: { ...record, seq: record.seq + 1000 } }, 'delivered');
    expect(await outbound('ada')).toMatchObject([{ state: 'claimed' }]);
  });
}
