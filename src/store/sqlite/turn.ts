import { StoreError } from '../errors.ts';
import type { StoredEvent } from '../records.ts';
import type { Turn } from '../store.ts';
import type { ContactTable } from './contacts.ts';
import type { MessageTable } from './messages.ts';
import type { Outbox } from './outbox.ts';
import type { ProjectionTables } from './projections.ts';
import type { SessionTable } from './sessions.ts';

export interface TurnTables {
  readonly contacts: ContactTable;
  readonly messages: MessageTable;
  readonly outbox: Outbox;
  readonly sessions: SessionTable;
  readonly projections: ProjectionTables;
}

/** The command that writes a turn. */
export function turnCommand(tables: TurnTables): (turn: Turn) => void {
  const { contacts, messages, outbox, sessions, projections } = tables;

  return ({ contact, handled, events, outbound, suppressQueued, at, projection }) => {
    const row = contacts.replace(contact);
    for (const seq of handled) {
      if (!messages.markHandled(row, seq))
        throw new StoreError('conflict', `The message ${seq} of ${contact.id} was handled by somebody else`);
    }
    const sessionRows = addEvents(row, events);
    if (suppressQueued) outbox.suppressQueued(row);
    for (const { addressId, message } of outbound) {
      const seq = messages.addOutbound(row, addressId, message, at);
      if (seq === undefined)
        throw new StoreError('not_found', `The contact ${contact.id} has no address ${addressId}`);
      outbox.add(row, seq, at);
    }
    projections.apply(projection, sessionRows);
  };

  /** Returns the row of each session that has an event. */
  function addEvents(contact: number, events: readonly StoredEvent[]): ReadonlyMap<string, number> {
    const rows = new Map<string, number>();
    for (const stored of events) {
      const { sessionId: id } = stored;
      const row = rows.get(id) ?? sessions.rowOf(id) ?? sessions.create(contact, factsOf(stored));
      rows.set(id, row);
      sessions.addEvent(row, stored);
    }
    return rows;
  }
}

/** A session begins with an event that says what was opened. */
function factsOf({ sessionId, event, opened }: StoredEvent) {
  return {
    id: sessionId,
    questionnaireId: opened?.questionnaireId ?? '',
    touchpointId: opened?.touchpointId ?? '',
    startedAt: event.at,
  };
}
