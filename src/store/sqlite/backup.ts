import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import { type BackupNote, reachDisk, requireWhole, writeNote } from './backup-file.ts';
import { requireCurrentSchema } from './migrations.ts';
import { createPrivateFile } from './private-file.ts';
import { openToRead } from './read-only.ts';
import { prepare } from './statement.ts';

export interface BackupRequest extends BackupNote {
  /** Where the store is. */
  readonly directory: string;
  /** The file to write; it must not exist, and gets its name when it is whole. */
  readonly file: string;
}

/**
 * Copies the store as it is at one moment, also while a server writes to it: everything that was committed before this was called is in the
 * copy. The server is not held up. Only the owner of the file may read it. Returns its size in bytes.
 */
export function backUpSqliteStore({ directory, file, ...note }: BackupRequest): number {
  if (existsSync(file)) throw new StoreError('conflict', `${file} exists already`);
  const unfinished = `${file}.unfinished`;
  const source = openToRead(directory);
  try {
    requireCurrentSchema(source);
    rmSync(unfinished, { force: true });
    createPrivateFile(unfinished);
    prepare(source, 'VACUUM INTO ?').run(unfinished);
    const copy = new DatabaseSync(unfinished);
    try {
      copy.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL');
      writeNote(copy, note);
      requireWhole(copy, unfinished);
    } finally {
      copy.close();
    }
    reachDisk(unfinished);
    renameSync(unfinished, file);
    reachDisk(dirname(file));
    return statSync(file).size;
  } catch (error) {
    rmSync(unfinished, { force: true });
    if (error instanceof StoreError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const words = `${file} could not be written: ${reason}. Is there room for it, and may this account write there?`;
    throw new StoreError('unavailable', words, { cause: error });
  } finally {
    source.close();
  }
}
