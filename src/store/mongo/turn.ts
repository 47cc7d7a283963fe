import { StoreError } from '../errors.ts';
import type { InboundRecord, OutboundRecord } from '../records.ts';
import type { ClaimedMessage, Turn } from '../store.ts';
import { type Change, changeContact } from './aggregate.ts';
import { laterBy } from './clock.ts';
import type { ContactDocument, Unprojected, WaitingOutbound } from './collections.ts';
import { headChange, inboundRecord } from './contacts.ts';
import type { Database } from './database.ts';
import { claimedMessage, dueFields, withdrawQueued } from './outbox.ts';
import { toStored } from './stored-text.ts';

type TurnDocument = Pick<ContactDocument, 'version' | 'seq' | 'inbox' | 'outbox' | 'addresses'>;

/** Writes a turn by one update of the contact; what it changes elsewhere is left there to be projected. */
export async function commitTurn(database: Database, turn: Turn): Promise<readonly ClaimedMessage[]> {
  const { id } = turn.contact;
  const parts = ['version', 'seq', 'inbox', 'outbox', 'addresses'] as const;
  const claimed = await changeContact(database, id, parts, (document, now) => changeOf(turn, document, now));
  if (!claimed) throw new StoreError('not_found', `There is no contact ${id}`);
  return claimed;
}

function changeOf(turn: Turn, document: TurnDocument, now: Date): Change<readonly ClaimedMessage[]> {
  const { contact, handled, outbound, at } = turn;
  const { id } = contact;
  if (document.version !== contact.version)
    throw new StoreError('conflict', `The contact ${id} has changed since it was read`);
  const replies = handled.map((seq) => handledReply(id, document, seq));
  const [next] = document.inbox.filter(({ seq }) => !handled.includes(seq));

  const { outbox: before, settled } = turn.suppressQueued
    ? withdrawQueued(id, document.outbox)
    : { outbox: document.outbox, settled: [] };
  const { added, claimed, fetched } = addOutbound(turn, document, before);
  const due = dueFields([...before, ...added]);
  const unprojected = unprojectedOf(turn, replies, [...settled, ...fetched]);
  const head = headChange(contact);

  return {
    set: {
      ...head.set,
      ...due.set,
      version: contact.version + 1,
      seq: document.seq + outbound.length,
      ...(next && { inboundAt: new Date(at) }),
      ...(settledAny(turn) && { outbox: toStored([...before, ...added]) }),
      ...(unprojected && { unprojectedAt: now }),
    },
    unset: [...head.unset, ...due.unset, ...(next ? [] : ['inboundAt'])],
    push: {
      ...(!settledAny(turn) && added.length > 0 && { outbox: toStored(added) }),
      ...(unprojected && { unprojected: [toStored({ ...unprojected, turn: contact.version + 1 })] }),
    },
    ...(handled.length > 0 && { pull: { inbox: { seq: { $in: handled } } } }),
    result: claimed.map((waiting) => claimedOf(id, document, waiting)),
  };

  function addOutbound(
    { leaseSeconds }: Turn,
    { seq, addresses }: TurnDocument,
    waiting: readonly WaitingOutbound[],
  ) {
    const freeAt =
      leaseSeconds !== undefined && waiting.length === 0
        ? laterBy(new Date(at), leaseSeconds).toISOString()
        : undefined;
    const added: WaitingOutbound[] = [];
    const fetched: OutboundRecord[] = [];
    for (const [index, { addressId, message, ...how }] of outbound.entries()) {
      if (!addresses.some((address) => address.id === addressId))
        throw new StoreError('not_found', `The contact ${id} has no address ${addressId}`);
      const one = { seq: seq + 1 + index, addressId, at, message };
      if (how.fetched) fetched.push({ direction: 'out', contactId: id, ...one, state: 'sent', sentAt: at });
      else if (freeAt === undefined)
        added.push({ ...one, ambiguous: 0, state: 'queued', attempts: 0, freeAt: at });
      else added.push({ ...one, ambiguous: 0, state: 'claimed', attempts: 1, freeAt });
    }
    return { added, fetched, claimed: freeAt === undefined ? [] : added };
  }
}

/** Whether the outbox is written anew and not only added to. */
function settledAny({ suppressQueued }: Turn): boolean {
  return suppressQueued === true;
}

function handledReply(contactId: string, { inbox }: TurnDocument, seq: number): InboundRecord {
  const waiting = inbox.find((one) => one.seq === seq);
  if (!waiting)
    throw new StoreError('conflict', `The message ${seq} of ${contactId} was handled by somebody else`);
  return { ...inboundRecord(contactId, waiting), state: 'handled' };
}

function unprojectedOf(
  { events, projection }: Turn,
  replies: readonly InboundRecord[],
  deliveries: readonly OutboundRecord[],
): Unprojected | undefined {
  const lists = { events, ...projection, replies, deliveries };
  const filled = Object.entries(lists).filter(([, list]) => list.length > 0);
  return filled.length === 0 ? undefined : Object.fromEntries(filled);
}

function claimedOf(contactId: string, { addresses }: TurnDocument, waiting: WaitingOutbound): ClaimedMessage {
  const address = addresses.find(({ id }) => id === waiting.addressId);
  if (!address) throw new Error(`Contact ${contactId} lost an address within a turn`);
  return claimedMessage(contactId, waiting, address);
}
