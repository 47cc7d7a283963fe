import type { DatabaseSync } from 'node:sqlite';
import type { Response, StoredEvent } from '../records.ts';
import type { Page, Store } from '../store.ts';
import { pageOfIds } from './page-of-ids.ts';
import { integer, prepare, text } from './statement.ts';

/** What a session is listed by. */
export interface SessionFacts {
  readonly id: string;
  readonly questionnaireId: string;
  readonly touchpointId: string;
  readonly startedAt: string;
}

/** Sessions with their events, from which a rebuild starts, and with their responses, which it writes. */
export function sessionTable(database: DatabaseSync) {
  const selectRow = prepare(database, 'SELECT row FROM sessions WHERE id = ?');
  const selectFacts = prepare(
    database,
    'SELECT questionnaire, touchpoint, started_at FROM sessions WHERE row = ?',
  );
  const insertSession = prepare(
    database,
    'INSERT INTO sessions (id, contact, questionnaire, touchpoint, started_at) VALUES (?, ?, ?, ?, ?)',
  );
  const updateFacts = prepare(
    database,
    'UPDATE sessions SET questionnaire = ?, touchpoint = ?, started_at = ? WHERE row = ?',
  );
  const updateResponse = prepare(database, 'UPDATE sessions SET response = ?, ended_at = ? WHERE row = ?');
  const insertEvent = prepare(database, 'INSERT INTO events (session, body) VALUES (?, ?)');
  const selectEvents = prepare(
    database,
    'SELECT body FROM events WHERE session = (SELECT row FROM sessions WHERE id = ?) ORDER BY row',
  );
  const selectSessions = prepare(database, 'SELECT row, id FROM sessions WHERE row > ? ORDER BY row LIMIT ?');
  const selectSessionsOf = prepare(
    database,
    `SELECT row, id FROM sessions WHERE row > ? AND contact = (SELECT row FROM contacts WHERE id = ?)
    ORDER BY row LIMIT ?`,
  );

  function rowOf(sessionId: string): number | undefined {
    const found = selectRow.get(sessionId);
    return found && integer(found[0]);
  }

  return {
    rowOf,

    create(contact: number, { id, questionnaireId, touchpointId, startedAt }: SessionFacts): number {
      return insertSession.run(id, contact, questionnaireId, touchpointId, startedAt).lastRow;
    },

    addEvent(session: number, stored: StoredEvent): void {
      insertEvent.run(session, JSON.stringify(stored));
    },

    saveResponse(session: number, response: Response): void {
      const { questionnaireId, touchpointId, startedAt, endedAt = null } = response;
      const [questionnaire, touchpoint, started] = selectFacts.get(session) ?? [];
      // They hardly ever differ, and they are in indexes.
      if (questionnaire !== questionnaireId || touchpoint !== touchpointId || started !== startedAt)
        updateFacts.run(questionnaireId, touchpointId, startedAt, session);
      updateResponse.run(JSON.stringify(response), endedAt, session);
    },

    readEvents(sessionId: string): StoredEvent[] {
      return selectEvents.all(sessionId).map(([body]) => JSON.parse(text(body)));
    },

    list({ after, limit, contactId }: Parameters<Store['listSessions']>[0]): Page<string> {
      return pageOfIds({ after, limit }, (row, count) =>
        contactId === undefined
          ? selectSessions.all(row, count)
          : selectSessionsOf.all(row, contactId, count),
      );
    },
  };
}

export type SessionTable = ReturnType<typeof sessionTable>;
