import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { webAccount, webChannelName } from '../../src/channels/web/channel.ts';
import { createAddressBook } from '../../src/conversations/address-book.ts';
import { openSqliteReader } from '../../src/store/sqlite/index.ts';
import { openConversation, postMessage } from '../support/chat-client.ts';
import { programWith } from '../support/program.ts';

const root = mkdtempSync(join(tmpdir(), 'kashuv-backup-load-'));
const talkersCount = 8;
const backupsCount = 3;
const messagesBetween = 50;
const replies = ['9', 'The service', 'back', 'The people', 'skip', '5'];

const { command, run, serve, stop } = programWith({ DATA_DIR: join(root, 'data') });

afterAll(async () => {
  await stop('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

/** A message that the server has acknowledged. */
interface Acknowledged {
  readonly conversationId: string;
  readonly id: string;
}

/** People who talk until they are told to stop, and remember what was acknowledged. */
function startTalking(url: string) {
  const acknowledged: Acknowledged[] = [];
  let ending = false;
  let wanted = Number.POSITIVE_INFINITY;
  let reached = () => {};
  const talkers = Array.from({ length: talkersCount }, async () => {
    while (!ending) {
      const { conversationId } = await openConversation(url, { touchpoint: 'purchase', language: 'en' });
      for (const [index, text] of replies.entries()) {
        const id = `m${index}`;
        const { status } = await postMessage(url, conversationId, { id, text });
        if (status === 202) acknowledged.push({ conversationId, id });
        if (acknowledged.length >= wanted) reached();
      }
    }
  });
  return {
    acknowledged: () => [...acknowledged],
    /** Resolves when so many messages more were acknowledged. */
    more: (count: number) =>
      new Promise<void>((resolve) => {
        wanted = acknowledged.length + count;
        reached = resolve;
      }),
    async end() {
      ending = true;
      await Promise.all(talkers);
    },
  };
}

/** Which of the messages a restored store does not have exactly once. */
async function missingIn(directory: string, messages: readonly Acknowledged[]): Promise<string[]> {
  const store = await openSqliteReader({ directory });
  const addressBook = createAddressBook(readFileSync(join(directory, 'secret.key'), 'utf8').trim());
  const missing: string[] = [];
  try {
    const byConversation = Map.groupBy(messages, ({ conversationId }) => conversationId);
    for (const [conversationId, expected] of byConversation) {
      const addressId = addressBook.identify(webChannelName, webAccount, conversationId);
      const contactId = await store.findContact(addressId);
      const stored = contactId ? await store.readMessages({ contactId, limit: 500 }) : [];
      const ids = stored.flatMap((message) =>
        message.direction === 'in' ? [message.providerMessageId.split('/').at(-1)] : [],
      );
      for (const { id } of expected)
        if (ids.filter((other) => other === id).length !== 1) missing.push(`${conversationId} ${id}`);
    }
    return missing;
  } finally {
    await store.close();
  }
}

test('[K3] a backup under load holds everything that was acknowledged before it began, and is consistent in itself', async () => {
  const { url } = await serve();
  const talking = startTalking(url);
  const backups: { file: string; before: Acknowledged[]; after: Acknowledged[] }[] = [];
  for (let count = 0; count < backupsCount; count += 1) {
    await talking.more(messagesBetween);
    const file = join(root, `backup-${count}.db`);
    const before = talking.acknowledged();
    expect(await command('backup', file)).toMatchObject({ code: 0, errors: '' });
    backups.push({ file, before, after: talking.acknowledged() });
  }
  await talking.end();
  await stop('SIGKILL');

  for (const { file, before, after } of backups) {
    // The load went on meanwhile, or this shows nothing.
    expect(after.length).toBeGreaterThan(before.length);
    const directory = `${file}.restored`;
    const here = { DATA_DIR: directory };
    expect(await run('cli.ts', ['restore', file], '', here)).toMatchObject({ code: 0, errors: '' });
    expect(await missingIn(directory, before)).toEqual([]);
    expect(await run('cli.ts', ['doctor'], '', here)).toMatchObject({ code: 0, errors: '' });

    await serve(here);
    expect(await stop()).toBe(0);
    const examined = await run('cli.ts', ['doctor'], '', here);
    expect(examined).toMatchObject({ code: 0, errors: '' });
    expect(examined.output).toMatch(/no violations/);
  }
}, 180_000);
