import { hash, randomBytes } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import type { Address } from '../../src/store/records.ts';
import type { TotalKey } from '../../src/store/totals.ts';
import { fillIn } from './stencil.ts';
import { type OwnedTable, ownedTables, ownNumber } from './tables.ts';
import type { Cell, Template, Word } from './template.ts';

export interface Copy {
  readonly template: Template;
  /** When its first moment was. */
  readonly beganAt: string;
  readonly address: Pick<Address, 'id' | 'sealed'>;
}

/** As many conversations run at once: their rows lie between one another's, as they do when people talk at the same time. */
const talkingAtOnce = 50;

/**
 * Writes copies of conversations into the tables of an embedded store, as the store would have written them: same rows, same indexes, totals
 * included. Much faster than holding the conversations, and not durable until the file is closed.
 */
export function writeCopies(database: DatabaseSync, count: number, copyAt: (index: number) => Copy): void {
  const writer = createWriter(database);
  for (let index = 0; index < count; index += talkingAtOnce) {
    const length = Math.min(talkingAtOnce, count - index);
    writer.write(Array.from({ length }, (_, offset) => copyAt(index + offset)));
  }
  writer.end();
}

interface Begun {
  readonly copy: Copy;
  readonly words: readonly string[];
  /** The numbers of its rows by table, in the order of the template's rows. */
  readonly numbers: ReadonlyMap<OwnedTable, number[]>;
}

function createWriter(database: DatabaseSync) {
  const inserts = new Map<OwnedTable, StatementSync>();
  const insertKey = database.prepare('INSERT INTO received (key_hash, contact) VALUES (?, ?)');
  const nextNumbers = new Map(ownedTables.map(({ name }) => [name, nextNumber(database, name)]));
  /** How often each template's answers were given, by day. */
  const counts = new Map<TotalKey, Map<string, number>>();
  database.exec('BEGIN');

  function insertInto(table: OwnedTable, columns: readonly string[]): StatementSync {
    const known = inserts.get(table);
    if (known) return known;
    const marks = columns.map(() => '?').join(', ');
    const made = database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`);
    inserts.set(table, made);
    return made;
  }

  function begin(copy: Copy): Begun {
    const beganAt = Date.parse(copy.beganAt);
    const words = copy.template.words.map((word) => wordOf(word, copy, beganAt));
    return { copy, words, numbers: new Map(ownedTables.map(({ name }) => [name, []])) };
  }

  function addRow({ copy, words, numbers }: Begun, name: OwnedTable, index: number): void {
    const table = copy.template.tables.get(name);
    const cells = table?.rows[index];
    if (!table || !cells) return;
    if (ownNumber(name) !== undefined) {
      const number = nextNumbers.get(name) ?? 1;
      nextNumbers.set(name, number + 1);
      numbers.get(name)?.push(number);
    }
    const values = cells.map((cell) => cellValue(cell, words, numbers));
    insertInto(name, table.columns).run(...values);
    const key = values[table.columns.indexOf('key')];
    if (name === 'messages' && typeof key === 'string')
      insertKey.run(hash('sha256', key, 'base64url').slice(0, 22), numbers.get('contacts')?.[0] ?? 0);
  }

  function count({ copy, words }: Begun): void {
    for (const { key, answeredAt } of copy.template.totals) {
      const day = words[answeredAt]?.slice(0, 'YYYY-MM-DD'.length) ?? '';
      const days = counts.get(key) ?? new Map<string, number>();
      counts.set(key, days.set(day, (days.get(day) ?? 0) + 1));
    }
  }

  return {
    write(copies: readonly Copy[]): void {
      const begun = copies.map(begin);
      for (const { name } of ownedTables) {
        const rows = Math.max(...copies.map(({ template }) => template.tables.get(name)?.rows.length ?? 0));
        for (let index = 0; index < rows; index += 1) {
          for (const one of begun) addRow(one, name, index);
        }
      }
      begun.forEach(count);
    },

    end(): void {
      const add = database.prepare(
        `INSERT INTO totals (questionnaire, question, touchpoint, channel, language, day, value, count)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count`,
      );
      for (const [key, days] of counts) {
        const { questionnaireId, questionId, touchpointId, channel, language, value } = key;
        for (const [day, count] of days)
          add.run(questionnaireId, questionId, touchpointId, channel, language, day, value, count);
      }
      database.exec('COMMIT');
    },
  };
}

function nextNumber(database: DatabaseSync, table: OwnedTable): number {
  const column = ownNumber(table);
  if (column === undefined) return 1;
  const row = database.prepare(`SELECT coalesce(max(${column}), 0) + 1 AS next FROM ${table}`).get();
  return z.object({ next: z.number() }).parse(row).next;
}

function wordOf(word: Word, { address }: Copy, beganAt: number): string {
  switch (word.kind) {
    case 'moment':
      return new Date(beganAt + word.milliseconds).toISOString();
    case 'address':
      return address.id;
    case 'sealed':
      return address.sealed;
    case 'contact':
    case 'session':
    case 'case':
      return randomBytes(12).toString('base64url');
  }
}

function cellValue(
  cell: Cell,
  words: readonly string[],
  numbers: ReadonlyMap<OwnedTable, readonly number[]>,
): string | number | null {
  switch (cell.kind) {
    case 'plain':
      return cell.value;
    case 'text':
      return fillIn(cell.stencil, words);
    case 'number':
      return numbers.get(cell.of)?.[cell.index] ?? null;
  }
}
