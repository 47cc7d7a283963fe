import { closeSync, fsyncSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import { applicationId, schemaVersion } from './migrations.ts';
import { integer, optionalText, prepare, text } from './statement.ts';

/** What a backup says about itself. It stands in a table of the file, so that a backup is one file. */
export interface BackupNote {
  readonly madeAt: string;
  /** The secret key that its addresses are sealed with, where it stood beside the data. */
  readonly secretKey: string | undefined;
}

export function writeNote(database: DatabaseSync, { madeAt, secretKey }: BackupNote): void {
  database.exec('CREATE TABLE backup (made_at TEXT NOT NULL, secret_key TEXT) STRICT');
  prepare(database, 'INSERT INTO backup (made_at, secret_key) VALUES (?, ?)').run(madeAt, secretKey ?? null);
}

export function removeNote(database: DatabaseSync): void {
  database.exec('PRAGMA secure_delete = ON; DROP TABLE backup');
}

/**
 * Opens a backup to read it. Rejects with `unavailable` what is none or is damaged, and with `schema_newer` one of a newer version of
 * Kashuv.
 */
export function openBackup(file: string): { readonly database: DatabaseSync; readonly note: BackupNote } {
  const noBackup = `${file} is not a backup that "npm run backup" made`;
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(file, { readOnly: true });
  } catch (cause) {
    throw new StoreError('unavailable', `${file} cannot be read`, { cause });
  }
  try {
    if (integer(prepare(database, 'PRAGMA application_id').get()?.[0]) !== applicationId)
      throw new StoreError('unavailable', noBackup);
    schemaVersion(database);
    const [madeAt, secretKey] = prepare(database, 'SELECT made_at, secret_key FROM backup').get() ?? [];
    requireWhole(database, file);
    return { database, note: { madeAt: text(madeAt), secretKey: optionalText(secretKey ?? null) } };
  } catch (error) {
    database.close();
    throw error instanceof StoreError ? error : new StoreError('unavailable', noBackup, { cause: error });
  }
}

/** Reads the whole file, and rejects it when anything in it contradicts anything else. */
export function requireWhole(database: DatabaseSync, file: string): void {
  const [result] = prepare(database, 'PRAGMA integrity_check(1)').get() ?? [];
  if (result !== 'ok') throw new StoreError('unavailable', `${file} is damaged: ${result}`);
  if (prepare(database, 'PRAGMA foreign_key_check').get())
    throw new StoreError('unavailable', `${file} is damaged: it holds rows that belong to nobody`);
}

/** Resolves to nothing before the file, or the names in a folder, have reached the disk. */
export function reachDisk(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
