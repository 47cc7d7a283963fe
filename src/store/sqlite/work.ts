import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { text } from './row.ts';

/** What waits for somebody to take it up. Every question here is answered from a table or an index that holds only what waits. */
export function workQueries(database: DatabaseSync) {
  const dueTimers = database.prepare(`
    SELECT id FROM contacts WHERE wake_at <= ? ORDER BY wake_at LIMIT ?`);
  const contactsWithInbound = database.prepare(`
    SELECT id FROM contacts WHERE row IN (SELECT DISTINCT contact FROM inbox WHERE state = 'pending' LIMIT ?)`);
  const contactsWithOutbound = database.prepare(`
    SELECT id FROM contacts WHERE row IN (SELECT DISTINCT contact FROM outbox WHERE due_at <= ? LIMIT ?)`);
  const firstTimer = database.prepare('SELECT min(wake_at) AS at FROM contacts WHERE wake_at IS NOT NULL');
  const firstDue = database.prepare('SELECT min(due_at) AS at FROM outbox');

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
        .map((statement) => statement.get()?.at)
        .filter((at) => typeof at === 'string')
        .sort()[0];
    },
  };
}

function idsOf(statement: StatementSync, ...parameters: (string | number)[]): string[] {
  return statement.all(...parameters).map(({ id }) => text(id));
}
