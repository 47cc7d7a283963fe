import type { DatabaseSync } from 'node:sqlite';
import type { Backlog } from '../backlog.ts';
import type { Store } from '../store.ts';
import { type Clock, laterBy } from './clock.ts';
import { type Column, integer, optionalText, prepare, type Statement, text } from './statement.ts';

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

  const waitingInbound = prepare(
    database,
    `SELECT count(DISTINCT contact), min(since) FROM inbox WHERE state = 'pending'`,
  );
  const waitingOutbound = prepare(
    database,
    `SELECT count(DISTINCT contact), (SELECT at FROM messages WHERE seq = (SELECT min(seq) FROM outbox))
    FROM outbox`,
  );
  const quarantined = prepare(database, `SELECT count(*) FROM inbox WHERE state = 'quarantined'`);
  const paused = prepare(
    database,
    `SELECT count(*) FROM pauses
    WHERE revision = (SELECT max(revision) FROM questionnaires WHERE id = pauses.questionnaire)`,
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

    backlog(): Backlog {
      const at = now();
      const [inboxContacts, inboxSince] = waitingInbound.get() ?? [];
      const [outboxContacts, outboxSince] = waitingOutbound.get() ?? [];
      return {
        inboxContacts: integer(inboxContacts),
        inboxAgeSeconds: ageSeconds(inboxSince, at),
        outboxContacts: integer(outboxContacts),
        outboxAgeSeconds: ageSeconds(outboxSince, at),
        quarantinedMessages: integer(quarantined.get()?.[0]),
        pausedQuestionnaires: integer(paused.get()?.[0]),
      };
    },
  };
}

/** Zero when nothing waits, and for what waits since before that was noted. */
function ageSeconds(since: Column, now: string): number {
  const from = optionalText(since ?? null) || now;
  return Math.max(0, (Date.parse(now) - Date.parse(from)) / 1000);
}

function idsOf(statement: Statement, ...parameters: (string | number)[]): string[] {
  return statement.all(...parameters).map(([id]) => text(id));
}
