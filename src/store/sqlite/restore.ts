import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import { openBackup, reachDisk, removeNote } from './backup-file.ts';
import { factTable } from './facts.ts';
import { createPrivateDirectory, createPrivateFile } from './private-file.ts';
import { takeServingLock } from './serving-lock.ts';
import { asStoreError } from './sqlite-error.ts';
import { prepare } from './statement.ts';

export interface RestoreRequest {
  readonly file: string;
  /** The data folder. */
  readonly directory: string;
  /** Where the key of the data in this folder stands. */
  readonly keyPath: string;
  /** Whether data that is there already may be put aside. */
  readonly force: boolean;
  readonly at: string;
  /**
   * Decides, before anything is changed, whether the data can be used here: of the key in the backup, where it holds one, and of the
   * fingerprint of the key that the data was written with. Throws when it cannot.
   */
  readonly acceptKey: (secretKey: string | undefined, fingerprint: string | undefined) => void;
}

export interface Restored {
  /** When the backup was made. */
  readonly madeAt: string;
  /** Where the data of before was put; absent when there was none. */
  readonly replaced?: string;
}

const databaseName = 'kashuv.db';

/** What a restore has prepared and not yet put in its place. */
const preparing = '.restoring';

/**
 * Puts the data of a backup into a data folder that nobody serves. Everything is checked and prepared before the data of before is put aside,
 * and then it takes the moment of a few renames; one that was interrupted there is noticed at the next start.
 */
export function restoreSqliteStore(request: RestoreRequest): Restored {
  const { file, directory, keyPath, force, at, acceptKey } = request;
  const { database, note } = openBackup(file);
  try {
    acceptKey(note.secretKey, fingerprintIn(database));
  } finally {
    database.close();
  }
  createPrivateDirectory(directory);
  const releaseLock = takeServingLock(directory);
  try {
    const target = join(directory, databaseName);
    const occupied = existsSync(target);
    if (occupied && !force)
      throw new StoreError(
        'conflict',
        `There is data in ${directory} already. With --force it is put aside, into a folder within, and replaced.`,
      );
    prepareDatabase(file, `${target}${preparing}`);
    if (note.secretKey !== undefined)
      writeFileSync(`${keyPath}${preparing}`, note.secretKey, { mode: 0o600 });

    const replaced = putAside({ directory, keyPath, at });
    if (note.secretKey !== undefined) renameSync(`${keyPath}${preparing}`, keyPath);
    renameSync(`${target}${preparing}`, target);
    reachDisk(directory);
    return { madeAt: note.madeAt, ...(replaced !== undefined && { replaced }) };
  } catch (error) {
    throw asStoreError(error);
  } finally {
    releaseLock();
  }
}

/** Whether a restore was interrupted after the data of before was put aside: the folder looks empty, and must not be taken for new. */
export function requireNoHalfRestore(directory: string): void {
  const target = join(directory, databaseName);
  if (!existsSync(`${target}${preparing}`) || existsSync(target)) return;
  throw new StoreError(
    'unavailable',
    `A restore into ${directory} was interrupted. Run "npm run restore" once more: the data of before is in a folder within.`,
  );
}

function prepareDatabase(file: string, path: string): void {
  rmSync(path, { force: true });
  createPrivateFile(path);
  copyFileSync(file, path);
  const copy = new DatabaseSync(path);
  try {
    copy.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL');
    removeNote(copy);
  } finally {
    copy.close();
  }
  reachDisk(path);
}

/** The write-ahead log belongs to the database: without it what was committed last is lost. */
function putAside({
  directory,
  keyPath,
  at,
}: Pick<RestoreRequest, 'directory' | 'keyPath' | 'at'>): string | undefined {
  const names = ['', '-wal', '-shm'].map((suffix) => join(directory, `${databaseName}${suffix}`));
  const files = [...names, keyPath].filter((path) => existsSync(path));
  if (files.length === 0) return undefined;
  const aside = join(directory, `replaced-${at.replaceAll(':', '-')}`);
  mkdirSync(aside, { mode: 0o700 });
  for (const path of files) renameSync(path, join(aside, basename(path)));
  reachDisk(aside);
  return aside;
}

function fingerprintIn(database: DatabaseSync): string | undefined {
  const hasFacts = prepare(database, `SELECT 1 FROM sqlite_schema WHERE name = 'facts'`).get() !== undefined;
  return hasFacts ? factTable(database).readKeyFingerprint() : undefined;
}
