import type { DatabaseSync } from 'node:sqlite';
import { prepare, type Statement, text } from './statement.ts';

/** What waits for somebody to take it up. Every question here is answered from a table or an index that holds only what waits. */
export function workQueries(database: DatabaseSync) {
  const dueTimers = prepare(
    database,
    `
    SELECT id FROM contacts WHERE wake_at <= ? ORDER BY wake_at LIMIT ?`,
  );
  const contactsWithInbound = prepare(
    database,
    `
    SELECT id FROM contacts WHERE row IN (SELECT DISTINCT contact FROM inbox WHERE state = 'pending' LIMIT ?)`,
  );
  const contactsWithOutbound = prepare(
    database,
    `
    SELECT id FROM contacts WHERE row IN (SELECT DISTINCT contact FROM outbox WHERE due_at <= ? LIMIT ?)`,
  );
  const firstTimer = prepare(database, 'SELECT min(wake_at) FROM contacts WHERE wake_at IS NOT NULL');
  const firstDue = prepare(database, 'SELECT min(due_at) FROM outbox');

  return {
    find({ now, limit }: { now: string; limit: number }) {
      return {
        timers: idsOf(dueTimers, now, limit),
        inbound: idsOf(contactsWithInbound, limit),
        outbound: idsOf(contactsWithOutbound, now, limit),
      };
    },

    nextWakeAt(): string | undefined {
      return [firstTimer, firstDue]
        .map((statement) => statement.get()?.[0])
        .filter((at) => typeof at === 'string')
        .sort()[0];
    },
  };
}

function idsOf(statement: Statement, ...parameters: (string | number)[]): string[] {
  return statement.all(...parameters).map(([id]) => text(id));
}
