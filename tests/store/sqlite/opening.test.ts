import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteStore } from '../../../src/store/sqlite/index.ts';
import { meet } from '../../contracts/store/sample.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kashuv-opening-'));
});

afterEach(() => rmSync(root, { recursive: true }));

test('the directory and every file in it are for their owner only', async () => {
  const directory = join(root, 'deep', 'data');
  const store = await openSqliteStore({ directory });
  await meet(store, 'ada');
  const modeOf = (path: string) => statSync(path).mode & 0o777;
  expect(modeOf(directory)).toBe(0o700);
  const files = readdirSync(directory);
  expect(files).toContain('kashuv.db');
  expect(files).toContain('kashuv.db-wal');
  expect(files.map((name) => [name, modeOf(join(directory, name))])).toEqual(
    files.map((name) => [name, 0o600]),
  );
  await store.close();
});

test('a second store on the same directory is refused in words, until the first is closed', async () => {
  const first = await openSqliteStore({ directory: root });
  await meet(first, 'ada');
  await expect(openSqliteStore({ directory: root })).rejects.toMatchObject({
    name: 'StoreError',
    code: 'locked',
    message: expect.stringMatching(/^Another Kashuv process serves .*: stop it first, or set DATA_DIR/),
  });
  await expect(first.check()).resolves.toBeUndefined();
  await first.close();
  const second = await openSqliteStore({ directory: root });
  expect(await second.readContact('ada')).toBeDefined();
  await second.close();
});

test('stores on different directories do not know of each other', async () => {
  const stores = await Promise.all(
    ['a', 'b'].map((name) => openSqliteStore({ directory: join(root, name) })),
  );
  const memory = await Promise.all([1, 2].map(() => openSqliteStore({ directory: ':memory:' })));
  const [first, ...others] = [...stores, ...memory];
  if (first) await meet(first, 'ada');
  for (const other of others) expect(await other.readContact('ada')).toBeUndefined();
  await Promise.all([...stores, ...memory].map((store) => store.close()));
});

test('a file of a newer version is refused and stays as it is', async () => {
  const path = join(root, 'kashuv.db');
  const newer = new DatabaseSync(path);
  newer.exec('CREATE TABLE tomorrow (row INTEGER); PRAGMA user_version = 9999');
  newer.close();
  const before = statSync(path).size;
  await expect(openSqliteStore({ directory: root })).rejects.toMatchObject({
    code: 'schema_newer',
    message: expect.stringContaining('schema 9999'),
  });
  expect(statSync(path).size).toBe(before);
});

test('a file that is no database is refused, and the lock is free again', async () => {
  writeFileSync(join(root, 'kashuv.db'), 'a letter to my grandmother\n'.repeat(100));
  for (let attempt = 0; attempt < 2; attempt += 1)
    await expect(openSqliteStore({ directory: root })).rejects.toMatchObject({ code: 'unavailable' });
});

test('a directory that cannot be made is refused', async () => {
  writeFileSync(join(root, 'file'), '');
  await expect(openSqliteStore({ directory: join(root, 'file', 'data') })).rejects.toMatchObject({
    code: 'unavailable',
  });
});

test('a directory that exists keeps its rights', async () => {
  const directory = join(root, 'shared');
  mkdirSync(directory, { mode: 0o750 });
  const before = statSync(directory).mode;
  await (await openSqliteStore({ directory })).close();
  expect(statSync(directory).mode).toBe(before);
});

test('a closed store refuses everything, and closing it twice does nothing', async () => {
  const store = await openSqliteStore({ directory: root });
  await Promise.all([store.close(), store.close()]);
  await store.close();
  await expect(store.check()).rejects.toMatchObject({ code: 'unavailable' });
  await expect(store.findContact('x')).rejects.toMatchObject({ code: 'unavailable' });
  await expect(store.eraseContact('x', '')).rejects.toMatchObject({ code: 'unavailable' });
});

test('the file is kept with a write-ahead log', async () => {
  const store = await openSqliteStore({ directory: root });
  await store.close();
  const database = new DatabaseSync(join(root, 'kashuv.db'));
  expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  database.close();
});
