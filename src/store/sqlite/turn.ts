import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import type { Turn } from '../store.ts';
import type { ContactTable } from './contacts.ts';
import type { MessageTable } from './messages.ts';
import type { Outbox } from './outbox.ts';
import type { ProjectionTables } from './projections.ts';
import { integer } from './row.ts';
import type { SessionTable } from './sessions.ts';

export interface TurnTables {
  readonly contacts: ContactTable;
  readonly messages: MessageTable;
  readonly outbox: Outbox;
  readonly sessions: SessionTable;
  readonly projections: ProjectionTables;
}

/** The command that writes a turn. */
export function turnCommand(database: DatabaseSync, tables: TurnTables): (turn: Turn) => void {
  const { contacts, messages, outbox, sessions, projections } = tables;
  const selectAddress = database.prepare('SELECT row FROM addresses WHERE id = ? AND contact = ?');

  return (turn) => {
    const { contact, handled, events, outbound, suppressQueued, at, projection } = turn;
    const row = contacts.replace(contact);
    for (const seq of handled) {
      if (!messages.markHandled(row, seq))
        throw new StoreError('conflict', `The message ${seq} of ${contact.id} was handled by somebody else`);
    }
    for (const event of events) sessions.addEvent(row, event);
    if (suppressQueued) outbox.suppressQueued(row);
    for (const { addressId, message } of outbound)
      outbox.add(row, messages.addOutbound(row, addressRow(addressId, row), message, at), at);
    projections.applyTo(row, projection);
  };

  function addressRow(addressId: string, contact: number): number {
    const found = selectAddress.get(addressId, contact);
    if (!found) throw new StoreError('not_found', `The address ${addressId} is not one of the contact`);
    return integer(found.row);
  }
}
