import type { DatabaseSync } from 'node:sqlite';
import type { LeaseRequest } from '../store.ts';
import { type Clock, laterBy } from './clock.ts';
import { prepare } from './statement.ts';

/** What one process does at a time. */
export function leaseTable(database: DatabaseSync, now: Clock) {
  const take = prepare(
    database,
    `INSERT INTO leases (name, holder, until) VALUES (?1, ?2, ?3)
    ON CONFLICT (name) DO UPDATE SET holder = ?2, until = ?3 WHERE holder = ?2 OR until <= ?4`,
  );
  // Whoever had a lease when this file was last closed, or was left behind by a crash, is gone: one process serves it.
  database.exec('DELETE FROM leases');
  const release = prepare(database, 'DELETE FROM leases WHERE name = ? AND holder = ?');

  return {
    take({ name, holder, seconds }: LeaseRequest): boolean {
      const at = now();
      return take.run(name, holder, laterBy(at, seconds), at).changes === 1;
    },

    release({ name, holder }: Pick<LeaseRequest, 'name' | 'holder'>): void {
      release.run(name, holder);
    },
  };
}
