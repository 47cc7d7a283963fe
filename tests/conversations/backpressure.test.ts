import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type App, type AppOptions, listen } from '../../src/app.ts';
import type { Channel } from '../../src/channels/channel.ts';
import { createConsoleChannel } from '../../src/channels/console/channel.ts';
import { DeliveryError } from '../../src/channels/errors.ts';
import { openConversation, postMessage } from '../support/chat-client.ts';
import { createGate, faultyStore, until } from '../support/faulty-store.ts';
import { createTestApp, testClock, testConfig } from '../support/test-app.ts';

async function start(
  environment: Record<string, string> = {},
  channels: readonly Channel[] = [],
  options: Partial<AppOptions> = {},
) {
  const faulty = faultyStore();
  const app = await createTestApp({
    config: testConfig({ DEFAULT_LANGUAGE: 'en', ...environment }),
    decorateStore: faulty.decorate,
    channels: [createConsoleChannel(() => {}), ...channels],
    ...options,
  });
  onTestFinished(() => app.close());
  return { app, faulty };
}

function say(app: App, address: string, text = 'hello', channel = 'console') {
  return app.conversations.receive({
    channel,
    account: 'terminal',
    providerMessageId: `${address}-${text}`,
    address,
    content: { kind: 'text', text },
  });
}

/** What a server answers to the head of a request whose body never comes. */
async function answerToHead(url: string, path: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const head = [`POST ${path} HTTP/1.1`, 'Host: localhost', 'Content-Type: application/json'];
  socket.write(`${[...head, 'Content-Length: 90000'].join('\r\n')}\r\n\r\n{"id":`);
  const [answer] = await once(socket, 'data');
  socket.destroy();
  return String(answer);
}

const people = (count: number) => Array.from({ length: count }, (_, index) => `person-${index}`);

async function pendingOf(app: App, contactId: string) {
  return (await app.store.readContact(contactId))?.pending.length;
}

test('[O4] beyond what may wait in a process nothing is taken in, and everything that was is handled', async () => {
  const { app, faulty } = await start({ INBOUND_QUEUE_MAX: '3' });
  const gate = createGate();
  faulty.before = (command) => (command === 'commitTurn' ? gate.arrive() : undefined);
  const received = [];
  for (const person of people(3)) received.push(await say(app, person));
  await expect(say(app, 'one too many')).rejects.toMatchObject({ name: 'Refusal', code: 'overloaded' });
  expect(app.conversations.underWay().queued).toBe(3);

  gate.open();
  await app.conversations.idle();
  for (const one of received) {
    if (one.outcome !== 'stored') throw new Error('It was not stored');
    expect(await pendingOf(app, one.contactId)).toBe(0);
  }
  expect((await say(app, 'one too many')).outcome).toBe('stored');
});

test('[O4] messages on their way into the store count as well', async () => {
  const { app, faulty } = await start({ INBOUND_QUEUE_MAX: '2' });
  const gate = createGate();
  faulty.before = (command) => (command === 'receive' ? gate.arrive() : undefined);
  const first = people(2).map((person) => say(app, person));
  await expect(say(app, 'one too many')).rejects.toMatchObject({ code: 'overloaded' });
  gate.open();
  expect((await Promise.all(first)).map(({ outcome }) => outcome)).toEqual(['stored', 'stored']);
});

test('[O4] many messages of one contact take one place', async () => {
  const { app, faulty } = await start({ INBOUND_QUEUE_MAX: '3' });
  const gate = createGate();
  faulty.before = (command) => (command === 'commitTurn' ? gate.arrive() : undefined);
  for (let count = 0; count < 20; count += 1) await say(app, 'ada', `message ${count}`);
  expect(app.conversations.underWay().queued).toBe(1);
  gate.open();
  await app.conversations.idle();
});

test('[O4] a process handles 256 contacts at a time, and all of them in the end', async () => {
  const { app, faulty } = await start();
  let reading = 0;
  let most = 0;
  const gate = createGate();
  faulty.before = async (command) => {
    if (command !== 'commitTurn') return;
    reading += 1;
    most = Math.max(most, reading);
    await gate.arrive();
    reading -= 1;
  };
  const received = await Promise.all(people(600).map((person) => say(app, person)));
  await until(() => gate.arrived >= 256);
  for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  expect([gate.arrived, app.conversations.underWay().queued]).toEqual([256, 600]);
  gate.open();
  await app.conversations.idle();
  expect(most).toBe(256);
  expect(received.filter(({ outcome }) => outcome === 'stored')).toHaveLength(600);
  expect(await app.store.readBacklog()).toMatchObject({ inboxContacts: 0 });
});

test('[O4] while a provider does not answer, its messages wait in the store and not in the process, and are sent when it does', async () => {
  const gate = createGate();
  const sent = new Set<string>();
  const slow: Channel = {
    ...createConsoleChannel(() => {}),
    name: 'slow',
    async send({ messageId }) {
      await gate.arrive();
      sent.add(messageId);
      return {};
    },
  };
  const { app } = await start({}, [slow]);
  const count = 700;
  await Promise.all(people(count).map((person) => say(app, person, 'hello', 'slow')));
  await until(async () => (await app.store.readBacklog()).inboxContacts === 0);
  // A group of turns is committed together, so up to one group more may have claimed by then.
  expect(gate.arrived).toBeGreaterThanOrEqual(256);
  expect(gate.arrived).toBeLessThanOrEqual(512);
  expect(app.conversations.underWay().sends).toBe(gate.arrived);

  gate.open();
  await app.conversations.idle();
  await app.conversations.sweep();
  await app.conversations.idle();
  expect(sent.size).toBe(count);
  expect(await app.store.readBacklog()).toMatchObject({ outboxContacts: 0 });
});

test('[O4] what a channel fetches after a time without this server waits for room instead of being left for later', async () => {
  const received: string[] = [];
  const channel: Channel = {
    ...createConsoleChannel(() => {}),
    name: 'fetching',
    async catchUp(host) {
      for (const address of people(20)) {
        const content = { kind: 'text', text: 'hello' } as const;
        await host.receive({ providerMessageId: address, address, content });
        received.push(address);
      }
    },
  };
  const { app, faulty } = await start({ INBOUND_QUEUE_MAX: '5' }, [channel]);
  const gate = createGate();
  faulty.before = (command) => (command === 'commitTurn' ? gate.arrive() : undefined);
  app.attendChannels();
  await until(() => received.length === 5);
  gate.open();
  await until(() => received.length === 20);
  await app.conversations.idle();
  expect(await app.store.readBacklog()).toMatchObject({ inboxContacts: 0 });
});

test('[O4] a page is asked to come again, before its words are read, and its words count when it does', async () => {
  const { app, faulty } = await start({ INBOUND_QUEUE_MAX: '1' });
  const listening = await listen(app);
  onTestFinished(() => listening.close());
  const { url } = listening;
  const { conversationId } = await openConversation(url, { touchpoint: 'delivery', language: 'en' });
  const gate = createGate();
  faulty.before = (command) => (command === 'commitTurn' ? gate.arrive() : undefined);
  await say(app, 'somebody else');

  const refused = await postMessage(url, conversationId, { id: 'm1', text: 'yes' });
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
  expect(await refused.json()).toMatchObject({ code: 'overloaded' });
  expect(await answerToHead(url, `/channels/web/conversations/${conversationId}/messages`)).toContain(
    ' 503 ',
  );
  const opening = await fetch(`${url}/channels/web/conversations`, { method: 'POST', body: '{}' });
  expect(opening.status).toBe(503);
  // Reading goes on.
  expect((await fetch(`${url}/channels/web/touchpoints`)).status).toBe(200);

  gate.open();
  await app.conversations.idle();
  expect((await postMessage(url, conversationId, { id: 'm1', text: 'yes' })).status).toBe(202);
  await app.conversations.idle();
  expect((await app.store.listAnswers({ limit: 10 })).items).toHaveLength(1);
});

test('[O5] a process that drains refuses what comes, finishes its turns, and leaves the rest in the store for the next one', async () => {
  const { app, faulty } = await start();
  const gate = createGate();
  faulty.before = (command) => (command === 'commitTurn' ? gate.arrive() : undefined);
  const received = await Promise.all(people(300).map((person) => say(app, person)));
  await until(() => gate.arrived === 256);
  const second = await say(app, 'person-0', 'and another thing');
  const drained = app.conversations.drain();
  await expect(say(app, 'late')).rejects.toMatchObject({ name: 'Refusal', code: 'draining' });
  gate.open();
  await drained;
  expect(app.conversations.underWay()).toEqual({ queued: 0, turns: 0, sends: 0 });

  const pending = await Promise.all(
    received.map((one) => (one.outcome === 'stored' ? pendingOf(app, one.contactId) : undefined)),
  );
  expect(second.outcome).toBe('stored');
  expect(pending.filter((count) => count === 0)).toHaveLength(255);
  expect(pending.filter((count) => count === 1)).toHaveLength(45);
});

test('[O5] of several messages of a contact the one that is being handled is handled to its end, and the others are left', async () => {
  const { app, faulty } = await start();
  const reading = createGate();
  const writing = createGate();
  faulty.before = (command) => {
    if (command === 'readContact') return reading.arrive();
    return command === 'commitTurn' ? writing.arrive() : undefined;
  };
  const received = await say(app, 'ada', 'one');
  await say(app, 'ada', 'two');
  await say(app, 'ada', 'three');
  reading.open();
  await until(() => writing.arrived === 1);
  const drained = app.conversations.drain();
  writing.open();
  await drained;
  if (received.outcome !== 'stored') throw new Error('It was not stored');
  expect(await pendingOf(app, received.contactId)).toBe(2);
});

test('[O5] what was claimed to be sent and has not begun is handed back, and is sent by the next process at once', async () => {
  const clock = testClock();
  const gate = createGate();
  let attempts = 0;
  const channel: Channel = {
    ...createConsoleChannel(() => {}),
    name: 'slow',
    async send() {
      attempts += 1;
      if (attempts === 1) throw new DeliveryError('not_taken', 'busy');
      await gate.arrive();
      return {};
    },
  };
  const { app } = await start({}, [channel], { now: clock.now });
  const received = await say(app, 'ada', 'one', 'slow');
  await app.conversations.idle();
  // These wait behind the first, which was not taken.
  for (const text of ['two', 'three']) await say(app, 'ada', text, 'slow');
  await app.conversations.idle();
  clock.advance(1);
  const sweep = app.conversations.sweep();
  await until(() => gate.arrived === 1);
  const drained = app.conversations.drain();
  gate.open();
  await Promise.all([sweep, drained]);

  if (received.outcome !== 'stored') throw new Error('It was not stored');
  const { contactId } = received;
  const messages = await app.store.readMessages({ contactId, limit: 10 });
  const out = messages.filter(({ direction }) => direction === 'out');
  expect([attempts, ...out.map(({ state }) => state)]).toEqual([2, 'sent', 'queued', 'queued']);
  const claimed = await app.store.claimOutbound({ contactId, leaseSeconds: 60, limit: 10 });
  expect(claimed.map(({ afterUnknown }) => afterUnknown)).toEqual([false, false]);
});
