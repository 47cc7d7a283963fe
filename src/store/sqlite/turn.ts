import type { OutboundMessage } from '../../channels/channel.ts';
import { StoreError } from '../errors.ts';
import type { Address, StoredEvent } from '../records.ts';
import type { ClaimedMessage, Turn } from '../store.ts';
import { laterBy } from './clock.ts';
import type { ContactTable } from './contacts.ts';
import type { MessageTable } from './messages.ts';
import type { Outbox } from './outbox.ts';
import type { ProjectionTables } from './projections.ts';
import type { SessionTable } from './sessions.ts';

export interface TurnTables {
  readonly contacts: ContactTable;
  readonly messages: MessageTable;
  readonly outbox: Outbox;
  readonly sessions: SessionTable;
  readonly projections: ProjectionTables;
}

/** The command that writes a turn. */
export function turnCommand(tables: TurnTables): (turn: Turn) => readonly ClaimedMessage[] {
  const { contacts, messages, outbox, sessions, projections } = tables;

  return (turn) => {
    const { contact, handled, events, suppressQueued, projection } = turn;
    const row = contacts.replace(contact);
    for (const seq of handled) {
      if (!messages.markHandled(row, seq))
        throw new StoreError('conflict', `The message ${seq} of ${contact.id} was handled by somebody else`);
    }
    const sessionRows = addEvents(row, events);
    if (suppressQueued) outbox.suppressQueued(row);
    const claimed = turn.outbound.length > 0 ? addOutbound(row, turn) : [];
    projections.apply(projection, sessionRows);
    return claimed;
  };

  /** Returns the messages that the turn claims: all that it adds and somebody has to send, or none. */
  function addOutbound(row: number, { contact, outbound, at, leaseSeconds }: Turn): ClaimedMessage[] {
    const toSend = outbound.some(({ fetched }) => !fetched);
    const waitingUntil = toSend ? outbox.lastDue(row) : undefined;
    const addresses = new Map(contact.addresses.map((address) => [address.id, address]));
    const claims =
      leaseSeconds !== undefined &&
      waitingUntil === undefined &&
      outbound.every(({ addressId }) => addresses.has(addressId));
    const dueAt = waitingUntil !== undefined && waitingUntil > at ? waitingUntil : at;

    const claimed: ClaimedMessage[] = [];
    for (const { addressId, message, fetched } of outbound) {
      const seq = messages.addOutbound(row, addressId, message, at);
      if (seq === undefined)
        throw new StoreError('not_found', `The contact ${contact.id} has no address ${addressId}`);
      if (fetched) continue;
      const address = addresses.get(addressId);
      if (claims && address) {
        outbox.addClaimed(row, seq, laterBy(at, leaseSeconds));
        claimed.push(firstClaim(contact.id, seq, at, address, message));
      } else outbox.addQueued(row, seq, at, dueAt);
    }
    return claimed;
  }

  /** Returns the row of each session that has an event. */
  function addEvents(contact: number, events: readonly StoredEvent[]): ReadonlyMap<string, number> {
    const rows = new Map<string, number>();
    for (const stored of events) {
      const { sessionId: id } = stored;
      const row = rows.get(id) ?? sessions.rowOf(id) ?? sessions.create(contact, factsOf(stored));
      rows.set(id, row);
      sessions.addEvent(row, stored);
    }
    return rows;
  }
}

/** A session begins with an event that says what was opened. */
function factsOf({ sessionId, event, opened }: StoredEvent) {
  return {
    id: sessionId,
    questionnaireId: opened?.questionnaireId ?? '',
    touchpointId: opened?.touchpointId ?? '',
    startedAt: event.at,
  };
}

function firstClaim(
  contactId: string,
  seq: number,
  at: string,
  address: Address,
  message: OutboundMessage,
): ClaimedMessage {
  return {
    record: {
      direction: 'out',
      seq,
      contactId,
      addressId: address.id,
      at,
      message,
      state: 'claimed',
      attempts: 1,
    },
    address,
    claim: 1,
    afterUnknown: false,
  };
}
