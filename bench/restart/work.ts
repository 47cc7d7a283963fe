import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

/** What an embedded store has to do, read beside the server that serves it. */
export interface Work {
  /** Contacts with a timer that is due. */
  readonly due: number;
  /** Messages that nobody has handled. */
  readonly unfinished: number;
}

const catchUpSecondsMax = 60;
const lookMilliseconds = 50;

export function readWork(folder: string): Work {
  return {
    due: count(folder, 'contacts WHERE wake_at <= ?', new Date().toISOString()),
    unfinished: count(folder, 'inbox'),
  };
}

export function countOpenSessions(folder: string): number {
  return count(folder, `contacts WHERE json_extract(head, '$.session.id') IS NOT NULL`);
}

/** Resolves when nothing is left to do. */
export async function untilCaughtUp(folder: string): Promise<void> {
  const end = performance.now() + catchUpSecondsMax * 1000;
  while (performance.now() < end) {
    const { due, unfinished } = readWork(folder);
    if (due + unfinished === 0) return;
    await wait(lookMilliseconds);
  }
  throw new Error(`There is work left after ${catchUpSecondsMax} seconds`);
}

function count(folder: string, what: string, ...parameters: string[]): number {
  const database = new DatabaseSync(join(folder, 'kashuv.db'), { readOnly: true });
  try {
    const row = database.prepare(`SELECT count(*) AS count FROM ${what}`).get(...parameters);
    return z.object({ count: z.number() }).parse(row).count;
  } finally {
    database.close();
  }
}
