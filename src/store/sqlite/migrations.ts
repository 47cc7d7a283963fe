import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import { initial } from './migrations/0001-initial.ts';
import { inboxSince } from './migrations/0002-inbox-since.ts';
import { pauses } from './migrations/0003-pauses.ts';
import { facts } from './migrations/0004-facts.ts';
import { listingIndexes } from './migrations/0005-listings.ts';
import { integer, prepare } from './statement.ts';

/** Each brings the schema from the version that is its index to the next. One that was released is never changed again. */
export const migrations: readonly string[] = [initial, inboxSince, pauses, facts, listingIndexes];

/** "Kshv", in the file's header, where SQLite keeps a place for whose file it is. */
export const applicationId = 0x4b736876;

export const markAsOurs = `PRAGMA application_id = ${applicationId}`;

/** Brings the schema up to date in one transaction; rejects a schema that a newer version of Kashuv has made. */
export function migrate(database: DatabaseSync): void {
  const version = schemaVersion(database);
  if (version === migrations.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.exec(markAsOurs);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Rejects a schema that another version of Kashuv has made: whoever only reads cannot bring it up to date. */
export function requireCurrentSchema(database: DatabaseSync): void {
  const version = schemaVersion(database);
  if (version < migrations.length)
    throw new StoreError(
      'schema_older',
      `The data was written by an older version of Kashuv (schema ${version}, this one writes ${migrations.length}). Start Kashuv once: that brings it up to date.`,
    );
}

/** The version of a file's schema, 0 of an empty one; rejects one that is newer than this version of Kashuv, and a file of somebody else. */
export function schemaVersion(database: DatabaseSync): number {
  const version = integer(prepare(database, 'PRAGMA user_version').get()?.[0]);
  if (version > migrations.length)
    throw new StoreError(
      'schema_newer',
      `The data was written by a newer version of Kashuv (schema ${version}, this one knows ${migrations.length}). Use that version.`,
    );
  return version;
}
