import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import { createConsoleChannel } from '../../src/channels/console/channel.ts';
import { DeliveryError } from '../../src/channels/errors.ts';
import { openConversation, postMessage, readStream } from '../support/chat-client.ts';
import { type FaultyStore, faultyStore } from '../support/faulty-store.ts';
import { type StaffServer, startStaffServer } from '../support/staff-server.ts';

const token = 'a-token-for-prometheus-of-32-characters';

/** A channel whose provider does what the test says. */
function providerChannel(send: Channel['send']): Channel {
  return { ...createConsoleChannel(() => {}), name: 'provider', send };
}

/** The value of a series; undefined when it is not told. */
function told(text: string, series: string): number | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length));
}

async function scrape(server: StaffServer): Promise<string> {
  const response = await server.ask('/metrics', { headers: { authorization: `Bearer ${token}` } });
  expect(response.status).toBe(200);
  return response.text();
}

describe('[O3] who reads /metrics', () => {
  let server: StaffServer;
  beforeAll(async () => {
    server = await startStaffServer({ environment: { METRICS_TOKEN: token } });
  });
  afterAll(() => server.close());

  const statusOf = async (headers: Record<string, string>) =>
    (await server.ask('/metrics', { headers })).status;

  test('is Prometheus by its token, the operator, and staff who signed in', async () => {
    expect(await statusOf({ authorization: `Bearer ${token}` })).toBe(200);
    expect(await statusOf({ authorization: `Bearer ${server.listening.operatorToken}` })).toBe(200);
    expect(await statusOf({ cookie: await server.signIn() })).toBe(200);
  });

  test('is nobody else, wherever they are', async () => {
    expect(await statusOf({})).toBe(401);
    expect(await statusOf({ authorization: `Bearer ${token}x` })).toBe(401);
    expect(await statusOf({ authorization: token })).toBe(401);
    expect(await statusOf({ 'x-forwarded-for': '127.0.0.1' })).toBe(401);
    expect(await statusOf({ cookie: 'kashuv_staff=nonsense' })).toBe(401);
    const response = await server.ask('/metrics');
    expect([response.headers.get('www-authenticate'), response.headers.get('cache-control')]).toEqual([
      'Bearer',
      'no-store',
    ]);
  });

  test('is not whoever holds the token, for anything else', async () => {
    const asked = await server.ask('/api/v1/responses', { headers: { authorization: `Bearer ${token}` } });
    expect(asked.status).toBe(401);
  });

  test('is no bearer at all where no token is set', async () => {
    const without = await startStaffServer();
    onTestFinished(() => without.close());
    const asked = (value: string) => without.ask('/metrics', { headers: { authorization: value } });
    expect((await asked('Bearer undefined')).status).toBe(401);
    expect((await asked('Bearer ')).status).toBe(401);
  });
});

describe('[O3] what /metrics tells', () => {
  async function start(options: { channel?: Channel; faulty?: FaultyStore } = {}) {
    const { channel, faulty } = options;
    const server = await startStaffServer({
      environment: { METRICS_TOKEN: token },
      app: { ...(channel && { channels: [channel] }), ...(faulty && { decorateStore: faulty.decorate }) },
    });
    onTestFinished(() => server.close());
    return server;
  }

  test('is the text format of Prometheus, with the figures of the process', async () => {
    const server = await start();
    const response = await server.ask('/metrics', { headers: { authorization: `Bearer ${token}` } });
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await response.text();
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    for (const line of lines) expect(line).toMatch(/^[a-z0-9_]+(\{[^}]*\})? \S+$/);
    expect(told(text, 'process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });

  test('are messages, duplicates and turns, each counted once', async () => {
    const server = await start();
    const { url } = server.listening;
    const { conversationId } = await openConversation(url, { touchpoint: 'delivery', language: 'en' });
    for (const message of [
      { id: 'm1', text: 'yes' },
      { id: 'm1', text: 'yes' },
      { id: 'm2', text: '5' },
    ])
      await postMessage(url, conversationId, message);
    await server.app.conversations.idle();
    const text = await scrape(server);
    expect(told(text, 'kashuv_inbound_messages_total{channel="web"}')).toBe(2);
    expect(told(text, 'kashuv_inbound_duplicates_total{channel="web"}')).toBe(1);
    expect(told(text, 'kashuv_turn_duration_seconds_count{cause="start"}')).toBe(1);
    expect(told(text, 'kashuv_turn_duration_seconds_count{cause="reply"}')).toBe(2);
    expect(told(text, 'kashuv_turn_conflicts_total')).toBe(0);
    const posts = 'area="channels",method="POST"';
    expect(told(text, `kashuv_http_request_duration_seconds_count{${posts},status="202"}`)).toBe(3);
  });

  test('are races lost', async () => {
    const faulty = faultyStore();
    const server = await start({ faulty });
    let races = 0;
    faulty.before = async (command, [turn]) => {
      if (command !== 'commitTurn' || races === 2) return;
      races += 1;
      // Somebody else is faster.
      faulty.before = undefined;
      const { contact } = JSON.parse(JSON.stringify(turn));
      const state = await server.app.store.readContact(contact.id);
      if (!state) throw new Error('Nobody there');
      const empty = { answers: [], retracted: [], responses: [], cases: [] };
      await server.app.store.commitTurn({
        contact: { ...state.contact, attributes: { races } },
        handled: [],
        events: [],
        outbound: [],
        at: state.now,
        projection: empty,
      });
    };
    await openConversation(server.listening.url, { touchpoint: 'delivery', language: 'en' });
    expect(told(await scrape(server), 'kashuv_turn_conflicts_total')).toBe(1);
  });

  test('are sends by how they ended, ambiguous ones, what was given up, and parked channels', async () => {
    const outcomes = ['never', 'ambiguous', 'not_taken', 'channel_down'] as const;
    let sent = 0;
    const channel = providerChannel(() => {
      const outcome = outcomes[sent];
      sent += 1;
      return outcome ? Promise.reject(new DeliveryError(outcome, 'odd')) : Promise.resolve({});
    });
    const server = await start({ channel });
    const wanted = await server.app.library.forTouchpoint('delivery');
    if (!wanted) throw new Error('Nobody asks about deliveries');
    for (const address of ['ada', 'ben', 'cleo', 'dan', 'eva']) {
      await server.app.conversations.start({
        channel: 'provider',
        account: 'terminal',
        address,
        wanted,
        language: { code: 'en', chosen: true },
        resume: false,
      });
      await server.app.conversations.idle();
    }
    const text = await scrape(server);
    const sends = (outcome: string) =>
      told(text, `kashuv_sends_total{channel="provider",outcome="${outcome}"}`);
    // The fifth was not sent, because the channel is parked since the fourth.
    expect([...outcomes, 'accepted'].map(sends)).toEqual([1, 1, 1, 1, undefined]);
    expect(told(text, 'kashuv_ambiguous_sends_total{channel="provider"}')).toBe(1);
    expect(told(text, 'kashuv_dead_letters_total{direction="outbound"}')).toBe(1);
    expect(told(text, 'kashuv_channel_up{channel="provider"}')).toBe(0);
    expect(told(text, 'kashuv_channel_up{channel="web"}')).toBe(1);
    expect(told(text, 'kashuv_outbox_contacts')).toBe(4);
    server.clock.advance(1 / 60);
    expect(told(await scrape(server), 'kashuv_outbox_age_seconds')).toBe(60);
    expect(text).not.toMatch(/ada|ben|cleo/);
  });

  test('are pages that listen, for as long as they do', async () => {
    const server = await start();
    const { url } = server.listening;
    const { conversationId } = await openConversation(url, { touchpoint: 'delivery', language: 'en' });
    const seen: (number | undefined)[] = [];
    const stop = new AbortController();
    await readStream(url, conversationId, {
      signal: stop.signal,
      enough: ({ type }) => type === 'live',
    });
    while (seen.at(-1) !== 0) seen.push(told(await scrape(server), 'kashuv_event_streams'));
    const { conversationId: other } = await openConversation(url, { touchpoint: 'delivery' });
    const listening = readStream(url, other, { signal: stop.signal, enough: () => false }).catch(() => []);
    while (seen.at(-1) !== 1) seen.push(told(await scrape(server), 'kashuv_event_streams'));
    stop.abort();
    await listening;
    while (seen.at(-1) !== 0) seen.push(told(await scrape(server), 'kashuv_event_streams'));
  });

  test('is a store that is down, without figures that nobody knows', async () => {
    const faulty = faultyStore();
    const server = await start({ faulty });
    expect(told(await scrape(server), 'kashuv_store_up')).toBe(1);
    faulty.down();
    await server.staff('/responses');
    const text = await scrape(server);
    expect(told(text, 'kashuv_store_up')).toBe(0);
    expect(told(text, 'kashuv_inbox_contacts')).toBeUndefined();
    expect(told(text, 'kashuv_refused_requests_total{reason="store_unavailable"}')).toBe(1);
    faulty.up();
    expect(told(await scrape(server), 'kashuv_inbox_contacts')).toBe(0);
  });

  test('is what docs/operation.md says, by name and labels', async () => {
    const server = await start();
    const text = await scrape(server);
    const named = [...text.matchAll(/^# TYPE (kashuv_\w+)/gm)].map(([, name]) => name);
    const document = readFileSync(join(import.meta.dirname, '../../docs/operation.md'), 'utf8');
    const described = [...document.matchAll(/^\| `(kashuv_\w+)`/gm)].map(([, name]) => name);
    expect(described.toSorted()).toEqual(named.toSorted());
  });
});
