import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { Log, LogDetails } from '../../src/telemetry/log.ts';
import { openConversation, readStream } from '../support/chat-client.ts';
import { faultyStore } from '../support/faulty-store.ts';
import { type Answered, startStaffServer } from '../support/staff-server.ts';

const bad = 'delivery-csat';

/** A server on which every reply to one questionnaire fails, for as long as `broken` says so. */
async function start() {
  const faulty = faultyStore();
  const lines: [string, LogDetails][] = [];
  const note = (details: LogDetails, sentence: string) => {
    lines.push([sentence, details]);
  };
  const log: Log = { debug() {}, info: note, warn: note, error: note, fatal: note };
  const server = await startStaffServer({ app: { decorateStore: faulty.decorate, log } });
  onTestFinished(() => server.close());
  const state = { broken: true };
  faulty.before = (command, [turn]) => {
    if (command === 'commitTurn' && state.broken && isReplyToBad(turn)) throw new TypeError('odd words');
  };
  let people = 0;

  /** Somebody new who opens a chat, and is told something. */
  async function visit(touchpoint: string): Promise<{ conversationId: string; heard: string }> {
    const { conversationId } = await openConversation(server.listening.url, { touchpoint, language: 'en' });
    await server.app.conversations.idle();
    return { conversationId, heard: await lastHeard(conversationId) };
  }

  async function lastHeard(conversationId: string): Promise<string> {
    const events = await readStream(server.listening.url, conversationId, {
      enough: ({ type }) => type === 'live',
    });
    return (
      events.flatMap((event) => (event.type === 'message' ? [event.data.message.text] : [])).at(-1) ?? ''
    );
  }

  async function say(conversationId: string, text: string): Promise<void> {
    people += 1;
    await server.ask(`/channels/web/conversations/${conversationId}/messages`, {
      method: 'POST',
      body: { id: `m${people}`, ...(text.startsWith('!') ? { choice: text } : { text }) },
    });
    await server.app.conversations.idle();
  }

  /** Tries again what failed, until it is put aside. */
  async function tryOut(): Promise<void> {
    for (let attempt = 1; attempt < 5; attempt += 1) await server.app.conversations.sweep();
  }

  async function summary(): Promise<Answered> {
    const { items } = await server.read('/questionnaires');
    return items.find(({ id }: Answered) => id === bad);
  }

  return { server, state, lines, visit, say, lastHeard, tryOut, summary };
}

/** The part of a turn that tells what it is about. */
const turnSchema = z.object({
  contact: z.object({ session: z.object({ questionnaireId: z.string() }).optional() }),
  events: z.array(z.object({ event: z.object({ type: z.string() }) })),
});

function isReplyToBad(turn: unknown): boolean {
  const { contact, events } = turnSchema.parse(turn);
  return contact.session?.questionnaireId === bad && events.some(({ event }) => event.type === 'replied');
}

test('[O7] a questionnaire whose replies fail for two people pauses itself for those who come, and nothing else', async () => {
  const { server, lines, visit, say, tryOut, summary } = await start();
  const first = await visit('delivery');
  await say(first.conversationId, 'yes');
  await tryOut();
  expect(await server.app.store.readBacklog()).toMatchObject({ quarantinedMessages: 1, inboxContacts: 0 });
  expect((await summary()).paused).toBeUndefined();

  const second = await visit('delivery');
  expect(second.heard).toContain('arrive');
  await say(second.conversationId, 'yes');
  await tryOut();
  expect((await summary()).paused).toEqual({ at: expect.any(String), reason: 'odd words' });
  expect(lines.filter(([sentence]) => sentence === 'a questionnaire keeps failing and was paused')).toEqual([
    [expect.any(String), { questionnaireId: bad, revision: 1 }],
  ]);
  expect((await visit('delivery')).heard).toBe(
    'This survey is taking a short break. Please come back a little later.',
  );
  const { items } = await (await server.ask('/channels/web/touchpoints')).json();
  const offered = items.map(({ touchpointId }: Answered) => touchpointId);
  expect(offered).toContain('purchase');
  expect(offered).not.toContain('delivery');
  expect((await visit('purchase')).heard).toContain('recommend');
});

test('[O7] conversations that are open go on while it is paused, and so do other questionnaires', async () => {
  const { server, state, visit, say, lastHeard } = await start();
  const { conversationId } = await visit('delivery');
  const pause = { at: server.app.now(), reason: 'odd words' };
  await server.app.store.pauseQuestionnaire({ id: bad, revision: 1, pause });
  state.broken = false;
  await say(conversationId, 'yes');
  expect(await lastHeard(conversationId)).toContain('delivery');
  await say(conversationId, '5');
  expect((await server.read(`/answers?questionnaire=${bad}`)).items).toHaveLength(2);
  const other = await visit('purchase');
  await say(other.conversationId, '9');
  expect((await server.read('/answers?questionnaire=purchase-nps')).items).toHaveLength(1);
});

test('[O7] it begins again when staff resume it', async () => {
  const { server, visit, summary } = await start();
  const pause = { at: server.app.now(), reason: 'odd words' };
  await server.app.store.pauseQuestionnaire({ id: bad, revision: 1, pause });
  const paused = await visit('delivery');
  expect(paused.heard).toContain('short break');
  const resume = (id: string) => server.staff(`/questionnaires/${id}/resume`, { method: 'POST' });
  expect((await resume('nothing')).status).toBe(404);
  expect((await resume(bad)).status).toBe(204);
  expect((await resume(bad)).status).toBe(204);
  expect((await summary()).paused).toBeUndefined();
  expect((await visit('delivery')).heard).toContain('arrive');
  expect((await server.ask(`/api/v1/questionnaires/${bad}/resume`, { method: 'POST' })).status).toBe(401);
});

test('[O7] it begins again with its next revision', async () => {
  const { server, visit, summary } = await start();
  const pause = { at: server.app.now(), reason: 'odd words' };
  await server.app.store.pauseQuestionnaire({ id: bad, revision: 1, pause });
  const path = join(import.meta.dirname, '../../examples/delivery-csat.json');
  const document = JSON.parse(readFileSync(path, 'utf8'));
  document.texts.en.title = 'Your parcel';
  expect((await server.staff('/questionnaires', { method: 'POST', body: document })).status).toBe(201);
  expect(await summary()).toMatchObject({ revision: 2 });
  expect((await summary()).paused).toBeUndefined();
  expect((await visit('delivery')).heard).toContain('arrive');
});

test('[O7] whoever has another survey open goes on with it: one that is paused is not offered, nor begun when it was offered before', async () => {
  const { server, state, visit, say, lastHeard } = await start();
  state.broken = false;
  const { url } = server.listening;
  const first = await openConversation(url, { touchpoint: 'purchase', language: 'en' });
  const enter = async () => {
    await openConversation(url, { touchpoint: 'delivery', language: 'en' }, first.cookie);
    await server.app.conversations.idle();
    return lastHeard(first.conversationId);
  };
  const pause = { at: server.app.now(), reason: 'odd words' };
  const paused = (await server.app.store.readQuestionnaire(bad))?.revision ?? 0;
  expect(await enter()).toContain('switch to');
  await server.app.store.pauseQuestionnaire({ id: bad, revision: paused, pause });
  await say(first.conversationId, '!!switch');
  const heard = await readStream(url, first.conversationId, { enough: ({ type }) => type === 'live' });
  const texts = heard.flatMap((event) => (event.type === 'message' ? [event.data.message.text] : []));
  expect(texts.at(-2)).toContain('short break');
  expect(texts.at(-1)).toContain('recommend');
  expect(await enter()).toContain('short break');
  await say(first.conversationId, '9');
  const { items } = await server.read('/responses');
  expect(items.map(({ questionnaireId }: Answered) => questionnaireId)).toEqual(['purchase-nps']);
  expect((await visit('delivery')).heard).toContain('short break');
});
