import { hash } from 'node:crypto';
import type { mongo } from 'mongoose';
import { StoreError } from '../errors.ts';
import type { NewInbound, Received, Store } from '../store.ts';
import { changeContact } from './aggregate.ts';
import { readWithClock } from './clock.ts';
import type { ContactDocument, WaitingInbound } from './collections.ts';
import { inboundRecord, type NewContact, newContactDocument } from './contacts.ts';
import type { Database } from './database.ts';
import { isDuplicateKey } from './mongo-error.ts';
import { toStored } from './stored-text.ts';

/** A contact's document may grow to this; beyond it nothing more is taken in until something was handled. */
const contactBytesMax = 256 * 1024;

/** How often somebody else may be faster with the same key, address or id. */
const racesMax = 5;

/** What comes in from outside: messages, and addresses that are given to contacts. */
export function inboundCommands(database: Database) {
  const { contacts, addresses, received } = database.collections;

  /** Runs a transaction again that lost a race for a unique key, and this time finds what the winner wrote. */
  async function transact<Result>(work: (session: mongo.ClientSession) => Promise<Result>): Promise<Result> {
    for (let race = 1; ; race += 1) {
      try {
        return await database.transact(work);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        if (race === racesMax) throw new StoreError('conflict', 'The id is taken', { cause: error });
      }
    }
  }

  async function addContact(contact: NewContact, session: mongo.ClientSession): Promise<void> {
    await contacts.insertOne(newContactDocument(contact), { session });
    const { id: contactId, addresses: added = [] } = contact;
    for (const { id } of added) await addresses.insertOne({ _id: id, contactId }, { session });
  }

  async function addToInbox(
    contactId: string,
    message: (seq: number) => WaitingInbound,
    session: mongo.ClientSession,
  ): Promise<void> {
    const found = await readWithClock<ContactDocument, { size: number }>(contacts, contactId, {
      clock: database.clock,
      projection: { seq: 1, inboundAt: 1, size: { $bsonSize: '$$ROOT' } },
      session,
    });
    if (!found) throw new StoreError('not_found', `There is no contact ${contactId}`);
    if (found.size > contactBytesMax)
      throw new StoreError('unavailable', `Too much of the contact ${contactId} waits to be handled`);
    const waiting = message(found.seq + 1);
    const inboundAt = found.inboundAt ?? found.now;
    await contacts.updateOne(
      { _id: contactId },
      { $inc: { seq: 1, writes: 1 }, $push: { inbox: toStored(waiting) }, $set: { inboundAt } },
      { session },
    );
  }

  return {
    receive(inbound: NewInbound): Promise<Received> {
      const { key, address, newContact, at } = inbound;
      const _id = hash('sha256', toStored(key), 'base64url');
      return transact(async (session) => {
        const earlier = await received.findOne({ _id }, { session });
        if (earlier) {
          const owner = await contacts.findOne(
            { _id: earlier.contactId },
            { projection: { _id: 1 }, session },
          );
          return { outcome: 'duplicate', ...(owner && { contactId: owner._id }) };
        }
        const known = await addresses.findOne({ _id: address.id }, { session });
        const contactId = known?.contactId ?? newContact?.id;
        if (contactId === undefined) return { outcome: 'unknown' };
        if (!known && newContact) await addContact({ ...newContact, at, addresses: [address] }, session);
        await addToInbox(contactId, (seq) => waitingOf(inbound, seq), session);
        await received.insertOne({ _id, contactId }, { session });
        return { outcome: 'stored', contactId };
      });
    },

    attachAddress({ address, contactId, newContact, at }: Parameters<Store['attachAddress']>[0]) {
      return transact(async (session) => {
        const known = await addresses.findOne({ _id: address.id }, { session });
        if (known) return { contactId: known.contactId, created: false };
        if (contactId === undefined) {
          await addContact({ ...newContact, at, addresses: [address] }, session);
          return { contactId: newContact.id, created: true };
        }
        const { matchedCount } = await contacts.updateOne(
          { _id: contactId },
          { $push: { addresses: toStored(address) }, $inc: { writes: 1 } },
          { session },
        );
        if (matchedCount === 0) throw new StoreError('not_found', `There is no contact ${contactId}`);
        await addresses.insertOne({ _id: address.id, contactId }, { session });
        return { contactId, created: false };
      });
    },

    async createContact(contact: Parameters<Store['createContact']>[0]): Promise<string> {
      try {
        await contacts.insertOne(newContactDocument(contact));
        return contact.id;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        throw new StoreError('conflict', `The contact ${contact.id} exists already`, { cause: error });
      }
    },

    async recordInboundFailure(failure: Parameters<Store['recordInboundFailure']>[0]): Promise<void> {
      const { contactId, seq, reason, quarantine } = failure;
      await changeContact(database, contactId, ['inbox'], ({ inbox }, now) => {
        const failed = inbox.find((waiting) => waiting.seq === seq);
        if (!failed) return { result: undefined };
        const noted = { ...failed, attempts: (failed.attempts ?? 0) + 1, reason };
        if (!quarantine) {
          const after = inbox.map((waiting) => (waiting === failed ? noted : waiting));
          return { set: { inbox: toStored(after) }, result: undefined };
        }
        const [next] = inbox.filter((waiting) => waiting !== failed);
        const replies = [{ ...inboundRecord(contactId, noted), state: 'quarantined' as const }];
        return {
          pull: { inbox: { seq } },
          push: { unprojected: [toStored({ replies })] },
          set: { unprojectedAt: now, ...(next && { inboundAt: now }) },
          unset: next ? [] : ['inboundAt'],
          result: undefined,
        };
      });
    },
  };
}

function waitingOf(inbound: NewInbound, seq: number): WaitingInbound {
  const { key, address, providerMessageId, content, at } = inbound;
  return { seq, addressId: address.id, at, key, channel: address.channel, providerMessageId, content };
}
