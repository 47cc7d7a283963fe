import type { DatabaseSync } from 'node:sqlite';
import type { Credential } from '../records.ts';
import { prepare, type Row, text } from './statement.ts';

/** Codes that open something, by their hash. */
export function credentialTable(database: DatabaseSync) {
  const upsert = prepare(
    database,
    `
    INSERT INTO credentials (kind, hash, contact_id, expires_at, body) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (kind, hash) DO UPDATE SET
      contact_id = excluded.contact_id, expires_at = excluded.expires_at, body = excluded.body`,
  );
  const select = prepare(
    database,
    'SELECT body FROM credentials WHERE kind = ? AND hash = ? AND expires_at > ?',
  );
  const take = prepare(
    database,
    'DELETE FROM credentials WHERE kind = ? AND hash = ? AND expires_at > ? RETURNING body',
  );
  const deleteOfContact = prepare(database, 'DELETE FROM credentials WHERE contact_id = ?');
  const deleteExpired = prepare(database, 'DELETE FROM credentials WHERE expires_at < ?');

  return {
    save(credential: Credential): void {
      const { kind, hash, survey, expiresAt } = credential;
      upsert.run(kind, hash, survey?.contactId ?? null, expiresAt, JSON.stringify(credential));
    },

    find(kind: Credential['kind'], hash: string, now: string): Credential | undefined {
      return credentialOf(select.get(kind, hash, now));
    },

    redeem(kind: Credential['kind'], hash: string, now: string): Credential | undefined {
      return credentialOf(take.get(kind, hash, now));
    },

    removeOfContact(contactId: string): void {
      deleteOfContact.run(contactId);
    },

    removeExpired(before: string): void {
      deleteExpired.run(before);
    },
  };
}

export type CredentialTable = ReturnType<typeof credentialTable>;

function credentialOf(row: Row | undefined): Credential | undefined {
  return row && JSON.parse(text(row[0]));
}
