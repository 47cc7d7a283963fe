import type { DatabaseSync } from 'node:sqlite';
import { decodeCursor, pageOf, within } from '../page.ts';
import type { InboundRecord } from '../records.ts';
import type { Page } from '../store.ts';
import type { Clock } from './clock.ts';
import { inboundOf } from './messages.ts';
import { prepare, text } from './statement.ts';

/** Messages that could not be handled and were put aside. */
export function quarantineTable(database: DatabaseSync, now: Clock) {
  const select = prepare(
    database,
    `SELECT 'in', inbox.seq, addresses.id, at, body, state, attempts, reason, channel, key, provider_message_id,
      contacts.id
    FROM inbox CROSS JOIN messages ON messages.seq = inbox.seq
      CROSS JOIN addresses ON addresses.row = messages.address
      CROSS JOIN contacts ON contacts.row = inbox.contact
    WHERE state = 'quarantined' AND (at, contacts.id, inbox.seq) > (?1, ?2, CAST(?3 AS INTEGER))
    ORDER BY at, contacts.id, inbox.seq LIMIT ?4`,
  );
  const release = prepare(
    database,
    `UPDATE inbox SET state = 'pending', attempts = 0, reason = NULL, since = ?
    WHERE contact = ? AND seq = ? AND state = 'quarantined'`,
  );

  return {
    list({ after, limit }: { after?: string; limit: number }): Page<InboundRecord> {
      const [at = '', contactId = '', seq = '0'] = after ? decodeCursor(after, 3) : [];
      const rows = select.all(at, contactId, seq, within(limit) + 1);
      return pageOf(
        rows,
        limit,
        (row) => inboundOf(row, text(row[11])),
        (row) => [text(row[3]), text(row[11]), String(row[1])],
      );
    },

    release(contact: number, seq: number): boolean {
      return release.run(now(), contact, seq).changes === 1;
    },
  };
}

export type QuarantineTable = ReturnType<typeof quarantineTable>;
