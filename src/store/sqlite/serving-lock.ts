import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import { createPrivateFile } from './private-file.ts';
import { isBusy } from './sqlite-error.ts';

/**
 * Makes this process the only one that serves a data directory. The lock is SQLite's own exclusive lock on a file beside the data, which
 * the operating system releases when the process ends, however it ends. Returns the function that releases it.
 */
export function takeServingLock(directory: string): () => void {
  const path = join(directory, 'serving.lock');
  createPrivateFile(path);
  const lock = new DatabaseSync(path);
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (!isBusy(cause)) throw cause;
    throw new StoreError(
      'locked',
      `Another Kashuv process serves ${directory}: stop it first, or set DATA_DIR to another directory`,
      { cause },
    );
  }
  return () => lock.close();
}
