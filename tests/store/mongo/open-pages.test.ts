import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type App, createApp, type Listening, listen } from '../../../src/app.ts';
import { openConversation, postMessage } from '../../support/chat-client.ts';
import { type LossyProxy, lossyProxy } from '../../support/lossy-proxy.ts';
import { borrowDatabase } from '../../support/mongo-database.ts';
import { type OpenStream, openEventStream } from '../../support/open-stream.ts';
import { testConfig } from '../../support/test-app.ts';

const patient = { timeout: 60_000, interval: 10 };

interface Server {
  readonly app: App;
  readonly listening: Listening;
  close(): Promise<void>;
}

async function startServer(mongodbUri: string): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'kashuv-pages-'));
  const config = testConfig({
    DATA_DIR: folder,
    MONGODB_URI: mongodbUri,
    SECRET_KEY: 'a secret of the tests and of nobody else',
    DEFAULT_LANGUAGE: 'en',
  });
  const app = await createApp({ config, log: pino({ level: 'silent' }) });
  const listening = await listen(app);
  return {
    app,
    listening,
    async close() {
      await listening.close();
      await app.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Pages are open at one server; whatever happens comes to the other one. */
describe('a page that is open at one server', () => {
  let proxy: LossyProxy;
  let here: Server;
  let there: Server;
  let giveBack: () => Promise<void>;
  let conversationId: string;
  let page: OpenStream;
  let shownBefore: { seq: number; text: string }[];
  let messages: number;

  beforeEach(async () => {
    const database = borrowDatabase();
    giveBack = database.giveBack;
    proxy = await lossyProxy(database.uri);
    there = await startServer(database.uri);
    here = await startServer(proxy.uri);
    messages = 0;
    const opening = { touchpoint: 'purchase', language: 'en' };
    ({ conversationId } = await openConversation(here.listening.url, opening));
    shownBefore = [];
    page = await openEventStream(pageUrl());
    await expect.poll(() => page.events.map(({ name }) => name), patient).toContain('live');
  });

  afterEach(async () => {
    page.close();
    await Promise.all([here.close(), there.close()]);
    await proxy.close();
    await giveBack();
  });

  const pageUrl = () => `${here.listening.url}/channels/web/conversations/${conversationId}/events`;

  async function says(text: string): Promise<void> {
    messages += 1;
    const said = text.startsWith('!') ? { choice: text } : { text };
    await postMessage(there.listening.url, conversationId, { id: `m${messages}`, ...said });
    await there.app.conversations.idle();
  }

  async function act(caseId: string, path: string, body: unknown): Promise<void> {
    const response = await fetch(`${there.listening.url}/api/v1/cases/${caseId}/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${there.listening.operatorToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
  }

  function streamForStaff(path: string): Promise<OpenStream> {
    return openEventStream(`${here.listening.url}/api/v1/cases/${path}`, {
      authorization: `Bearer ${here.listening.operatorToken}`,
    });
  }

  /** What a stream has shown of the conversation, in its order. */
  function shownBy({ events }: OpenStream): { seq: number; text: string }[] {
    return events.flatMap(({ name, data }) =>
      name === 'message' || name === 'reply'
        ? [{ seq: data.seq, text: data.text ?? data.message?.text ?? data.choice ?? '' }]
        : [],
    );
  }

  /** What was really said, as the other server reads it. */
  async function saidInAll(): Promise<{ seq: number; text: string }[]> {
    const contactId = (await there.app.store.listContacts({ limit: 1 })).items[0] ?? '';
    const records = await there.app.store.readMessages({ contactId, limit: 500 });
    return records.map((record) => {
      if (record.direction === 'out') return { seq: record.seq, text: record.message.text };
      const { content } = record;
      const text = content.kind === 'text' ? content.text : content.kind === 'choice' ? content.choice : '';
      return { seq: record.seq, text };
    });
  }

  /** What the page has shown. It connects again as a browser does when a reading failed and its stream was ended. */
  async function shown(): Promise<{ seq: number; text: string }[]> {
    if (page.isOver) {
      const before = [...shownBefore, ...shownBy(page)];
      const again = await openEventStream(`${pageUrl()}?after=${before.at(-1)?.seq ?? 0}`).catch(
        () => undefined,
      );
      if (!again) return before;
      shownBefore = before;
      page = again;
    }
    return [...shownBefore, ...shownBy(page)];
  }

  async function showsAll(): Promise<void> {
    const said = await saidInAll();
    await expect.poll(shown, patient).toEqual(said);
  }

  test('[C18] shows what is said at the other, in order and once, the customer and staff to one another', async () => {
    await says('9');
    await showsAll();

    const list = await streamForStaff('events');
    await expect.poll(() => list.events.length, patient).toBe(1);
    await says('!human');
    await expect.poll(() => list.events.length, patient).toBeGreaterThan(1);
    const [talk] = (await here.app.store.listCases({ limit: 1 })).items;
    const caseId = talk?.id ?? '';
    await expect
      .poll(() => page.events.findLast(({ name }) => name === 'state')?.data, patient)
      .toMatchObject({ mode: 'human' });

    const staff = await streamForStaff(`${caseId}/events`);
    await says('Where is my parcel?');
    await act(caseId, 'replies', { id: 'r1', text: 'Looking.' });
    await act(caseId, 'replies', { id: 'r1', text: 'Looking.' });
    await act(caseId, 'replies', { id: 'r2', text: 'It comes today.' });
    await says('Thanks');
    await showsAll();
    await expect
      .poll(() => shownBy(staff).map(({ text }) => text), patient)
      .toEqual(expect.arrayContaining(['Where is my parcel?', 'Looking.', 'It comes today.', 'Thanks']));
    expect(shownBy(staff).filter(({ text }) => text === 'Looking.')).toHaveLength(1);

    await act(caseId, 'close', {});
    const stateOf = () => staff.events.findLast(({ name }) => name === 'state')?.data.case.status;
    await expect.poll(stateOf, patient).toBe('closed');
    await showsAll();
    list.close();
    staff.close();
  });

  test('[C18] misses nothing when the connection breaks that tells of changes', async () => {
    for (const [index, part] of (['request', 'reply', 'reply'] as const).entries()) {
      proxy.lose(part, ['getMore'], 1);
      await says(`${index + 5}`);
      await says('back');
    }
    await showsAll();
  });

  test('[C18] misses nothing of what happens while its server cannot reach the database', async () => {
    await says('9');
    await showsAll();
    proxy.down();
    await says('Quick delivery');
    // It takes several seconds until a server that is away is given up, and with it the stream of changes.
    await expect(here.app.store.check()).rejects.toMatchObject({ code: 'unavailable' });
    await expect(here.app.store.check()).rejects.toMatchObject({ code: 'unavailable' });
    await says('back');
    proxy.up();
    await showsAll();
    await says('Friendly people');
    await showsAll();
  });
});
