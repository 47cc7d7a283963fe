import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { messageFrom } from '../contracts/store/sample.ts';
import { programWith } from '../support/program.ts';

const directory = mkdtempSync(join(tmpdir(), 'kashuv-quarantine-'));
const { command, serve, stop } = programWith({ DATA_DIR: directory });

beforeAll(async () => {
  await serve();
  await stop();
}, 60_000);

afterEach(async () => {
  await stop('SIGKILL');
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Leaves messages that could not be handled; resolves to their ids. */
async function putAside(...people: readonly string[]): Promise<string[]> {
  const store = await openSqliteStore({ directory });
  const ids: string[] = [];
  for (const person of people) {
    await store.receive(messageFrom(person, `a secret of ${person}`));
    const seq = (await store.readContact(person))?.pending[0]?.seq ?? 0;
    await store.recordInboundFailure({ contactId: person, seq, reason: 'it broke', quarantine: true });
    ids.push(`${person}.${seq}`);
  }
  await store.close();
  return ids;
}

async function stateOf(person: string): Promise<string[]> {
  const store = await openSqliteStore({ directory });
  const messages = await store.readMessages({ contactId: person, limit: 10 });
  await store.close();
  return messages.map(({ direction, state }) => `${direction} ${state}`);
}

test('lists what was put aside without what was written, and with it when asked', async () => {
  const [ada] = await putAside('ada');
  const listed = await command('quarantine');
  expect(listed).toMatchObject({ code: 0, errors: '' });
  expect(listed.output).toMatch(new RegExp(`^${ada} .* web .*1 attempts .*it broke$`, 'm'));
  expect(listed.output).not.toContain('a secret');
  expect((await command('quarantine', '--show')).output).toContain('a secret of ada');
});

test('replays a message with the server stopped, and another with the server running', async () => {
  const [ben, cleo] = await putAside('ben', 'cleo');
  expect(await command('quarantine', 'replay', ben ?? '')).toMatchObject({ code: 0, errors: '' });
  expect(await stateOf('ben')).toEqual(['in handled', 'out sent']);
  await serve();
  expect(await command('quarantine', 'replay', cleo ?? '')).toMatchObject({ code: 0, errors: '' });
  expect(await stop()).toBe(0);
  expect(await stateOf('cleo')).toEqual(['in handled', 'out sent']);
});

test('replays all of them', async () => {
  await putAside('dan', 'eve');
  const all = await command('quarantine', 'replay', '--all');
  expect(all).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^\d+ messages are to be handled again/),
  });
  expect((await command('quarantine')).output).toBe('No message is put aside.\n');
  expect(await stateOf('eve')).toEqual(['in handled', 'out sent']);
});

test('says what is wrong with what was asked', async () => {
  const unknown = await command('quarantine', 'replay', 'nobody.7');
  expect(unknown.code).toBe(1);
  expect(unknown.errors).toMatch(/^nobody\.7: .*put aside/);
  for (const wrong of [['replay'], ['replay', '--all', 'ada.1'], ['release', 'ada.1']]) {
    const refused = await command('quarantine', ...wrong);
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain('npm run quarantine');
  }
});
