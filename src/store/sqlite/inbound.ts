import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import type { NewInbound, Received, Store } from '../store.ts';
import type { ContactTable } from './contacts.ts';
import type { MessageTable } from './messages.ts';
import { integer, prepare } from './statement.ts';

/** 132 bits of a SHA-256: enough that no two keys ever share them, and every message pays for the index. */
const keyHashLength = 22;

/** What comes in from outside: messages, and addresses that are given to contacts. */
export function inboundCommands(database: DatabaseSync, contacts: ContactTable, messages: MessageTable) {
  const insertKey = prepare(
    database,
    'INSERT INTO received (key_hash, contact) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const selectKey = prepare(database, 'SELECT contact FROM received WHERE key_hash = ?');

  function duplicateOf(keyHash: string): Received | undefined {
    const earlier = selectKey.get(keyHash);
    if (!earlier) return undefined;
    const contactId = contacts.idOf(integer(earlier[0]));
    return { outcome: 'duplicate', ...(contactId !== undefined && { contactId }) };
  }

  return {
    receive(inbound: NewInbound): Received {
      const { key, address, newContact, at } = inbound;
      const keyHash = hash('sha256', key, 'base64url').slice(0, keyHashLength);
      const known = contacts.findAddress(address.id);
      if (known) {
        if (insertKey.run(keyHash, known.contact).changes === 0)
          return duplicateOf(keyHash) ?? { outcome: 'duplicate' };
        messages.addInbound(known.contact, known.row, inbound);
        return { outcome: 'stored', contactId: known.contactId };
      }
      const duplicate = duplicateOf(keyHash);
      if (duplicate) return duplicate;
      if (!newContact) return { outcome: 'unknown' };
      const contact = contacts.create({ ...newContact, at });
      insertKey.run(keyHash, contact);
      messages.addInbound(contact, contacts.addAddress(contact, address), inbound);
      return { outcome: 'stored', contactId: newContact.id };
    },

    attachAddress({ address, contactId, newContact, at }: Parameters<Store['attachAddress']>[0]): {
      contactId: string;
      created: boolean;
    } {
      const known = contacts.findAddress(address.id);
      if (known) return { contactId: known.contactId, created: false };
      if (contactId === undefined) {
        contacts.addAddress(contacts.create({ ...newContact, at }), address);
        return { contactId: newContact.id, created: true };
      }
      const contact = contacts.rowOf(contactId);
      if (contact === undefined) throw new StoreError('not_found', `There is no contact ${contactId}`);
      contacts.addAddress(contact, address);
      return { contactId, created: false };
    },

    recordInboundFailure({
      contactId,
      seq,
      reason,
      quarantine,
    }: Parameters<Store['recordInboundFailure']>[0]): void {
      const contact = contacts.rowOf(contactId);
      if (contact !== undefined) messages.noteFailure(contact, seq, reason, quarantine);
    },
  };
}
