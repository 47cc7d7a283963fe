import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { moment } from '../engine/conversation.ts';
import { writeCopies } from './copies.ts';
import { addressBook, hold, page } from './hold.ts';
import type { Person } from './people.ts';
import { readTemplate } from './template.ts';

export interface Filling {
  /** Each of them holds one conversation with the product itself; the others are copies of these. */
  readonly people: readonly Person[];
  readonly count: number;
  /** Whose conversation a copy is of, by index, and when it began. */
  readonly copyAt: (index: number) => { readonly person: number; readonly beganAt: string };
}

/** The address of a copy, by which its contact can come back. */
export function addressOfCopy(index: number): string {
  return `copy-${index}`;
}

/** Fills an embedded store in a folder that is empty. */
export async function fillStore(folder: string, { people, count, copyAt }: Filling): Promise<void> {
  const talks = people.map((person, index) => ({ person, address: `person-${index}` }));
  await hold(folder, talks, moment);

  const path = join(folder, 'kashuv.db');
  const database = new DatabaseSync(path);
  try {
    // Whoever is interrupted begins anew, so nothing has to be safe before the end.
    database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000');
    const contactOf = database.prepare('SELECT contact FROM addresses WHERE id = ?');
    const templates = talks.map(({ address }) => {
      const { id } = addressBook.register(page.channel, page.account, address);
      return readTemplate(database, Number(contactOf.get(id)?.contact));
    });
    writeCopies(database, count, (index) => {
      const { person, beganAt } = copyAt(index);
      const template = templates[person];
      if (!template) throw new Error(`There is no person ${person}`);
      const address = addressBook.register(page.channel, page.account, addressOfCopy(index));
      return { template, beganAt, address };
    });
    database.exec('PRAGMA journal_mode = WAL');
  } finally {
    database.close();
  }
  await flush(path);
}

/** So that nobody's first commit has to wait for all that was filled in. */
async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
}
