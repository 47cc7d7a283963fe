import type { DatabaseSync } from 'node:sqlite';
import type { OutboundMessage } from '../../channels/channel.ts';
import {
  deliveryStates,
  type InboundRecord,
  inboundStates,
  type MessageRecord,
  type OutboundRecord,
} from '../records.ts';
import type { NewInbound, Store } from '../store.ts';
import type { Clock } from './clock.ts';
import { integer, oneOf, optionalCount, optionalText, prepare, type Row, text } from './statement.ts';

const someMessages = `
  SELECT messages.direction, messages.seq, addresses.id, messages.at, messages.body,
    coalesce(inbox.state, outbox.state, deliveries.state),
    coalesce(inbox.attempts, outbox.attempts, deliveries.attempts),
    coalesce(inbox.reason, outbox.reason, deliveries.reason),
    addresses.channel, messages.key, messages.provider_message_id,
    coalesce(outbox.ambiguous, deliveries.ambiguous), deliveries.provider_message_id, deliveries.sent_at,
    outbox.free_at
  FROM messages JOIN addresses ON addresses.row = messages.address
    LEFT JOIN inbox ON inbox.contact = messages.contact AND inbox.seq = messages.seq
    LEFT JOIN outbox ON outbox.contact = messages.contact AND outbox.seq = messages.seq
    LEFT JOIN deliveries ON deliveries.seq = messages.seq
  WHERE messages.contact = ?1 AND messages.seq > ?2 AND (?3 IS NULL OR addresses.id = ?3)`;

/** What was said, in both directions. */
export function messageTable(database: DatabaseSync, now: Clock) {
  const insertInbound = prepare(
    database,
    `INSERT INTO messages (contact, address, direction, at, key, provider_message_id, body)
    VALUES (?, ?, 'in', ?, ?, ?, ?)`,
  );
  const insertPending = prepare(
    database,
    `INSERT INTO inbox (contact, seq, state, since) VALUES (?, ?, 'pending', ?)`,
  );
  const selectPending = prepare(
    database,
    `SELECT 'in', inbox.seq, addresses.id, at, body, state, attempts, reason, channel, key, provider_message_id
    FROM inbox CROSS JOIN messages ON messages.seq = inbox.seq
      CROSS JOIN addresses ON addresses.row = messages.address
    WHERE inbox.contact = ? AND state = 'pending' ORDER BY inbox.seq`,
  );
  const deletePending = prepare(
    database,
    `DELETE FROM inbox WHERE contact = ? AND seq = ? AND state = 'pending'`,
  );
  const fail = prepare(
    database,
    `UPDATE inbox SET attempts = attempts + 1, reason = ?, state = iif(?, 'quarantined', state)
    WHERE contact = ? AND seq = ? AND state = 'pending'`,
  );
  const insertOutbound = prepare(
    database,
    `INSERT INTO messages (contact, address, direction, at, body) VALUES (?, ?, 'out', ?, ?)`,
  );
  const selectAddress = prepare(database, 'SELECT row FROM addresses WHERE id = ? AND contact = ?');
  const selectFirst = prepare(database, `${someMessages} ORDER BY messages.seq LIMIT ?4`);
  const selectLatest = prepare(database, `${someMessages} ORDER BY messages.seq DESC LIMIT ?4`);

  return {
    addInbound(contact: number, address: number, { at, key, providerMessageId, content }: NewInbound): void {
      const body = JSON.stringify(content);
      const { lastRow: seq } = insertInbound.run(contact, address, at, key, providerMessageId, body);
      insertPending.run(contact, seq, now());
    },

    /** Returns the `seq` that the message was given, nothing when the address is not one of the contact. */
    addOutbound(
      contact: number,
      addressId: string,
      message: OutboundMessage,
      at: string,
    ): number | undefined {
      const [address] = selectAddress.get(addressId, contact) ?? [];
      return address === undefined
        ? undefined
        : insertOutbound.run(contact, integer(address), at, JSON.stringify(message)).lastRow;
    },

    readPending(contact: number, contactId: string): InboundRecord[] {
      return selectPending.all(contact).map((row) => inboundOf(row, contactId));
    },

    read(contact: number, query: Parameters<Store['readMessages']>[0]): MessageRecord[] {
      const { contactId, addressId = null, afterSeq = 0, latest = false, limit } = query;
      const rows = (latest ? selectLatest : selectFirst).all(contact, afterSeq, addressId, limit);
      if (latest) rows.reverse();
      return rows.map((row) => (row[0] === 'in' ? inboundOf : outboundOf)(row, contactId));
    },

    /** Whether the message was still pending. */
    markHandled(contact: number, seq: number): boolean {
      return deletePending.run(contact, seq).changes === 1;
    },

    noteFailure(contact: number, seq: number, reason: string, quarantine: boolean): void {
      fail.run(reason, quarantine ? 1 : 0, contact, seq);
    },
  };
}

export type MessageTable = ReturnType<typeof messageTable>;

export function inboundOf(row: Row, contactId: string): InboundRecord {
  const [, seq, addressId, at, body, state, attemptCount, failure, channel, key, providerMessageId] = row;
  const attempts = optionalCount(attemptCount);
  const reason = optionalText(failure);
  return {
    direction: 'in',
    seq: integer(seq),
    contactId,
    addressId: text(addressId),
    at: text(at),
    key: text(key),
    channel: text(channel),
    providerMessageId: text(providerMessageId),
    content: JSON.parse(text(body)),
    state: oneOf(inboundStates, state ?? 'handled'),
    ...(attempts !== undefined && { attempts }),
    ...(reason !== undefined && { reason }),
  };
}

function outboundOf(row: Row, contactId: string): OutboundRecord {
  const [, seq, addressId, at, body, state, ...rest] = row;
  const [attemptCount, failure, , , , ambiguousCount, sentId, sentMoment, due] = rest;
  const attempts = optionalCount(attemptCount);
  const ambiguous = optionalCount(ambiguousCount);
  const providerMessageId = optionalText(sentId);
  const sentAt = state === null ? text(at) : optionalText(sentMoment);
  const dueAt = optionalText(due);
  const reason = optionalText(failure);
  return {
    direction: 'out',
    seq: integer(seq),
    contactId,
    addressId: text(addressId),
    at: text(at),
    message: JSON.parse(text(body)),
    // One that has left no trace of its sending was fetched from here.
    state: oneOf(deliveryStates, state ?? 'sent'),
    ...(attempts !== undefined && { attempts }),
    ...(ambiguous !== undefined && { ambiguous }),
    ...(providerMessageId !== undefined && { providerMessageId }),
    ...(dueAt !== undefined && { dueAt }),
    ...(sentAt !== undefined && { sentAt }),
    ...(reason !== undefined && { reason }),
  };
}
