import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import { markAsOurs } from './migrations.ts';
import { asStoreError, leavesOutcomeOpen } from './sqlite-error.ts';

/** Commands that share transactions: what a process asks for within one turn of its event loop is made durable together. */
export interface GroupedCommits {
  /**
   * Runs the command in the next transaction; resolves when that is committed, right after `committed` was called. A command that throws is
   * undone alone.
   */
  run<Result>(command: () => Result, committed?: (result: Result) => void): Promise<Result>;
  /** Runs a read at once. */
  read<Result>(query: () => Result): Result;
  /** Does something that must not happen inside a transaction. */
  between(act: () => void): void;
  /** Refuses what comes from now on and resolves when nothing waits any more. */
  close(): Promise<void>;
}

export interface GroupedCommitsOptions {
  readonly database: Pick<DatabaseSync, 'exec' | 'isTransaction'>;
  /** Called after a commit, before anybody is told of it. */
  readonly onCommitted?: ((commands: number) => void) | undefined;
}

interface Command {
  attempt(): void;
  resolve(): void;
  reject(error: unknown): void;
}

/** So that a burst cannot keep the event loop busy with a single transaction. */
const commandsPerCommitMax = 256;

/**
 * The commit's fsync is what a command mostly waits for, and it holds up the event loop meanwhile: requests gather, and the next group
 * takes them all. Commands run without a savepoint each, which would have SQLite copy every page once more; only when one of them throws is
 * the group rolled back and run again with savepoints. A command may therefore run twice and must touch nothing but the database.
 */
export function groupCommits({ database, onCommitted }: GroupedCommitsOptions): GroupedCommits {
  const waiting: Command[] = [];
  let scheduled = false;
  let closed = false;
  let outcomeOpen = false;
  let reading = false;
  let whenIdle: (() => void) | undefined;

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  }

  function flush(): void {
    scheduled = false;
    if (reading) endReading();
    const group = waiting.splice(0, commandsPerCommitMax);
    if (waiting.length > 0) schedule();
    if (group.length > 0) commit(group);
    if (waiting.length === 0) whenIdle?.();
  }

  function commit(group: readonly Command[]): void {
    let accepted: readonly Command[];
    try {
      settle();
      database.exec('BEGIN IMMEDIATE');
      accepted = runTogether(group) ? group : runApart(group);
    } catch (error) {
      rollBack();
      for (const command of group) command.reject(asStoreError(error));
      return;
    }
    try {
      database.exec('COMMIT');
    } catch (error) {
      rollBack();
      outcomeOpen = leavesOutcomeOpen(error);
      const code = outcomeOpen ? 'unknown_outcome' : 'unavailable';
      for (const command of accepted)
        command.reject(new StoreError(code, 'The commit failed', { cause: error }));
      return;
    }
    onCommitted?.(accepted.length);
    for (const command of accepted) command.resolve();
  }

  function runTogether(group: readonly Command[]): boolean {
    try {
      for (const command of group) command.attempt();
      return true;
    } catch (error) {
      rollBack();
      if (group.length > 1) {
        database.exec('BEGIN IMMEDIATE');
        return false;
      }
      throw error;
    }
  }

  function runApart(group: readonly Command[]): Command[] {
    return group.filter((command) => {
      database.exec('SAVEPOINT command');
      try {
        command.attempt();
        database.exec('RELEASE command');
        return true;
      } catch (error) {
        // A full disk or a failing one ends the whole transaction.
        if (!database.isTransaction) throw error;
        database.exec('ROLLBACK TO command; RELEASE command');
        command.reject(asStoreError(error));
        return false;
      }
    });
  }

  /** Reads of one tick share a transaction as well: each of its own would take and release SQLite's file locks. */
  function beginReading(): void {
    database.exec('BEGIN');
    reading = true;
    schedule();
  }

  function endReading(): void {
    reading = false;
    rollBack();
  }

  function rollBack(): void {
    if (database.isTransaction) database.exec('ROLLBACK');
  }

  /**
   * After a failed fsync the lost commit may still stand in the log and would come back if the process died now. Any further commit
   * overwrites it there; only then does reading tell the truth.
   */
  function settle(): void {
    if (!outcomeOpen) return;
    try {
      database.exec(`BEGIN IMMEDIATE; ${markAsOurs}; COMMIT`);
      outcomeOpen = false;
    } catch (error) {
      rollBack();
      throw error;
    }
  }

  return {
    run(command, committed) {
      if (closed) return Promise.reject(new StoreError('unavailable', 'The store is closed'));
      const { promise, resolve, reject } = Promise.withResolvers<ReturnType<typeof command>>();
      let result: ReturnType<typeof command>;
      waiting.push({
        attempt() {
          result = command();
        },
        resolve() {
          committed?.(result);
          resolve(result);
        },
        reject,
      });
      schedule();
      return promise;
    },
    read(query) {
      if (closed) throw new StoreError('unavailable', 'The store is closed');
      try {
        settle();
        if (!reading) beginReading();
        return query();
      } catch (error) {
        throw asStoreError(error);
      }
    },
    between(act) {
      if (reading) endReading();
      act();
    },
    async close() {
      closed = true;
      if (!scheduled) return;
      await new Promise<void>((resolve) => {
        whenIdle = resolve;
      });
    },
  };
}
