import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moment } from '../../bench/engine/conversation.ts';
import { addressOfCopy, fillStore } from '../../bench/filled-store/fill.ts';
import { addressBook, hold, page, reply, secretKey } from '../../bench/filled-store/hold.ts';
import { people, unhandled } from '../../bench/filled-store/people.ts';
import { ownedTables } from '../../bench/filled-store/tables.ts';
import { readTemplate } from '../../bench/filled-store/template.ts';
import { type App, createApp } from '../../src/app.ts';
import { testConfig } from '../support/test-app.ts';

// The benches fill large stores by copying rows, which tells something only while the rows are those that the store itself writes.

const talkers = [...people, unhandled];
const monthLater = new Date(Date.parse(moment) + 30 * 24 * 3_600_000).toISOString();

describe('a store that was filled with copies', () => {
  let folder: string;
  let held: DatabaseSync;
  let filled: DatabaseSync;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kashuv-filled-'));
    // Everybody twice, the second time a month later and under the addresses of the copies.
    const first = talkers.map((person, index) => ({ person, address: `person-${index}` }));
    await hold(join(folder, 'held'), first, moment);
    const again = talkers.map((person, index) => ({ person, address: addressOfCopy(index) }));
    await hold(join(folder, 'held'), again, monthLater);
    await fillStore(join(folder, 'filled'), {
      people: talkers,
      count: talkers.length,
      copyAt: (index) => ({ person: index, beganAt: beganAt(first[index]?.address ?? '') }),
    });
    held = new DatabaseSync(join(folder, 'held', 'kashuv.db'), { readOnly: true });
    filled = new DatabaseSync(join(folder, 'filled', 'kashuv.db'), { readOnly: true });
  });

  afterAll(() => {
    held.close();
    filled.close();
    rmSync(folder, { recursive: true });
  });

  /** When the second conversation with somebody began, so that the copy begins at the same moment. */
  function beganAt(address: string): string {
    const database = new DatabaseSync(join(folder, 'held', 'kashuv.db'), { readOnly: true });
    const row = contactRow(database, address) + talkers.length;
    const head = database.prepare('SELECT head FROM contacts WHERE row = ?').get(row)?.head;
    database.close();
    return JSON.parse(String(head)).createdAt;
  }

  test('has every row of a conversation as the store writes it', () => {
    for (const index of talkers.keys()) {
      const address = addressOfCopy(index);
      expect(readTemplate(filled, contactRow(filled, address))).toEqual(
        readTemplate(held, contactRow(held, address)),
      );
    }
  });

  test('has the same rows in every table', () => {
    const tables = tableNames(held);
    expect(tableNames(filled)).toEqual(tables);
    for (const table of tables)
      expect([table, countOf(filled, table)]).toEqual([table, countOf(held, table)]);
    expect(tables).toEqual(expect.arrayContaining(ownedTables.map(({ name }) => name)));
  });

  test('has the same moments, totals and keys of messages', () => {
    for (const sql of [
      'SELECT * FROM totals ORDER BY questionnaire, question, touchpoint, channel, language, day, value',
      'SELECT at FROM messages ORDER BY at',
      'SELECT key_hash FROM received ORDER BY key_hash',
    ])
      expect(filled.prepare(sql).all()).toEqual(held.prepare(sql).all());
  });

  test('is whole', () => {
    expect(filled.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    expect(filled.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  });
});

describe('a copied conversation', () => {
  let folder: string;
  let app: App;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kashuv-filled-'));
    await fillStore(folder, {
      people: [unhandled],
      count: 2,
      copyAt: () => ({ person: 0, beganAt: new Date().toISOString() }),
    });
    app = await createApp({ config: testConfig({ DATA_DIR: folder, SECRET_KEY: secretKey }) });
  });

  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  async function contactAt(address: string) {
    const contactId = await app.store.findContact(addressBook.identify(page.channel, page.account, address));
    return app.store.readContact(contactId ?? '');
  }

  test('goes on where it stood', async () => {
    const before = await contactAt(addressOfCopy(0));
    expect(before?.pending.map(({ content }) => content)).toEqual([{ kind: 'text', text: '6' }]);
    await app.conversations.sweep();
    await reply(app, addressOfCopy(0), 'more', '2');
    await app.conversations.idle();
    const after = await contactAt(addressOfCopy(0));
    expect(after?.pending).toEqual([]);
    expect(before?.contact.session?.state.at).toBe('ease');
    expect(after?.contact.session?.state.at).toBe('liked');
  });

  test('knows the messages that it had', async () => {
    const before = await contactAt(addressOfCopy(1));
    await reply(app, addressOfCopy(1), 'message-0', '10');
    await app.conversations.idle();
    expect((await contactAt(addressOfCopy(1)))?.contact).toEqual(before?.contact);
  });
});

function contactRow(database: DatabaseSync, address: string): number {
  const id = addressBook.identify(page.channel, page.account, address);
  return Number(database.prepare('SELECT contact FROM addresses WHERE id = ?').get(id)?.contact);
}

function tableNames(database: DatabaseSync): string[] {
  const rows = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).all();
  return rows.map(({ name }) => String(name));
}

function countOf(database: DatabaseSync, table: string): number {
  return Number(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.count);
}
