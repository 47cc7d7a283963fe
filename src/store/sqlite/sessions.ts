import type { DatabaseSync } from 'node:sqlite';
import type { StoredEvent } from '../records.ts';
import type { Page } from '../store.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { integer, text } from './row.ts';

/** What the store knows of a session besides its events. */
export interface SessionFacts {
  readonly id: string;
  readonly questionnaireId: string;
  readonly touchpointId: string;
  readonly startedAt: string;
}

/** Sessions and their events: what a rebuild starts from. */
export function sessionTable(database: DatabaseSync) {
  const selectRow = database.prepare('SELECT row FROM sessions WHERE id = ?');
  const insertSession = database.prepare(
    'INSERT INTO sessions (id, contact, questionnaire, touchpoint, started_at) VALUES (?, ?, ?, ?, ?)',
  );
  const insertEvent = database.prepare('INSERT INTO events (session, body) VALUES (?, ?)');
  const selectEvents = database.prepare(
    'SELECT body FROM events WHERE session = (SELECT row FROM sessions WHERE id = ?) ORDER BY row',
  );
  const selectSessions = database.prepare('SELECT row, id FROM sessions WHERE row > ? ORDER BY row LIMIT ?');

  function ensure(contact: number, { id, questionnaireId, touchpointId, startedAt }: SessionFacts): number {
    const found = selectRow.get(id);
    if (found) return integer(found.row);
    const { lastInsertRowid } = insertSession.run(id, contact, questionnaireId, touchpointId, startedAt);
    return Number(lastInsertRowid);
  }

  return {
    ensure,

    rowOf(sessionId: string): number | undefined {
      const found = selectRow.get(sessionId);
      return found && integer(found.row);
    },

    addEvent(contact: number, stored: StoredEvent): void {
      const session = ensure(contact, {
        id: stored.sessionId,
        questionnaireId: stored.opened?.questionnaireId ?? '',
        touchpointId: stored.opened?.touchpointId ?? '',
        startedAt: stored.event.at,
      });
      insertEvent.run(session, JSON.stringify(stored));
    },

    readEvents(sessionId: string): StoredEvent[] {
      return selectEvents.all(sessionId).map((row) => JSON.parse(text(row.body)));
    },

    list({ after, limit }: { after?: string; limit: number }): Page<string> {
      const [afterRow = '0'] = after ? decodeCursor(after, 1) : [];
      const rows = selectSessions.all(Number(afterRow), limit);
      const last = rows.at(-1);
      const items = rows.map(({ id }) => text(id));
      return last && items.length === limit ? { items, next: encodeCursor([String(last.row)]) } : { items };
    },
  };
}

export type SessionTable = ReturnType<typeof sessionTable>;
