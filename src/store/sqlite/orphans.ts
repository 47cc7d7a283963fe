import type { DatabaseSync } from 'node:sqlite';
import { type Orphan, orphanKinds } from '../store.ts';
import { oneOf, prepare } from './statement.ts';

/** Rows whose owner is gone. SQLite keeps them from coming to be, so there are some only after a fault of ours or of the disk. */
const orphans = `
  SELECT 'address', addresses.id, contact FROM addresses
    LEFT JOIN contacts ON contacts.row = contact WHERE contacts.row IS NULL
  UNION ALL SELECT 'session', sessions.id, contact FROM sessions
    LEFT JOIN contacts ON contacts.row = contact WHERE contacts.row IS NULL
  UNION ALL SELECT 'event', events.row, session FROM events
    LEFT JOIN sessions ON sessions.row = session WHERE sessions.row IS NULL
  UNION ALL SELECT 'answer', answers.question, session FROM answers
    LEFT JOIN sessions ON sessions.row = session WHERE sessions.row IS NULL
  UNION ALL SELECT 'case', cases.id, contact FROM cases
    LEFT JOIN contacts ON contacts.row = contact WHERE contacts.row IS NULL
  UNION ALL SELECT 'message', messages.seq, messages.contact FROM messages
    LEFT JOIN contacts ON contacts.row = messages.contact
    LEFT JOIN addresses ON addresses.row = messages.address
    WHERE contacts.row IS NULL OR addresses.row IS NULL
  UNION ALL SELECT 'message', waiting.seq, waiting.contact FROM
    (SELECT contact, seq FROM inbox UNION ALL SELECT contact, seq FROM outbox) AS waiting
    LEFT JOIN messages ON messages.seq = waiting.seq AND messages.contact = waiting.contact
    WHERE messages.seq IS NULL
  UNION ALL SELECT 'message', deliveries.seq, deliveries.seq FROM deliveries
    LEFT JOIN messages ON messages.seq = deliveries.seq WHERE messages.seq IS NULL`;

export function orphanQuery(database: DatabaseSync): (limit: number) => Orphan[] {
  const select = prepare(database, `${orphans} LIMIT ?`);
  return (limit) =>
    select.all(limit).map(([kind, id, owner]) => ({
      kind: oneOf(orphanKinds, kind ?? null),
      id: String(id),
      owner: `row ${owner}`,
    }));
}
