import type { DatabaseSync } from 'node:sqlite';
import type { ContactTable } from './contacts.ts';
import type { CredentialTable } from './credentials.ts';
import type { ProjectionTables } from './projections.ts';
import { integer, prepare, text } from './statement.ts';

export interface RemovalTables {
  readonly contacts: ContactTable;
  readonly projections: ProjectionTables;
  readonly credentials: CredentialTable;
}

/** Where a pass of retention stands; every portion is a command of its own, so that turns go on in between. */
export interface RetentionPass {
  sessions: number;
  messages: number;
  sessionAfter: { endedAt: string; row: number } | undefined;
  messageAfter: number | undefined;
}

const sessionsPerPortion = 100;
const messagesPerPortion = 1000;

/** Erasing a person, and removing what is older than it may be kept. */
export function removalCommands(database: DatabaseSync, tables: RemovalTables) {
  const { contacts, projections, credentials } = tables;
  const selectSessionsOfContact = prepare(database, 'SELECT row FROM sessions WHERE contact = ?');
  // Rows of the contact in the other tables go with it; the hashes of its message keys stay.
  const deleteContact = prepare(database, 'DELETE FROM contacts WHERE row = ?');
  const selectEnded = prepare(
    database,
    `
    SELECT sessions.row, sessions.id, ended_at, contacts.head ->> '$.session.id'
    FROM sessions JOIN contacts ON contacts.row = sessions.contact
    WHERE ended_at < ?1 AND (ended_at, sessions.row) > (?2, ?3) ORDER BY ended_at, sessions.row LIMIT ?4`,
  );
  const deleteSession = prepare(database, 'DELETE FROM sessions WHERE row = ?');
  const lastOfPortion = prepare(
    database,
    `
    SELECT max(seq), min(at) FROM (SELECT seq, at FROM messages WHERE seq > ? ORDER BY seq LIMIT ?)`,
  );
  const deleteMessages = prepare(
    database,
    `
    DELETE FROM messages WHERE seq > ?1 AND seq <= ?2 AND at < ?3
      AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.contact = messages.contact AND inbox.seq = messages.seq)
      AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.contact = messages.contact AND outbox.seq = messages.seq)
      AND NOT EXISTS (SELECT 1 FROM sessions
        WHERE sessions.contact = messages.contact AND sessions.started_at <= messages.at)
      AND NOT EXISTS (SELECT 1 FROM cases WHERE cases.contact = messages.contact AND over = 0)`,
  );

  return {
    erase(contactId: string): boolean {
      const contact = contacts.rowOf(contactId);
      if (contact === undefined) return false;
      for (const [session] of selectSessionsOfContact.all(contact)) projections.uncount(integer(session));
      credentials.removeOfContact(contactId);
      deleteContact.run(contact);
      return true;
    },

    begin(before: string): RetentionPass {
      credentials.removeExpired(before);
      return {
        sessions: 0,
        messages: 0,
        sessionAfter: { endedAt: '', row: 0 },
        messageAfter: 0,
      };
    },

    /** Removes one portion and returns how the pass stands then. */
    go(before: string, pass: RetentionPass): RetentionPass {
      if (pass.sessionAfter) return removeSessions(before, pass, pass.sessionAfter);
      if (pass.messageAfter !== undefined) return removeMessages(before, pass, pass.messageAfter);
      return pass;
    },
  };

  function removeSessions(
    before: string,
    pass: RetentionPass,
    after: { endedAt: string; row: number },
  ): RetentionPass {
    const ended = selectEnded.all(before, after.endedAt, after.row, sessionsPerPortion);
    const removable = ended.filter(([, id, , running]) => id !== running);
    for (const [row] of removable) {
      projections.uncount(integer(row));
      deleteSession.run(integer(row));
    }
    const last = ended.at(-1);
    return {
      ...pass,
      sessions: pass.sessions + removable.length,
      sessionAfter: last && { row: integer(last[0]), endedAt: text(last[2]) },
    };
  }

  function removeMessages(before: string, pass: RetentionPass, after: number): RetentionPass {
    const [last, earliest] = lastOfPortion.get(after, messagesPerPortion) ?? [];
    if (typeof last !== 'number' || text(earliest) >= before) return { ...pass, messageAfter: undefined };
    const { changes } = deleteMessages.run(after, last, before);
    return { ...pass, messages: pass.messages + changes, messageAfter: last };
  }
}
