import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openConversation, postMessage } from '../support/chat-client.ts';
import { programWith } from '../support/program.ts';

const root = mkdtempSync(join(tmpdir(), 'kashuv-doctor-'));
const directory = join(root, 'data');
const { command, run, serve, stop } = programWith({ DATA_DIR: directory });

beforeAll(async () => {
  const { url } = await serve();
  for (const text of ['9', 'The people']) await talk(url, text);
  await stop();
}, 60_000);

afterEach(async () => {
  await stop('SIGKILL');
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

async function talk(url: string, text: string): Promise<void> {
  const { conversationId } = await openConversation(url, { touchpoint: 'purchase', language: 'en' });
  await postMessage(url, conversationId, { id: '1', text });
}

function change(sql: string): void {
  const database = new DatabaseSync(join(directory, 'kashuv.db'));
  database.exec(sql);
  database.close();
}

test('a store that keeps its promises is clean, with the server stopped or running', async () => {
  const stopped = await command('doctor');
  expect(stopped).toMatchObject({ code: 0, errors: '' });
  expect(stopped.output).toMatch(/^No server runs on this data/);
  expect(stopped.output).toMatch(
    /Checked 2 contacts, 2 addresses, 2 sessions, \d+ messages, 1 answer, 1 total\./,
  );
  expect(stopped.output).toMatch(/Found no violations and no notes\.\n$/);
  const { url } = await serve();
  const [running] = await Promise.all([command('doctor'), talk(url, '3'), talk(url, 'stop')]);
  expect(running).toMatchObject({ code: 0, errors: '' });
  expect(running.output).not.toContain('No server runs');
});

test('a violation is named by its ids and in words, and makes the command fail', async () => {
  change(`UPDATE contacts SET wake_at = NULL WHERE row = 1`);
  const { code, output } = await command('doctor');
  expect(code).toBe(1);
  expect(output).toMatch(
    /^VIOLATION timer_missing at contact \S+, session \S+: a timer is due at .*, and the store would never wake/m,
  );
  expect(output).toMatch(/Found 1 violation and no notes\.\n$/);
});

test('looking at a store changes nothing of it, and makes none where there is none', async () => {
  const before = statSync(join(directory, 'kashuv.db'));
  await command('doctor');
  expect(statSync(join(directory, 'kashuv.db'))).toMatchObject({
    size: before.size,
    mtimeMs: before.mtimeMs,
  });
  const nothing = await run('cli.ts', ['doctor'], '', { DATA_DIR: join(root, 'nothing') });
  expect(nothing.code).toBe(1);
  expect(nothing.errors).toMatch(/^There is no data in /);
});

test('a store of another version is told of in words', async () => {
  change('PRAGMA user_version = 1');
  const older = await command('doctor');
  expect([older.code, older.errors]).toEqual([1, expect.stringContaining('Start Kashuv once')]);
  change('PRAGMA user_version = 999');
  const newer = await command('doctor');
  expect([newer.code, newer.errors]).toEqual([1, expect.stringContaining('newer version of Kashuv')]);
});
