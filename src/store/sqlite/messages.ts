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

const messagesWithAddress = `
  SELECT seq, direction, at, state, attempts, ambiguous, key, provider_message_id, sent_at, reason, body,
    addresses.id AS address_id, addresses.channel AS channel
  FROM messages JOIN addresses ON addresses.row = messages.address`;

const someMessages = `${messagesWithAddress}
  WHERE messages.contact = ?1 AND seq > ?2 AND (?3 IS NULL OR addresses.id = ?3)`;

/** Messages in both directions. Whoever calls knows the contact's row and its id, so that reading needs no join for them. */
export function messageTable(database: DatabaseSync) {
  const insertInbound = database.prepare(`
    INSERT INTO messages (contact, address, direction, state, open, at, key, provider_message_id, body)
    VALUES (?, ?, 'in', 'pending', 1, ?, ?, ?, ?)`);
  const insertOutbound = database.prepare(`
    INSERT INTO messages (contact, address, direction, state, open, at, free_at, due_at, body)
    VALUES (?, ?, 'out', 'queued', 1, ?, ?, ?, ?)`);
  const selectPending = database.prepare(`${messagesWithAddress}
    WHERE direction = 'in' AND messages.contact = ? AND open = 1 ORDER BY seq`);
  const selectFirst = database.prepare(`${someMessages} ORDER BY seq LIMIT ?4`);
  const selectLatest = database.prepare(`${someMessages} ORDER BY seq DESC LIMIT ?4`);
  const handle = database.prepare(`
    UPDATE messages SET state = 'handled', open = NULL
    WHERE seq = ? AND contact = ? AND direction = 'in' AND open = 1`);
  const fail = database.prepare(`
    UPDATE messages SET attempts = attempts + 1, reason = ?1,
      state = iif(?2, 'quarantined', state), open = iif(?2, NULL, open)
    WHERE seq = ?3 AND contact = ?4 AND direction = 'in' AND open = 1`);

  return {
    addInbound(contact: number, address: number, { at, key, providerMessageId, content }: NewInbound): void {
      insertInbound.run(contact, address, at, key, providerMessageId, JSON.stringify(content));
    },

    addOutbound(contact: number, address: number, message: OutboundMessage, at: string, dueAt: string): void {
      insertOutbound.run(contact, address, at, at, dueAt, JSON.stringify(message));
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
      return handle.run(seq, contact).changes === 1;
    },

    noteFailure(contact: number, seq: number, reason: string, quarantine: boolean): void {
      fail.run(reason, quarantine ? 1 : 0, seq, contact);
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
    providerMessageId: text(row.provider_message_id),
    content: JSON.parse(text(row.body)),
    state: oneOf(inboundStates, row.state),
    ...(attempts !== undefined && { attempts }),
    ...(reason !== undefined && { reason }),
  };
}

/** An outbound message of a row that has its columns by these names. */
export function outboundOf(row: Row, contactId: string): OutboundRecord {
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
