import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Language } from '../../dialogs/language.ts';
import { StoreError } from '../errors.ts';
import type { Address, Attributes, Contact } from '../records.ts';
import { integer, optionalText, text } from './row.ts';

/** The part of a contact that is stored as JSON; the rest stands in columns and rows of its own. */
type Head = Omit<Contact, 'id' | 'version' | 'addresses' | 'wakeAt'>;

export interface NewContact {
  readonly id: string;
  readonly language: Language;
  readonly attributes?: Attributes | undefined;
  readonly at: string;
}

/** A contact together with the number that its rows refer to. */
export interface StoredContact {
  readonly row: number;
  readonly contact: Contact;
}

export function contactTable(database: DatabaseSync) {
  const insertContact = database.prepare(
    'INSERT INTO contacts (id, version, head) VALUES (?, 1, ?) ON CONFLICT DO NOTHING',
  );
  const insertAddress = database.prepare(
    'INSERT INTO addresses (id, contact, channel, account, sealed, impersonal) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const selectContact = database.prepare('SELECT row, version, wake_at, head FROM contacts WHERE id = ?');
  const selectVersion = database.prepare('SELECT row, version, wake_at FROM contacts WHERE id = ?');
  const selectRow = database.prepare('SELECT row FROM contacts WHERE id = ?');
  const selectId = database.prepare('SELECT id FROM contacts WHERE row = ?');
  const selectAddress = database.prepare(
    'SELECT addresses.row, contact, contacts.id FROM addresses JOIN contacts ON contacts.row = contact WHERE addresses.id = ?',
  );
  const selectAddresses = database.prepare(
    'SELECT id, channel, account, sealed, impersonal FROM addresses WHERE contact = ? ORDER BY row',
  );
  const updateHead = database.prepare('UPDATE contacts SET version = version + 1, head = ? WHERE row = ?');
  const updateHeadAndTimer = database.prepare(
    'UPDATE contacts SET version = version + 1, head = ?, wake_at = ? WHERE row = ?',
  );

  return {
    create({ id, language, attributes = {}, at }: NewContact): number {
      const head: Head = { language, attributes, createdAt: at };
      const { changes, lastInsertRowid } = insertContact.run(id, JSON.stringify(head));
      if (changes === 0) throw new StoreError('conflict', `The contact ${id} exists already`);
      return Number(lastInsertRowid);
    },

    addAddress(contact: number, { id, channel, account, sealed, impersonal }: Address): number {
      const { lastInsertRowid } = insertAddress.run(
        id,
        contact,
        channel,
        account,
        sealed,
        impersonal ? 1 : 0,
      );
      return Number(lastInsertRowid);
    },

    findAddress(addressId: string): { row: number; contact: number; contactId: string } | undefined {
      const found = selectAddress.get(addressId);
      return found && { row: integer(found.row), contact: integer(found.contact), contactId: text(found.id) };
    },

    rowOf(contactId: string): number | undefined {
      const found = selectRow.get(contactId);
      return found && integer(found.row);
    },

    idOf(row: number): string | undefined {
      const found = selectId.get(row);
      return found && text(found.id);
    },

    read(contactId: string): StoredContact | undefined {
      const found = selectContact.get(contactId);
      if (!found) return undefined;
      const row = integer(found.row);
      const head: Head = JSON.parse(text(found.head));
      const wakeAt = optionalText(found.wake_at);
      const contact: Contact = {
        ...head,
        id: contactId,
        version: integer(found.version),
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
      if (found.version !== version)
        throw new StoreError('conflict', `The contact ${id} has changed since it was read`);
      const row = integer(found.row);
      const headText = JSON.stringify(head satisfies Head);
      if (optionalText(found.wake_at) === wakeAt) updateHead.run(headText, row);
      else updateHeadAndTimer.run(headText, wakeAt ?? null, row);
      return row;
    },
  };
}

export type ContactTable = ReturnType<typeof contactTable>;

export function addressOf(row: Record<string, SQLOutputValue>): Address {
  return {
    id: text(row.id),
    channel: text(row.channel),
    account: text(row.account),
    sealed: text(row.sealed),
    ...(row.impersonal === 1 && { impersonal: true }),
  };
}
