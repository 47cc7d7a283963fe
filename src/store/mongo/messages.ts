import type { InboundRecord, MessageRecord, OutboundRecord } from '../records.ts';
import type { Store } from '../store.ts';
import type { DeliveryDocument, ReplyDocument } from './collections.ts';
import { inboundRecord } from './contacts.ts';
import type { Database } from './database.ts';
import { recordOf } from './outbox.ts';
import type { Projector } from './projector.ts';
import { fromStored } from './stored-text.ts';

/** What was said, in both directions: what waits stands with the contact, the rest in collections of its own. */
export function messageCommands({ collections }: Database, projector: Projector) {
  const { contacts, addresses, replies, deliveries } = collections;

  return {
    async read(query: Parameters<Store['readMessages']>[0]): Promise<readonly MessageRecord[]> {
      const { contactId, addressId, afterSeq = 0, latest = false, limit } = query;
      const found = await readContact(contactId);
      if (!found) return [];
      const { inbox, outbox } = fromStored({ inbox: found.inbox, outbox: found.outbox });

      const filter = { contactId, seq: { $gt: afterSeq }, ...(addressId !== undefined && { addressId }) };
      const sort = { seq: latest ? -1 : 1 } as const;
      const [handled, settled] = await Promise.all([
        replies
          .find(filter, { projection: { _id: 0 } })
          .sort(sort)
          .limit(limit)
          .toArray(),
        deliveries
          .find(filter, { projection: { _id: 0 } })
          .sort(sort)
          .limit(limit)
          .toArray(),
      ]);

      // A message may have moved on between the two reads: what the later one says replaces what the earlier said.
      const bySeq = new Map<number, MessageRecord>(
        [
          ...inbox.map((waiting) => inboundRecord(contactId, waiting)),
          ...outbox.map((waiting) => recordOf(contactId, waiting)),
          ...handled.map(replyOf),
          ...settled.map(deliveryOf),
        ].map((message) => [message.seq, message]),
      );
      const wanted = [...bySeq.values()]
        .filter(
          (message) => message.seq > afterSeq && (addressId === undefined || message.addressId === addressId),
        )
        .toSorted((one, other) => one.seq - other.seq);
      return latest ? wanted.slice(-limit) : wanted.slice(0, limit);
    },

    /** One update that only finds a message whose state is behind, so receipts may come in any order and more than once. */
    async recordReceipt(receipt: Parameters<Store['recordReceipt']>[0]): Promise<void> {
      const { addressId, providerMessageId, message, state, reason } = receipt;
      const owner = await addresses.findOne({ _id: addressId });
      if (!owner) return;
      const waits = await contacts.countDocuments(
        { _id: owner.contactId, unprojectedAt: { $exists: true } },
        { limit: 1 },
      );
      if (waits > 0) await projector.projectContact(owner.contactId);
      if (message) {
        const { contactId, seq } = message;
        await deliveries.updateOne(
          { contactId, seq, addressId, providerMessageId: { $exists: false } },
          { $set: { providerMessageId } },
        );
      }
      await deliveries.updateMany(
        { addressId, providerMessageId, state: { $in: [...statesBefore[state]] } },
        reason === undefined ? { $set: { state }, $unset: { reason: '' } } : { $set: { state, reason } },
      );
    },
  };

  /** The contact with nothing left to project, or as it is while somebody keeps changing it. */
  async function readContact(contactId: string) {
    const projection = { inbox: 1, outbox: 1, unprojectedAt: 1 } as const;
    const found = await contacts.findOne({ _id: contactId }, { projection });
    if (!found?.unprojectedAt) return found;
    await projector.projectContact(contactId);
    return contacts.findOne({ _id: contactId }, { projection });
  }
}

/** From which states a receipt moves a message on: what failed stays failed, and nothing fails that was delivered. */
const statesBefore = {
  sent: [],
  delivered: ['sent'],
  read: ['sent', 'delivered'],
  failed: ['sent'],
} as const;

export function replyOf({ at, ...rest }: ReplyDocument): InboundRecord {
  return fromStored({ direction: 'in', ...rest, at: at.toISOString() });
}

function deliveryOf({ at, sentAt, ...rest }: DeliveryDocument): OutboundRecord {
  return fromStored({
    direction: 'out',
    ...rest,
    at: at.toISOString(),
    ...(sentAt && { sentAt: sentAt.toISOString() }),
  });
}
