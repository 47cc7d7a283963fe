import type { DatabaseSync } from 'node:sqlite';
import { integer, prepare } from './statement.ts';

export interface Forgetting {
  /** Empties the write-ahead log, where pages with removed texts still stand; later, while somebody reads from it. */
  forget(): void;
  stop(): void;
}

const retryMilliseconds = 5000;

/**
 * Somebody who reads an older state, as a backup does for as long as it copies, needs the log until then. Nobody waits for that: it is emptied
 * when they are done.
 */
export function createForgetting(
  database: DatabaseSync,
  {
    between,
    busyTimeoutMilliseconds,
  }: { between: (act: () => void) => void; busyTimeoutMilliseconds: number },
): Forgetting {
  let later: NodeJS.Timeout | undefined;

  function forget(): void {
    clearTimeout(later);
    later = undefined;
    between(() => {
      if (!isEmptied()) later = setTimeout(forget, retryMilliseconds).unref();
    });
  }

  function isEmptied(): boolean {
    database.exec('PRAGMA busy_timeout = 0');
    try {
      const [busy] = prepare(database, 'PRAGMA wal_checkpoint(TRUNCATE)').get() ?? [];
      return integer(busy) === 0;
    } finally {
      database.exec(`PRAGMA busy_timeout = ${busyTimeoutMilliseconds}`);
    }
  }

  return { forget, stop: () => clearTimeout(later) };
}
