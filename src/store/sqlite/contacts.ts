import type { DatabaseSync } from 'node:sqlite';
import type { Language } from '../../dialogs/language.ts';
import { StoreError } from '../errors.ts';
import type { Address, Attributes, Contact } from '../records.ts';
import type { Page } from '../store.ts';
import { pageOfIds } from './page-of-ids.ts';
import { integer, optionalText, prepare, type Row, text } from './statement.ts';

/** The part of a contact that is stored as JSON; the rest stands in columns and rows of its own. */
type Head = Omit<Contact, 'id' | 'version' | 'addresses' | 'wakeAt'>;

export interface NewContact {
  readonly id: string;
  readonly language: Language;
  readonly attributes?: Attributes | undefined;
  readonly at: string;
}

/** Contacts and their addresses. `row` is the number by which the rows of other tables refer to a contact. */
export function contactTable(database: DatabaseSync) {
  const insertContact = prepare(
    database,
    'INSERT INTO contacts (id, version, head) VALUES (?, 1, ?) ON CONFLICT DO NOTHING',
  );
  const insertAddress = prepare(
    database,
    'INSERT INTO addresses (id, contact, channel, account, sealed, impersonal) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const selectContact = prepare(database, 'SELECT row, version, wake_at, head FROM contacts WHERE id = ?');
  const selectVersion = prepare(database, 'SELECT row, version, wake_at FROM contacts WHERE id = ?');
  const selectRow = prepare(database, 'SELECT row FROM contacts WHERE id = ?');
  const selectId = prepare(database, 'SELECT id FROM contacts WHERE row = ?');
  const selectAddress = prepare(
    database,
    `SELECT addresses.row, contact, contacts.id FROM addresses JOIN contacts ON contacts.row = contact
    WHERE addresses.id = ?`,
  );
  const selectContacts = prepare(database, 'SELECT row, id FROM contacts WHERE row > ? ORDER BY row LIMIT ?');
  const selectAddresses = prepare(
    database,
    'SELECT id, channel, account, sealed, impersonal FROM addresses WHERE contact = ? ORDER BY row',
  );
  const updateHead = prepare(database, 'UPDATE contacts SET version = version + 1, head = ? WHERE row = ?');
  const updateHeadAndTimer = prepare(
    database,
    'UPDATE contacts SET version = version + 1, head = ?, wake_at = ? WHERE row = ?',
  );

  return {
    create({ id, language, attributes = {}, at }: NewContact): number {
      const head: Head = { language, attributes, createdAt: at };
      const { changes, lastRow } = insertContact.run(id, JSON.stringify(head));
      if (changes === 0) throw new StoreError('conflict', `The contact ${id} exists already`);
      return lastRow;
    },

    addAddress(contact: number, { id, channel, account, sealed, impersonal }: Address): number {
      return insertAddress.run(id, contact, channel, account, sealed, impersonal ? 1 : 0).lastRow;
    },

    findAddress(addressId: string): { row: number; contact: number; contactId: string } | undefined {
      const found = selectAddress.get(addressId);
      return found && { row: integer(found[0]), contact: integer(found[1]), contactId: text(found[2]) };
    },

    list(query: { after?: string; limit: number }): Page<string> {
      return pageOfIds(query, (row, count) => selectContacts.all(row, count));
    },

    rowOf(contactId: string): number | undefined {
      const found = selectRow.get(contactId);
      return found && integer(found[0]);
    },

    idOf(row: number): string | undefined {
      const found = selectId.get(row);
      return found && text(found[0]);
    },

    read(contactId: string): { row: number; contact: Contact } | undefined {
      const found = selectContact.get(contactId);
      if (!found) return undefined;
      const row = integer(found[0]);
      const wakeAt = optionalText(found[2]);
      const head: Head = JSON.parse(text(found[3]));
      const contact: Contact = {
        ...head,
        id: contactId,
        version: integer(found[1]),
        addresses: selectAddresses.all(row).map(addressOf),
        ...(wakeAt !== undefined && { wakeAt }),
      };
      return { row, contact };
    },

    /** Writes what a turn made of the contact, if nobody has written since it was read. Returns the contact's row. */
    replace(contact: Contact): number {
      const { id, version, addresses: _, wakeAt, ...head } = contact;
      const found = selectVersion.get(id);
      if (!found) throw new StoreError('not_found', `There is no contact ${id}`);
      if (found[1] !== version)
        throw new StoreError('conflict', `The contact ${id} has changed since it was read`);
      const row = integer(found[0]);
      const headText = JSON.stringify(head satisfies Head);
      if (optionalText(found[2]) === wakeAt) updateHead.run(headText, row);
      else updateHeadAndTimer.run(headText, wakeAt ?? null, row);
      return row;
    },
  };
}

export type ContactTable = ReturnType<typeof contactTable>;

/** An address of the columns id, channel, account, sealed and impersonal. */
export function addressOf([id, channel, account, sealed, impersonal]: Row): Address {
  return {
    id: text(id),
    channel: text(channel),
    account: text(account),
    sealed: text(sealed),
    ...(impersonal === 1 && { impersonal: true }),
  };
}
