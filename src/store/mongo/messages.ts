import type { InboundRecord, MessageRecord, OutboundRecord } from '../records.ts';
import type { Store } from '../store.ts';
import type { ContactDocument, DeliveryDocument, ReplyDocument } from './collections.ts';
import { inboundRecord } from './contacts.ts';
import type { Database } from './database.ts';
import { recordOf } from './outbox.ts';
import type { Projector } from './projector.ts';
import { fromStored } from './stored-text.ts';

/** What was said, in both directions: what waits or was just dealt with stands with the contact, the rest in collections of its own. */
export function messageCommands({ collections }: Database, projector: Projector) {
  const { contacts, addresses, replies, deliveries } = collections;

  return {
    async read(query: Parameters<Store['readMessages']>[0]): Promise<readonly MessageRecord[]> {
      const { contactId, addressId, afterSeq = 0, latest = false, limit } = query;
      const projection = {
        seq: 1,
        inbox: 1,
        outbox: 1,
        'unprojected.replies': 1,
        'unprojected.deliveries': 1,
      } as const;
      const found = await contacts.findOne({ _id: contactId }, { projection });
      if (!found) return [];
      const recent = messagesWith(contactId, fromStored(found)).filter(({ seq }) => seq > afterSeq);
      // Every number was given to one message, so that here may be all that there is: all that an open page has not seen yet.
      const isAll = recent.length === Math.max(0, found.seq - afterSeq);
      const settled = isAll ? [] : await readSettled(query);

      // A message may have moved on between the two reads: what the later one says replaces what the earlier said.
      const bySeq = new Map([...recent, ...settled].map((message) => [message.seq, message]));
      const wanted = [...bySeq.values()]
        .filter((message) => addressId === undefined || message.addressId === addressId)
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

  async function readSettled(query: Parameters<Store['readMessages']>[0]): Promise<MessageRecord[]> {
    const { contactId, addressId, afterSeq = 0, latest = false, limit } = query;
    const filter = { contactId, seq: { $gt: afterSeq }, ...(addressId !== undefined && { addressId }) };
    const sort = { seq: latest ? -1 : 1 } as const;
    const [handled, sent] = await Promise.all([
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
    return [...handled.map(replyOf), ...sent.map(deliveryOf)];
  }
}

type MessageParts = Pick<ContactDocument, 'inbox' | 'outbox' | 'unprojected'>;

/** The messages that stand with their contact. */
function messagesWith(contactId: string, { inbox, outbox, unprojected }: MessageParts): MessageRecord[] {
  return [
    ...inbox.map((waiting) => inboundRecord(contactId, waiting)),
    ...outbox.map((waiting) => recordOf(contactId, waiting)),
    ...unprojected.flatMap(({ replies = [], deliveries = [] }) => [...replies, ...deliveries]),
  ];
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
