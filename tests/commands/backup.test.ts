import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openConversation, postMessage } from '../support/chat-client.ts';
import { programWith } from '../support/program.ts';

const root = mkdtempSync(join(tmpdir(), 'kashuv-backup-'));
const directory = join(root, 'data');
const backup = join(root, 'backup.db');
const cli = join(import.meta.dirname, '../../src/cli.ts');
const { command, run, serve, stop } = programWith({ DATA_DIR: directory });
const keyOf = (folder: string) => readFileSync(join(folder, 'secret.key'), 'utf8');
let cookie: string | undefined;

beforeAll(async () => {
  const { url } = await serve();
  const opened = await openConversation(url, { touchpoint: 'purchase', language: 'en' });
  cookie = opened.cookie;
  await postMessage(url, opened.conversationId, { id: '1', text: '9' });
  expect(await command('backup', backup)).toMatchObject({ code: 0, errors: '' });
  await stop();
}, 60_000);

afterEach(async () => {
  await stop('SIGKILL');
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

let folders = 0;

/** Restores into a folder of its own. */
async function restored(file: string, settings: Readonly<Record<string, string>> = {}) {
  folders += 1;
  const folder = join(root, `restored-${folders}`);
  const outcome = await run('cli.ts', ['restore', file], '', { DATA_DIR: folder, ...settings });
  return { folder, ...outcome };
}

/** The backup with something done to it. */
function changed(change: (file: string) => void): string {
  folders += 1;
  const file = join(root, `changed-${folders}.db`);
  writeFileSync(file, readFileSync(backup));
  change(file);
  return file;
}

describe('[K3] a backup', () => {
  test('is one file that only its owner may read, and holds the key as well', async () => {
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    const { folder, code } = await restored(backup);
    expect(code).toBe(0);
    expect(keyOf(folder)).toBe(keyOf(directory));
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('gives back the very data: contacts, answers and the conversation where it stood', async () => {
    const { folder, output } = await restored(backup);
    expect(output).toContain('npm start');
    const examined = await run('cli.ts', ['doctor'], '', { DATA_DIR: folder });
    expect(examined).toMatchObject({ code: 0, output: expect.stringContaining('Checked 1 contact,') });
    const { url } = await serve({ DATA_DIR: folder });
    const again = await openConversation(url, { touchpoint: 'purchase', resume: true }, cookie);
    const { status } = await postMessage(url, again.conversationId, { id: '1', text: '9' });
    expect(status).toBe(202);
    await stop();
    const database = new DatabaseSync(join(folder, 'kashuv.db'));
    const counted = ['contacts', 'sessions', 'answers', 'received'].map(
      (table) => database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.count,
    );
    expect(counted).toEqual([1, 1, 1, 1]);
    expect(database.prepare(`SELECT name FROM sqlite_schema WHERE name = 'backup'`).all()).toEqual([]);
    database.close();
  });

  test('leaves the key out where SECRET_KEY is set, and asks for it', async () => {
    const settings = {
      DATA_DIR: join(root, 'keyed'),
      SECRET_KEY: 'the key of this very deployment, long enough',
    };
    await serve(settings);
    await stop();
    const file = join(root, 'keyed.db');
    const made = await run('cli.ts', ['backup', file], '', settings);
    expect(made.output).toContain('Keep SECRET_KEY with it');
    expect(readFileSync(file).includes('the key of this very deployment')).toBe(false);
    expect((await restored(file)).errors).toContain('Set SECRET_KEY to the same key');
    const wrong = await restored(file, { SECRET_KEY: 'some other key that is also long enough' });
    expect(wrong.errors).toContain('not the key that the data in the backup was written with');
    expect(existsSync(wrong.folder)).toBe(false);
    expect(await restored(file, { SECRET_KEY: settings.SECRET_KEY })).toMatchObject({ code: 0, errors: '' });
  });

  test('goes into a folder under a name that tells when it was made', async () => {
    const folder = join(root, 'backups');
    expect((await command('backup', `${folder}/`)).code).toBe(0);
    expect((await command('backup', folder)).code).toBe(0);
    const names = readdirSync(folder);
    expect(names).toHaveLength(2);
    expect(names.every((name) => /^kashuv-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z\.db$/.test(name))).toBe(
      true,
    );
  });

  test('writes over no file, and leaves nothing unfinished', async () => {
    const before = statSync(backup).mtimeMs;
    const again = await command('backup', backup);
    expect([again.code, again.errors]).toEqual([1, expect.stringContaining('exists already')]);
    expect(statSync(backup).mtimeMs).toBe(before);
    const nowhere = await command('backup', join(root, 'no', 'folder', 'x.db'));
    expect([nowhere.code, nowhere.errors]).toEqual([1, expect.stringContaining('There is no folder')]);
    const nothing = await run('cli.ts', ['backup', backup], '', { DATA_DIR: join(root, 'nothing') });
    expect(nothing.code).toBe(1);
    expect(readdirSync(root).filter((name) => name.includes('unfinished'))).toEqual([]);
  });
});

test('[K3] a backup that finds no room says so and leaves nothing behind', async () => {
  const file = join(root, 'no-room.db');
  const kilobytes = 40;
  const limited = spawn(
    'sh',
    ['-c', `ulimit -f ${kilobytes}; exec "$0" "$@"`, process.execPath, cli, 'backup', file],
    {
      env: { ...process.env, DATA_DIR: directory },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let errors = '';
  limited.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  const [code] = await once(limited, 'close');
  expect([code, errors]).toEqual([1, expect.stringMatching(/could not be written.*Is there room for it/)]);
  expect(readdirSync(root).filter((name) => name.startsWith('no-room'))).toEqual([]);
});

describe('[K3] a restore', () => {
  test('is refused while a server runs, even by force', async () => {
    await serve();
    const refused = await command('restore', backup, '--force');
    expect([refused.code, refused.errors]).toEqual([
      1,
      expect.stringContaining('Another Kashuv process serves'),
    ]);
    expect(await stop()).toBe(0);
  });

  test('replaces no data unless by force, and then keeps it aside', async () => {
    const refused = await command('restore', backup);
    expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining('With --force')]);
    const { url } = await serve();
    await openConversation(url, { touchpoint: 'support' });
    await stop('SIGKILL');
    const key = keyOf(directory);
    const { code, output } = await command('restore', backup, '--force');
    expect(code).toBe(0);
    const aside = /What was there before is in (\S+)\.$/m.exec(output)?.[1] ?? '';
    expect(keyOf(aside)).toBe(key);
    const countIn = (folder: string) => {
      const database = new DatabaseSync(join(folder, 'kashuv.db'));
      const row = database.prepare('SELECT count(*) AS count FROM contacts').get();
      database.close();
      return row?.count;
    };
    expect([countIn(aside), countIn(directory)]).toEqual([2, 1]);
  });

  test.each([
    ['a text', (file: string) => writeFileSync(file, 'a letter to my grandmother'), /is not a backup/],
    ['half a file', (file: string) => truncateSync(file, 20_000), /is damaged|is not a backup/],
    [
      'a flipped page',
      (file: string) => {
        const bytes = readFileSync(file);
        bytes.fill(0x5a, 8192, 9000);
        writeFileSync(file, bytes);
      },
      /is damaged|is not a backup/,
    ],
    [
      'a database of somebody else',
      (file: string) => {
        rmSync(file);
        const database = new DatabaseSync(file);
        database.exec('CREATE TABLE backup (made_at TEXT, secret_key TEXT)');
        database.close();
      },
      /is not a backup/,
    ],
    [
      'a database that is no backup',
      (file: string) => {
        const database = new DatabaseSync(file);
        database.exec('DROP TABLE backup');
        database.close();
      },
      /is not a backup/,
    ],
    [
      'a backup of a newer version',
      (file: string) => {
        const database = new DatabaseSync(file);
        database.exec('PRAGMA user_version = 999');
        database.close();
      },
      /newer version of Kashuv/,
    ],
    ['a file that is not there', (file: string) => rmSync(file), /cannot be read/],
  ])('refuses %s and makes no data folder', async (_, change, words) => {
    const { code, errors, folder } = await restored(changed(change));
    expect(code).toBe(1);
    expect(errors).toMatch(words);
    expect(errors).not.toMatch(/\n\s+at /);
    expect(existsSync(folder)).toBe(false);
  });

  test('that was interrupted is noticed at the next start, and can be done again', async () => {
    const { folder } = await restored(backup);
    const whole = readFileSync(join(folder, 'kashuv.db'));
    rmSync(join(folder, 'kashuv.db'));
    writeFileSync(join(folder, 'kashuv.db.restoring'), whole);
    const start = await run('main.ts', [], '', { DATA_DIR: folder });
    expect([start.code, start.errors]).toEqual([1, expect.stringContaining('was interrupted')]);
    const again = await run('cli.ts', ['restore', backup], '', { DATA_DIR: folder });
    expect(again).toMatchObject({ code: 0, errors: '' });
    await serve({ DATA_DIR: folder });
  });
});

test('with MongoDB, both commands say what to do instead', async () => {
  const settings = {
    MONGODB_URI: 'mongodb://127.0.0.1:1/x',
    SECRET_KEY: 'a secret of 32 characters or more',
  };
  const made = await run('cli.ts', ['backup', backup], '', settings);
  expect([made.code, made.errors]).toEqual([1, expect.stringContaining('mongodump')]);
  const put = await run('cli.ts', ['restore', backup], '', settings);
  expect([put.code, put.errors]).toEqual([1, expect.stringContaining('mongorestore')]);
});
