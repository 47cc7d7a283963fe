import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import type { StoreReader } from '../store.ts';
import { systemClock } from './clock.ts';
import { requireCurrentSchema } from './migrations.ts';
import { openTables, readCommands } from './reads.ts';
import { asStoreError } from './sqlite-error.ts';

const busyTimeoutMilliseconds = 5000;

/**
 * Opens the embedded store only to read it, beside the process that serves it or without one. Every command sees what was committed when it was
 * given. Rejects with `not_found` when there is no store, and with `schema_newer` or `schema_older` when this version of Kashuv did not write it.
 */
export async function openSqliteReader({
  directory,
  now = systemClock,
}: {
  readonly directory: string;
  readonly now?: () => string;
}): Promise<StoreReader> {
  const database = openToRead(directory);
  try {
    requireCurrentSchema(database);
    const read = async <Result>(query: () => Result): Promise<Result> => {
      try {
        return query();
      } catch (error) {
        throw asStoreError(error);
      }
    };
    return {
      ...readCommands(database, openTables(database, now), { now, read }),
      async close() {
        if (database.isOpen) database.close();
      },
    };
  } catch (error) {
    database.close();
    throw asStoreError(error);
  }
}

/** The database itself, for whoever copies it. */
export function openToRead(directory: string): DatabaseSync {
  const path = join(directory, 'kashuv.db');
  if (!existsSync(path)) throw new StoreError('not_found', `There is no data in ${directory}`);
  try {
    return new DatabaseSync(path, { readOnly: true, timeout: busyTimeoutMilliseconds });
  } catch (error) {
    throw asStoreError(error);
  }
}
