import { StoreError } from '../errors.ts';

/** A failure of SQLite as the contract names it; anything else, a broken invariant of ours, stays what it is. */
export function asStoreError(error: unknown): unknown {
  if (!isSqliteError(error)) return error;
  return new StoreError('unavailable', `The database cannot do this now: ${error.message}`, { cause: error });
}

// Result codes: https://www.sqlite.org/rescode.html
const busy = 5;
const outOfMemory = 7;
const readOnly = 8;
const inputOutput = 10;
const full = 13;
const writeFailed = 778;

/**
 * Whether a failed COMMIT may yet turn out to have happened. Not when it could not begin, and not when a page could not be written,
 * because the page that completes a commit is written last.
 */
export function leavesOutcomeOpen(error: unknown): boolean {
  if (!isSqliteError(error)) return true;
  if (error.errcode === writeFailed) return false;
  const primary = error.errcode & 0xff;
  return primary === inputOutput || ![busy, outOfMemory, readOnly, full].includes(primary);
}

/** Whether another connection holds a lock that is needed. */
export function isBusy(error: unknown): boolean {
  return isSqliteError(error) && (error.errcode & 0xff) === busy;
}

interface SqliteError extends Error {
  readonly errcode: number;
}

function isSqliteError(error: unknown): error is SqliteError {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
}
