import { StoreError } from '../errors.ts';
import { decodeCursor, momentOf, pageOf, within } from '../page.ts';
import type { InboundRecord } from '../records.ts';
import type { Page } from '../store.ts';
import { readWithClock } from './clock.ts';
import type { ReplyDocument, WaitingInbound } from './collections.ts';
import type { Database } from './database.ts';
import { replyOf } from './messages.ts';
import type { Projector } from './projector.ts';
import { fromStored, toStored } from './stored-text.ts';

/** Messages that could not be handled and were put aside. */
export function quarantineCommands(database: Database, projector: Projector) {
  const { contacts, replies } = database.collections;

  return {
    async list({ after, limit }: { after?: string; limit: number }): Promise<Page<InboundRecord>> {
      const found = await replies
        .find(
          { $and: [{ state: 'quarantined' }, after ? behind(decodeCursor(after, 3)) : {}] },
          { projection: { _id: 0 } },
        )
        .sort({ at: 1, contactId: 1, seq: 1 })
        .limit(within(limit) + 1)
        .toArray();
      return pageOf(found, limit, replyOf, ({ at, contactId, seq }) => [
        at.toISOString(),
        contactId,
        String(seq),
      ]);
    },

    async release({ contactId, seq }: { contactId: string; seq: number }): Promise<boolean> {
      // It may have been put aside this very moment, and then it still stands with its contact.
      await projector.projectContact(contactId);
      return database.transact(async (session) => {
        const aside = await replies.findOneAndDelete(
          { contactId, seq, state: 'quarantined' },
          { projection: { _id: 0 }, session },
        );
        if (!aside) return false;
        const contact = await readWithClock(contacts, contactId, {
          clock: database.clock,
          projection: { inboundAt: 1 },
          session,
        });
        if (!contact) throw new StoreError('not_found', `There is no contact ${contactId}`);
        const waiting = toStored(waitingOf(aside));
        await contacts.updateOne(
          { _id: contactId },
          {
            $inc: { writes: 1 },
            $push: { inbox: { $each: [waiting], $sort: { seq: 1 } } },
            $set: { inboundAt: contact.inboundAt ?? contact.now },
          },
          { session },
        );
        return true;
      });
    },
  };
}

function behind([at, contactId = '', seq]: readonly string[]) {
  const moment = momentOf(at);
  return {
    $or: [
      { at: { $gt: moment } },
      { at: moment, contactId: { $gt: contactId } },
      { at: moment, contactId, seq: { $gt: Number(seq) } },
    ],
  };
}

function waitingOf(aside: ReplyDocument): WaitingInbound {
  const { seq, addressId, at, key, channel, providerMessageId, content } = aside;
  return fromStored({
    seq,
    addressId,
    at: at.toISOString(),
    key,
    channel,
    providerMessageId,
    content,
  });
}
