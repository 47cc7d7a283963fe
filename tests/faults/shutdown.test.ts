import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { findRunning } from '../../src/running.ts';
import type { MessageRecord } from '../../src/store/records.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import type { Store } from '../../src/store/store.ts';
import { openConversation, postMessage, readStream } from '../support/chat-client.ts';
import { until } from '../support/faulty-store.ts';
import type { FromServer, ToServer } from './held-server.ts';

const main = join(import.meta.dirname, '../../src/main.ts');
const heldServer = join(import.meta.dirname, 'held-server.ts');
const children = new Set<ChildProcess>();

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kashuv-shutdown-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function environmentOf(folder: string, settings: Record<string, string> = {}) {
  return {
    ...process.env,
    NODE_COMPILE_CACHE: join(tmpdir(), 'kashuv-shutdown-compile-cache'),
    PORT: '0',
    DATA_DIR: folder,
    DEFAULT_LANGUAGE: 'en',
    ...settings,
  };
}

/** How a process ended, and what it logged. */
interface Ended {
  readonly code: number | null;
  readonly lines: readonly Record<string, unknown>[];
}

function watch(child: ChildProcess): Promise<Ended> {
  children.add(child);
  let log = '';
  child.stderr?.on('data', (chunk) => {
    log += chunk;
  });
  return once(child, 'close').then(([code]) => {
    children.delete(child);
    return {
      code: typeof code === 'number' ? code : null,
      lines: log
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    };
  });
}

/** Waits for something that a process does; fails when it ends instead. */
async function whileRunning(ended: Promise<Ended>, holds: () => boolean | Promise<boolean>): Promise<void> {
  let isOver = false;
  await Promise.race([
    until(async () => isOver || (await holds())),
    ended.then(({ code }) => {
      throw new Error(`The server ended with ${code}`);
    }),
  ]).finally(() => {
    isOver = true;
  });
}

/** Whether a server says that it is about to stop. */
async function isDraining(url: string): Promise<boolean> {
  const response = await fetch(`${url}/readyz`);
  const { code } = await response.json();
  return response.status === 503 && code === 'draining';
}

/** The server as people run it. */
async function startServer(folder: string) {
  const child = spawn(process.execPath, [main], {
    env: environmentOf(folder),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = watch(child);
  await whileRunning(ended, () => findRunning(folder) !== undefined);
  return { url: findRunning(folder)?.url ?? '', ended, stop: () => child.kill('SIGTERM') };
}

/** The server whose turns or sends wait for the test. */
async function startHeld(
  folder: string,
  settings: { HOLD: 'turns' | 'sends'; SHUTDOWN_GRACE_SECONDS?: string },
) {
  const child = fork(heldServer, {
    env: environmentOf(folder, settings),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  });
  const ended = watch(child);
  const told: FromServer[] = [];
  child.on('message', (message: FromServer) => told.push(message));
  const ready = () => told.find((message) => message.kind === 'ready');
  await whileRunning(ended, () => ready() !== undefined);
  return {
    url: ready()?.url ?? '',
    ended,
    tell: (message: ToServer) => child.send(message),
    held: () => whileRunning(ended, () => told.some(({ kind }) => kind === 'held')),
    stop: () => child.kill('SIGTERM'),
  };
}

/** Reads what a server left behind. */
async function inStore<Result>(folder: string, read: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openSqliteStore({ directory: folder });
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}

async function messagesOf(store: Store): Promise<readonly MessageRecord[]> {
  const { items } = await store.listContacts({ limit: 500 });
  const all = await Promise.all(items.map((contactId) => store.readMessages({ contactId, limit: 500 })));
  return all.flat();
}

test('[O5] a server that is stopped under load exits with 0, and everything that it acknowledged is stored and handled once', async () => {
  const folder = dataFolder();
  const server = await startServer(folder);
  const acknowledged: string[] = [];
  let isStopped = false;

  /** Writes one message after the other until the server takes no more. */
  async function talk(person: number): Promise<void> {
    const { conversationId } = await openConversation(server.url, { touchpoint: 'delivery', language: 'en' });
    for (let count = 0; ; count += 1) {
      const id = `p${person}-m${count}`;
      let status: number;
      try {
        status = (await postMessage(server.url, conversationId, { id, text: 'help' })).status;
      } catch {
        return;
      }
      if (status !== 202) {
        expect(status).toBe(503);
        return;
      }
      acknowledged.push(id);
      if (acknowledged.length === 100 && !isStopped) {
        isStopped = true;
        server.stop();
      }
    }
  }

  await Promise.all(Array.from({ length: 16 }, (_, person) => talk(person)));
  const { code, lines } = await server.ended;
  expect(lines.map(({ msg }) => msg)).toEqual(['stopping; nothing new is begun', 'stopped']);
  expect([code, findRunning(folder)]).toEqual([0, undefined]);
  expect(acknowledged.length).toBeGreaterThanOrEqual(100);

  // What it had no time for is done by the next one.
  const next = await startServer(folder);
  await until(async () => {
    const response = await fetch(`${next.url}/metrics`, {
      headers: { authorization: `Bearer ${findRunning(folder)?.operatorToken}` },
    });
    return (await response.text()).includes('\nkashuv_inbox_contacts 0\n');
  });
  next.stop();
  expect((await next.ended).code).toBe(0);

  const messages = await inStore(folder, messagesOf);
  const taken = messages.filter((one) => one.direction === 'in');
  const ids = taken.map(({ providerMessageId }) => providerMessageId.split('/')[1]);
  expect(acknowledged.filter((id) => !ids.includes(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(taken.filter(({ state }) => state !== 'handled')).toEqual([]);
  // Every "help" is answered once, and every survey began with one question.
  const people = new Set(taken.map(({ contactId }) => contactId)).size;
  const opened = (await inStore(folder, (store) => store.listResponses({ limit: 500 }))).items.length;
  expect(messages.length - taken.length).toBe(taken.length + opened);
  expect(people).toBeLessThanOrEqual(opened);
});

test('[O5] while a turn is under way the process is unready and alive, and it exits with 0 when the turn has ended', async () => {
  const folder = dataFolder();
  const server = await startHeld(folder, { HOLD: 'turns' });
  server.tell({ kind: 'receive', address: 'ada', text: 'hello' });
  await server.held();
  server.stop();
  await whileRunning(server.ended, () => isDraining(server.url));
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  const refused = await postMessage(server.url, 'nobody', { id: 'm1', text: 'late' });
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  server.tell({ kind: 'release' });
  const { code, lines } = await server.ended;
  expect([code, lines.at(-1)?.msg]).toEqual([0, 'stopped']);
  const messages = await inStore(folder, messagesOf);
  expect(messages.map(({ direction, state }) => [direction, state])).toEqual([
    ['in', 'handled'],
    ['out', 'queued'],
  ]);
});

test('[O5] a send that is under way is waited for, and its result is noted', async () => {
  const folder = dataFolder();
  const server = await startHeld(folder, { HOLD: 'sends' });
  server.tell({ kind: 'receive', address: 'ada', text: 'hello' });
  await server.held();
  server.stop();
  await whileRunning(server.ended, () => isDraining(server.url));
  server.tell({ kind: 'release' });
  expect((await server.ended).code).toBe(0);
  const messages = await inStore(folder, messagesOf);
  expect(messages.map(({ direction, state }) => [direction, state])).toEqual([
    ['in', 'handled'],
    ['out', 'sent'],
  ]);
});

test('[O5] what does not end within the grace time is left: the process says how much that is and exits with 1', async () => {
  const folder = dataFolder();
  const server = await startHeld(folder, { HOLD: 'sends', SHUTDOWN_GRACE_SECONDS: '1' });
  server.tell({ kind: 'receive', address: 'ada', text: 'hello' });
  await server.held();
  server.stop();
  const { code, lines } = await server.ended;
  expect(code).toBe(1);
  expect(lines.at(-1)).toMatchObject({
    level: 'error',
    msg: 'stopped before everything under way had ended',
    sends: 1,
    turns: 0,
    requests: 0,
  });
  const [, out] = await inStore(folder, messagesOf);
  // Its claim is still there; when its lease ends, it counts as a send of which nobody knows.
  expect(out?.state).toBe('claimed');
});

test('[O5] an open page, a connection between two requests and one without any hold nothing up', async () => {
  const folder = dataFolder();
  const server = await startServer(folder);
  const { conversationId } = await openConversation(server.url, { touchpoint: 'delivery', language: 'en' });
  let isLive = false;
  const stream = readStream(server.url, conversationId, {
    enough({ type }) {
      isLive ||= type === 'live';
      return false;
    },
  });
  await until(() => isLive);
  const unused = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(unused, 'connect');
  const used = connect(Number(new URL(server.url).port), '127.0.0.1');
  used.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(used, 'data');
  server.stop();
  const { code, lines } = await server.ended;
  expect([code, lines.at(-1)?.msg]).toEqual([0, 'stopped']);
  expect((await stream).length).toBeGreaterThan(0);
});

test('[O2] a fault that nobody foresaw ends the process with a line that does not quote it', async () => {
  const server = await startHeld(dataFolder(), { HOLD: 'turns' });
  server.tell({ kind: 'crash', words: 'dana@example.com said so' });
  const { code, lines } = await server.ended;
  expect(code).toBe(1);
  expect(lines).toEqual([
    expect.objectContaining({ level: 'fatal', error: expect.objectContaining({ type: 'Error' }) }),
  ]);
  expect(JSON.stringify(lines)).not.toContain('dana');
});
