import type { DatabaseSync } from 'node:sqlite';
import type { Store } from '../store.ts';
import { type Clock, laterBy } from './clock.ts';
import { prepare, type Statement, text } from './statement.ts';

/** What waits for somebody to take it up. Every question here is answered from a table or an index that holds only what waits. */
export function workQueries(database: DatabaseSync, now: Clock) {
  const dueTimers = prepare(database, 'SELECT id FROM contacts WHERE wake_at <= ? ORDER BY wake_at LIMIT ?');
  const contactsWithInbound = prepare(
    database,
    `SELECT id FROM contacts JOIN (
      SELECT contact, min(since) AS first FROM inbox WHERE state = 'pending' AND since <= ? GROUP BY contact
    ) ON contact = contacts.row ORDER BY first LIMIT ?`,
  );
  const contactsWithOutbound = prepare(
    database,
    'SELECT id FROM contacts WHERE row IN (SELECT DISTINCT contact FROM outbox WHERE due_at <= ? LIMIT ?)',
  );

  return {
    find({ limit, inboundAgeSeconds = 0 }: Parameters<Store['findWork']>[0]) {
      const at = now();
      return {
        timers: idsOf(dueTimers, at, limit),
        inbound: idsOf(contactsWithInbound, laterBy(at, -inboundAgeSeconds), limit),
        outbound: idsOf(contactsWithOutbound, at, limit),
      };
    },
  };
}

function idsOf(statement: Statement, ...parameters: (string | number)[]): string[] {
  return statement.all(...parameters).map(([id]) => text(id));
}
