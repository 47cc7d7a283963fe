import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { meet } from '../contracts/store/sample.ts';
import { programWith } from '../support/program.ts';

const directory = mkdtempSync(join(tmpdir(), 'kashuv-privacy-'));
const { command, serve, stop } = programWith({ DATA_DIR: directory });

beforeAll(async () => {
  await serve();
  await stop();
  const store = await openSqliteStore({ directory });
  for (const person of ['ada', 'ben']) await meet(store, person);
  await store.close();
}, 60_000);

afterEach(async () => {
  await stop('SIGKILL');
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('a person is erased with the server stopped, and another with it running', async () => {
  expect(await command('erase', 'ada')).toMatchObject({ code: 0, errors: '' });
  await serve();
  expect(await command('erase', 'ben')).toMatchObject({ code: 0, errors: '' });
  const again = await command('erase', 'ben');
  expect([again.code, again.errors]).toEqual([1, 'There is no such contact.\n']);
  await stop();
  const store = await openSqliteStore({ directory });
  expect((await store.listContacts({ limit: 10 })).items).toEqual([]);
  await store.close();
});

test('what is old is removed by its age in days, and nothing else is a number of days', async () => {
  const removed = await command('forget', '30');
  expect(removed).toMatchObject({ code: 0, output: expect.stringContaining('0 sessions and 0 messages') });
  for (const days of ['0', '-1', 'many', '1.5']) {
    const { code, errors } = await command('forget', '--', days);
    expect([code, errors]).toEqual([1, 'Write a number of days, 1 or more.\n']);
  }
});
