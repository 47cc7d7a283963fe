import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { OutboundMessage } from '../../src/channels/channel.ts';
import { webAccount, webChannelName } from '../../src/channels/web/channel.ts';
import { createAddressBook } from '../../src/conversations/address-book.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { openConversation, postMessage, readStream, type Streamed } from '../support/chat-client.ts';
import { type StrikeMoment, strikeMoments } from './fault-server.ts';

const strikesWanted = 56;
const peopleMax = 4;
const server = join(import.meta.dirname, 'fault-server.ts');
const children = new Set<ChildProcess>();

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

interface Strike {
  readonly moment: StrikeMoment;
  readonly on: number;
}

/** A server process, and whether it struck itself down. */
interface Running {
  readonly url: string;
  readonly ended: Promise<boolean>;
  kill(): void;
}

async function start(directory: string, strike: Strike | undefined, deduplicate: boolean): Promise<Running> {
  const child = spawn(process.execPath, [server], {
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: join(tmpdir(), 'kashuv-kill-compile-cache'),
      PORT: '0',
      DATA_DIR: directory,
      ...(strike && { STRIKE_AT: strike.moment, STRIKE_ON: String(strike.on) }),
      ...(!deduplicate && { NO_DEDUPLICATION: '1' }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  const ended = once(child, 'exit').then(([, signal]) => {
    children.delete(child);
    return signal === 'SIGKILL';
  });
  const [line] = await Promise.race([once(child.stdout, 'data'), ended.then(() => [''])]);
  return { url: String(line).trim(), ended, kill: () => child.kill('SIGKILL') };
}

/** What one person said and was told, as their own device knows it. */
interface Person {
  cookie: string | undefined;
  conversationId: string;
  count: number;
  /** Said and not yet acknowledged; sent again with the same id until it is. */
  pending: { id: string; choice: string } | { id: string; text: string } | undefined;
  readonly acknowledged: Map<string, { questionId: string }>;
  finished: boolean;
}

/** Talks until the survey is over or the server is gone. */
async function talk(url: string, person: Person, signal: AbortSignal): Promise<void> {
  const opened = await openConversation(
    url,
    { touchpoint: 'purchase', language: 'en', resume: person.count > 0 },
    person.cookie,
  );
  person.cookie = opened.cookie;
  person.conversationId = opened.conversationId;
  while (!person.finished) {
    if (person.pending) {
      const response = await postMessage(url, person.conversationId, person.pending);
      if (response.status !== 202) throw new Error(`Not taken: ${response.status}`);
      person.pending = undefined;
    }
    const heard = await readStream(url, person.conversationId, { enough: isSettled(person), signal });
    const waiting = latestState(heard)?.waiting;
    if (!waiting) {
      person.finished = true;
      return;
    }
    const asked = heard
      .flatMap((event) => (event.type === 'message' ? [event.data.message] : []))
      .findLast(({ questionId }) => questionId === waiting.questionId);
    if (!asked) throw new Error(`Nobody asked ${waiting.questionId}`);
    person.count += 1;
    const id = `m${person.count}`;
    person.pending = { id, ...replyTo(asked) };
    person.acknowledged.set(id, { questionId: waiting.questionId });
  }
}

/** The stream has shown the effect of everything that the person has said. */
function isSettled(person: Person): (event: Streamed) => boolean {
  const seen: Streamed[] = [];
  const lastId = `m${person.count}`;
  return (event) => {
    seen.push(event);
    if (!seen.some(({ type }) => type === 'live')) return false;
    const state = latestState(seen);
    if (!state) return false;
    const mine =
      person.count === 0 ? 0 : seen.findIndex((one) => one.type === 'reply' && one.data.id === lastId);
    if (mine < 0) return false;
    const answered = seen.slice(mine).some(({ type }) => type === 'message');
    const last = person.acknowledged.get(lastId);
    return answered && state.waiting?.questionId !== last?.questionId;
  };
}

function latestState(events: readonly Streamed[]) {
  return events.flatMap((event) => (event.type === 'state' ? [event.data] : [])).at(-1);
}

function replyTo({ choices = [], input }: OutboundMessage): { choice: string } | { text: string } {
  const choice = choices[choices.length >> 1] ?? choices[0];
  if (choice) return { choice: choice.token };
  switch (input) {
    case 'number':
      return { text: '2' };
    case 'date':
      return { text: 'yesterday' };
    case 'email':
      return { text: 'dana@example.com' };
    case 'phone':
      return { text: '050-1234567' };
    default:
      return { text: 'The delivery note was missing' };
  }
}

function newPerson(): Person {
  return {
    cookie: undefined,
    conversationId: '',
    count: 0,
    pending: undefined,
    acknowledged: new Map(),
    finished: false,
  };
}

/** Lets people answer while the server keeps being killed, and gives back what they know. */
async function siege(
  directory: string,
  strikes: readonly Strike[],
  deduplicate: boolean,
): Promise<{ people: Person[]; struck: number }> {
  const people: Person[] = [];
  let talking: Person[] = [];
  let struck = 0;
  for (const strike of [...strikes, undefined]) {
    const running = await start(directory, strike, deduplicate);
    if (running.url !== '') {
      const gone = new AbortController();
      void running.ended.then(() => gone.abort());
      // Whoever has finished makes room for somebody new, so that every strike finds people in the middle.
      do {
        talking = talking.filter(({ finished }) => !finished);
        while (strike && talking.length < peopleMax) {
          const person = newPerson();
          talking.push(person);
          people.push(person);
        }
        // A server that dies takes the connections of all with it; everybody goes on with the next one.
        await Promise.allSettled(talking.map((person) => talk(running.url, person, gone.signal)));
      } while (!gone.signal.aborted && (strike !== undefined || talking.some(({ finished }) => !finished)));
      if (!gone.signal.aborted) running.kill();
    }
    if ((await running.ended) && strike) struck += 1;
  }
  return { people, struck };
}

/** Compares what people know with what was stored; every difference is a sentence. */
async function differences(directory: string, people: readonly Person[]): Promise<string[]> {
  const store = await openSqliteStore({ directory });
  const found: string[] = [];
  try {
    const answers = new Map<string, string[]>();
    const replies = new Map<string, string[]>();
    const { items } = await store.listResponses({ limit: 500 });
    for (const { contactId, sessionId } of items) {
      const messages = await store.readMessages({ contactId, limit: 500 });
      const asked = messages.flatMap((one) =>
        one.direction === 'out' ? [one.message.questionId ?? 'end'] : [],
      );
      for (const one of messages) {
        if (one.direction === 'out') continue;
        const [conversation = '', id = ''] = one.providerMessageId.split('/');
        replies.set(conversation, [...(replies.get(conversation) ?? []), id]);
        if (one.state !== 'handled') found.push(`${conversation}: message ${id} was never handled`);
        if (!answers.has(conversation)) {
          const rows = await store.listAnswers({ sessionId, limit: 100 });
          answers.set(
            conversation,
            rows.items.map(({ questionId }) => questionId),
          );
        }
      }
      if (new Set(asked).size !== asked.length)
        found.push(`${contactId}: a question was sent twice: ${asked.join(' ')}`);
    }
    const secretKey = readFileSync(join(directory, 'secret.key'), 'utf8').trim();
    const addressBook = createAddressBook(secretKey);
    for (const { conversationId, acknowledged } of people) {
      const address = addressBook.identify(webChannelName, webAccount, conversationId);
      const mine = replies.get(address) ?? [];
      for (const [id, { questionId }] of acknowledged) {
        const times = mine.filter((other) => other === id).length;
        if (times !== 1) found.push(`${conversationId}: message ${id} was stored ${times} times`);
        const answered = answers.get(address)?.filter((other) => other === questionId).length ?? 0;
        if (answered !== 1) found.push(`${conversationId}: ${questionId} has ${answered} answers`);
      }
    }
  } finally {
    await store.close();
  }
  return found;
}

function strikesOf(count: number, seed: number, moments: readonly StrikeMoment[] = strikeMoments): Strike[] {
  const random = fc.sample(fc.integer({ min: 1, max: 6 }), { numRuns: count, seed });
  return random.map((on, index) => ({ moment: moments[index % moments.length] ?? 'before_insert', on }));
}

async function inDirectory<Result>(run: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'kashuv-kill-'));
  try {
    return await run(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

test('[F1] a server killed at every moment of its work loses no acknowledged answer and records none twice', async () => {
  await inDirectory(async (directory) => {
    const { people, struck } = await siege(directory, strikesOf(strikesWanted, 20_260_513), true);
    expect(struck).toBeGreaterThanOrEqual(50);
    expect(people.length).toBeGreaterThan(peopleMax);
    expect(people.filter(({ finished }) => !finished)).toEqual([]);
    expect(await differences(directory, people)).toEqual([]);
  });
}, 300_000);

test('[F1] the same siege without deduplication is found out', async () => {
  await inDirectory(async (directory) => {
    const { people } = await siege(directory, strikesOf(12, 7, ['after_insert']), false);
    expect(await differences(directory, people)).toContainEqual(expect.stringMatching(/was stored 2 times/));
  });
}, 120_000);
