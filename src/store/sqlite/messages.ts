import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { OutboundMessage } from '../../channels/channel.ts';
import {
  deliveryStates,
  type InboundRecord,
  inboundStates,
  type MessageRecord,
  type OutboundRecord,
} from '../records.ts';
import type { NewInbound } from '../store.ts';
import { integer, oneOf, optionalCount, optionalText, text } from './row.ts';

const someMessages = `
  SELECT messages.seq, direction, at, key, messages.provider_message_id AS received_id, body,
    coalesce(inbox.state, outbox.state, deliveries.state) AS state,
    coalesce(inbox.attempts, outbox.attempts, deliveries.attempts) AS attempts,
    coalesce(inbox.reason, outbox.reason, deliveries.reason) AS reason,
    coalesce(outbox.ambiguous, deliveries.ambiguous) AS ambiguous,
    deliveries.provider_message_id AS provider_message_id, sent_at,
    addresses.id AS address_id, addresses.channel AS channel
  FROM messages JOIN addresses ON addresses.row = messages.address
    LEFT JOIN inbox ON inbox.contact = messages.contact AND inbox.seq = messages.seq
    LEFT JOIN outbox ON outbox.contact = messages.contact AND outbox.seq = messages.seq
    LEFT JOIN deliveries ON deliveries.seq = messages.seq
  WHERE messages.contact = ?1 AND messages.seq > ?2 AND (?3 IS NULL OR addresses.id = ?3)`;

/** Messages in both directions. Whoever calls knows the contact's row and its id, so that reading needs no join for them. */
export function messageTable(database: DatabaseSync) {
  const insertInbound = database.prepare(`
    INSERT INTO messages (contact, address, direction, at, key, provider_message_id, body)
    VALUES (?, ?, 'in', ?, ?, ?, ?)`);
  const insertOutbound = database.prepare(`
    INSERT INTO messages (contact, address, direction, at, body) VALUES (?, ?, 'out', ?, ?)`);
  const insertPending = database.prepare(`INSERT INTO inbox (contact, seq, state) VALUES (?, ?, 'pending')`);
  const selectPending = database.prepare(`
    SELECT messages.seq, at, key, messages.provider_message_id AS received_id, body, state, attempts, reason,
      addresses.id AS address_id, addresses.channel AS channel
    FROM inbox CROSS JOIN messages ON messages.seq = inbox.seq
      CROSS JOIN addresses ON addresses.row = messages.address
    WHERE inbox.contact = ? AND state = 'pending' ORDER BY inbox.seq`);
  const selectFirst = database.prepare(`${someMessages} ORDER BY messages.seq LIMIT ?4`);
  const selectLatest = database.prepare(`${someMessages} ORDER BY messages.seq DESC LIMIT ?4`);
  const deletePending = database.prepare(
    `DELETE FROM inbox WHERE contact = ? AND seq = ? AND state = 'pending'`,
  );
  const fail = database.prepare(`
    UPDATE inbox SET attempts = attempts + 1, reason = ?, state = iif(?, 'quarantined', state)
    WHERE contact = ? AND seq = ? AND state = 'pending'`);

  return {
    addInbound(contact: number, address: number, { at, key, providerMessageId, content }: NewInbound): void {
      const body = JSON.stringify(content);
      const { lastInsertRowid } = insertInbound.run(contact, address, at, key, providerMessageId, body);
      insertPending.run(contact, lastInsertRowid);
    },

    /** Returns the `seq` that the message was given. */
    addOutbound(contact: number, address: number, message: OutboundMessage, at: string): number {
      return Number(insertOutbound.run(contact, address, at, JSON.stringify(message)).lastInsertRowid);
    },

    readPending(contact: number, contactId: string): InboundRecord[] {
      return selectPending.all(contact).map((row) => inboundOf(row, contactId));
    },

    read(
      contact: number,
      query: {
        contactId: string;
        addressId?: string;
        afterSeq?: number;
        latest?: boolean;
        limit: number;
      },
    ): MessageRecord[] {
      const { contactId, addressId = null, afterSeq = 0, latest = false, limit } = query;
      const rows = (latest ? selectLatest : selectFirst).all(contact, afterSeq, addressId, limit);
      if (latest) rows.reverse();
      return rows.map((row) => (row.direction === 'in' ? inboundOf : outboundOf)(row, contactId));
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

type Row = Record<string, SQLOutputValue>;

function inboundOf(row: Row, contactId: string): InboundRecord {
  const attempts = optionalCount(row.attempts);
  const reason = optionalText(row.reason);
  return {
    direction: 'in',
    seq: integer(row.seq),
    contactId,
    addressId: text(row.address_id),
    at: text(row.at),
    key: text(row.key),
    channel: text(row.channel),
    providerMessageId: text(row.received_id),
    content: JSON.parse(text(row.body)),
    state: oneOf(inboundStates, row.state ?? 'handled'),
    ...(attempts !== undefined && { attempts }),
    ...(reason !== undefined && { reason }),
  };
}

function outboundOf(row: Row, contactId: string): OutboundRecord {
  const attempts = optionalCount(row.attempts);
  const ambiguous = optionalCount(row.ambiguous);
  const providerMessageId = optionalText(row.provider_message_id);
  const sentAt = optionalText(row.sent_at);
  const reason = optionalText(row.reason);
  return {
    direction: 'out',
    seq: integer(row.seq),
    contactId,
    addressId: text(row.address_id),
    at: text(row.at),
    message: JSON.parse(text(row.body)),
    state: oneOf(deliveryStates, row.state),
    ...(attempts !== undefined && { attempts }),
    ...(ambiguous !== undefined && { ambiguous }),
    ...(providerMessageId !== undefined && { providerMessageId }),
    ...(sentAt !== undefined && { sentAt }),
    ...(reason !== undefined && { reason }),
  };
}
