import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../../src/store/sqlite/index.ts';
import { migrations } from '../../../src/store/sqlite/migrations.ts';
import { totalsOf } from '../../../src/store/totals.ts';
import { addressOf, claim, messageFrom, moment, read, saidBy } from '../../contracts/store/sample.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/store');

test('every schema version has a store that was written by it', () => {
  const versions = migrations.map((_, index) => `schema-${index + 1}.sql`);
  expect(readdirSync(fixtures).toSorted()).toEqual(versions.toSorted());
});

describe.each(migrations.map((_, index) => index + 1))('a store of schema version %i', (version) => {
  const open = async (
    look: (store: Awaited<ReturnType<typeof openSqliteStore>>, path: string) => Promise<void>,
  ) => {
    const directory = mkdtempSync(join(tmpdir(), 'kashuv-migration-'));
    const path = join(directory, 'kashuv.db');
    const written = new DatabaseSync(path);
    written.exec(readFileSync(join(fixtures, `schema-${version}.sql`), 'utf8'));
    written.close();
    const store = await openSqliteStore({ directory });
    try {
      await look(store, path);
    } finally {
      await store.close();
      rmSync(directory, { recursive: true });
    }
  };

  test('has the newest schema after it was opened, the same as a new store', () =>
    open(async (_, path) => {
      const directory = mkdtempSync(join(tmpdir(), 'kashuv-new-'));
      await (await openSqliteStore({ directory })).close();
      const schemaOf = (file: string) => {
        const database = new DatabaseSync(file, { readOnly: true });
        const objects = database.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
        const marks = ['user_version', 'application_id'].map((mark) =>
          database.prepare(`PRAGMA ${mark}`).get(),
        );
        database.close();
        return { objects: objects.map(({ name, sql }) => [name, words(String(sql))]), marks };
      };
      expect(schemaOf(path)).toEqual(schemaOf(join(directory, 'kashuv.db')));
      rmSync(directory, { recursive: true });
    }));

  test('keeps who is there and what was said', () =>
    open(async (store) => {
      const { contact, pending } = await read(store, 'ada');
      expect(contact).toMatchObject({
        version: 4,
        attributes: { tier: 'gold' },
        addresses: [addressOf('ada')],
        wakeAt: moment(86_400),
      });
      expect(pending).toMatchObject([{ content: { kind: 'text', text: 'not handled yet' } }]);
      const messages = await store.readMessages({ contactId: 'ada', limit: 10 });
      expect(messages.map(({ state }) => state)).toEqual(['handled', 'sent', 'claimed', 'queued', 'pending']);
      expect(messages[1]).toMatchObject({ providerMessageId: 'provider-1', sentAt: moment(1) });
      expect(saidBy(await claim(store, 62))).toEqual(['claimed', 'queued']);
    }));

  test('keeps sessions, answers, totals, cases, questionnaires and credentials', () =>
    open(async (store) => {
      expect(await store.readEvents('session-1')).toHaveLength(1);
      const { items: answers } = await store.listAnswers({ limit: 10 });
      expect(answers.map(({ questionId, value }) => [questionId, value])).toEqual([
        ['recommend', 9],
        ['reasons', ['price', 'people']],
      ]);
      expect(await store.readTotals({})).toHaveLength(answers.flatMap(totalsOf).length);
      expect((await store.listResponses({ limit: 10 })).items).toMatchObject([{ status: 'in_progress' }]);
      expect(await store.readCase('case-1')).toMatchObject({ status: 'open' });
      expect(await store.readQuestionnaire('purchase-nps')).toMatchObject({ revision: 1 });
      expect(await store.findCredential('survey_link', 'hash-1', moment())).toBeDefined();
    }));

  test('still knows the messages that it has received, also of those who were erased', () =>
    open(async (store) => {
      for (const [person, text] of [
        ['ada', 'שלום'],
        ['ada', 'not handled yet'],
        ['erased', 'gone'],
      ] as const)
        expect(await store.receive(messageFrom(person, text))).toMatchObject({ outcome: 'duplicate' });
      expect(await store.receive(messageFrom('ben', 'hello'))).toMatchObject({ outcome: 'stored' });
      expect(await store.receive(messageFrom('erased', 'gone'))).toEqual({ outcome: 'duplicate' });
    }));
});

/** SQL without its comments and line breaks. */
function words(sql: string): string {
  return sql.replaceAll(/--.*$/gm, '').replaceAll(/\s+/g, ' ');
}
