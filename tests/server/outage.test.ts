import { expect, onTestFinished, test } from 'vitest';
import { problemSchema } from '../../src/server/problem.ts';
import type { Log, LogDetails } from '../../src/telemetry/log.ts';
import { openConversation, postMessage, readStream } from '../support/chat-client.ts';
import { createGate, faultyStore, until } from '../support/faulty-store.ts';
import { startStaffServer } from '../support/staff-server.ts';

async function start() {
  const faulty = faultyStore();
  const logged: string[] = [];
  const note = (_: LogDetails, sentence: string) => void logged.push(sentence);
  const log: Log = { debug: note, info: note, warn: note, error: note, fatal: note };
  const server = await startStaffServer({ app: { decorateStore: faulty.decorate, log } });
  onTestFinished(async () => {
    faulty.up();
    faulty.before = undefined;
    await server.close();
  });
  return { faulty, server, logged, url: server.listening.url };
}

/** Status, code and when to come again, of an answer that is a problem. */
async function problemIn(response: Response) {
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const problem = problemSchema.parse(await response.json());
  expect(problem.requestId).toBe(response.headers.get('x-request-id'));
  return [response.status, problem.code, Number(response.headers.get('retry-after')) > 0];
}

test('[O6] while the store is down, the process is alive and not ready, and says so to everybody who needs the store', async () => {
  const { faulty, server, url } = await start();
  const { conversationId } = await openConversation(url, { touchpoint: 'delivery' });
  faulty.down();
  expect((await server.ask('/healthz')).status).toBe(200);
  const down = [503, 'store_unavailable', true];
  expect(await problemIn(await server.ask('/readyz'))).toEqual(down);
  expect(await problemIn(await server.staff('/responses'))).toEqual(down);
  expect(await problemIn(await server.ask('/channels/web/touchpoints'))).toEqual(down);
  const opening = { method: 'POST', body: { touchpoint: 'delivery' } } as const;
  expect(await problemIn(await server.ask('/channels/web/conversations', opening))).toEqual(down);
  expect(await problemIn(await postMessage(url, conversationId, { id: 'm1', text: 'yes' }))).toEqual(down);
  const stream = `/channels/web/conversations/${conversationId}/events`;
  expect(await problemIn(await server.ask(stream))).toEqual(down);
});

test('[O6] when the store is back, everything goes on by itself, and a message that was refused is taken once', async () => {
  const { faulty, server, logged, url } = await start();
  const { conversationId } = await openConversation(url, { touchpoint: 'delivery', language: 'en' });
  const say = () => postMessage(url, conversationId, { id: 'm1', text: 'yes' });
  server.app.startSweeping();
  faulty.down();
  expect((await say()).status).toBe(503);
  await until(() => logged.includes('the store does not answer; it is asked every second'));
  // From here on nobody asks the store in vain.
  const asked: string[] = [];
  faulty.before = (command) => asked.push(command);
  expect((await say()).status).toBe(503);
  expect(asked).not.toContain('receive');
  faulty.up();
  await until(() => logged.includes('the store answers again'));
  expect((await server.ask('/readyz')).status).toBe(200);
  expect([(await say()).status, (await say()).status]).toEqual([202, 202]);
  await server.app.conversations.idle();
  const { items } = await server.read('/answers');
  expect(items.map(({ questionId, value }: Record<string, unknown>) => [questionId, value])).toEqual([
    ['arrived', true],
  ]);
});

test('[O6] a turn that the store went away under is taken up when it is back, and counts as no failure of its message', async () => {
  const { faulty, server, url } = await start();
  const { conversationId } = await openConversation(url, { touchpoint: 'delivery', language: 'en' });
  faulty.before = (command) => {
    if (command === 'commitTurn') faulty.down();
  };
  expect((await postMessage(url, conversationId, { id: 'm1', text: 'yes' })).status).toBe(202);
  await server.app.conversations.idle();
  faulty.before = (command) => {
    if (command === 'recordInboundFailure') throw new Error('The message is not at fault');
  };
  faulty.up();
  await server.app.conversations.sweep();
  expect((await server.read('/answers')).items).toHaveLength(1);
});

test('[O6] a store that says nothing is not ready either', async () => {
  const { faulty, server } = await start();
  const gate = createGate();
  faulty.before = (command) => (command === 'check' ? gate.arrive() : undefined);
  expect(await problemIn(await server.ask('/readyz'))).toEqual([503, 'store_unavailable', true]);
  gate.open();
});

test('[O5] from the moment of draining the server is not ready and turns new requests away; one that is under way is answered', async () => {
  const { faulty, server, url } = await start();
  const { conversationId } = await openConversation(url, { touchpoint: 'delivery', language: 'en' });
  const gate = createGate();
  faulty.before = (command) => (command === 'receive' ? gate.arrive() : undefined);
  const underWay = postMessage(url, conversationId, { id: 'm1', text: 'yes' });
  await until(() => gate.arrived === 1);
  let isLive = false;
  const stream = readStream(url, conversationId, {
    enough({ type }) {
      isLive ||= type === 'live';
      return false;
    },
  });
  await until(() => isLive);

  server.listening.drain();
  const draining = [503, 'draining', true];
  const unready = await server.ask('/readyz');
  expect(unready.headers.get('connection')).toBe('close');
  expect(await problemIn(unready)).toEqual(draining);
  expect((await server.ask('/healthz')).status).toBe(200);
  expect(await problemIn(await server.staff('/responses'))).toEqual(draining);
  expect(await problemIn(await server.ask('/results'))).toEqual(draining);
  expect(await problemIn(await postMessage(url, conversationId, { id: 'm2', text: '5' }))).toEqual(draining);
  // The stream of an open page has ended, so that the page looks for another server.
  await stream;

  gate.open();
  expect((await underWay).status).toBe(202);
  await server.app.conversations.idle();
  const messages = await server.app.store.listAnswers({ limit: 10 });
  expect(messages.items.map(({ questionId }) => questionId)).toEqual(['arrived']);
});
