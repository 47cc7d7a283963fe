import { describe, expect, test } from 'vitest';
import { createMemory, type Memory } from '../../web/chat/memory.ts';
import { createOutbox, type Outbox } from '../../web/chat/outbox.ts';
import { secondsBefore } from '../../web/chat/pauses.ts';
import { type Outcome, secondsOf } from '../../web/chat/requests.ts';
import type { Content } from '../../web/chat/wire.ts';

const taken: Outcome<unknown> = { kind: 'done', value: {} };
const unreachable: Outcome<unknown> = { kind: 'later', isBusy: false };

/** A server that answers with the outcomes in their order, then takes everything; `undefined` never answers. */
function fakeServer(...outcomes: (Outcome<unknown> | undefined)[]) {
  const received: ({ id: string } & Content)[] = [];
  return {
    received,
    deliver(message: { id: string } & Content): Promise<Outcome<unknown>> {
      received.push(message);
      if (outcomes.length === 0) return Promise.resolve(taken);
      const outcome = outcomes.shift();
      return outcome ? Promise.resolve(outcome) : new Promise(() => {});
    },
  };
}

/** Pauses that end at once and are noted. */
function fakePauses() {
  const asked: { seconds: number; firm: boolean }[] = [];
  return {
    asked,
    pause(seconds: number, firm = false): Promise<void> {
      asked.push({ seconds, firm });
      return Promise.resolve();
    },
    end() {},
  };
}

function emptyMemory(): Memory {
  return createMemory(() => {
    throw new Error('This browser keeps nothing.');
  });
}

function open(
  server: ReturnType<typeof fakeServer>,
  about: Partial<Parameters<typeof createOutbox>[0]> = {},
): Outbox {
  return createOutbox({
    conversationId: 'c1',
    memory: emptyMemory(),
    pauses: fakePauses(),
    deliver: server.deliver,
    changed() {},
    lost() {},
    ...about,
  });
}

/** Lets everything that waits for nothing but promises happen. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('the outbox', () => {
  test('sends in the order of writing, the next only when the server has the one before', async () => {
    const server = fakeServer(undefined);
    const outbox = open(server);
    outbox.add({ text: 'one' }, 0);
    outbox.add({ text: 'two' }, 0);
    await settled();
    expect(server.received).toMatchObject([{ text: 'one' }]);
    expect(outbox.items).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }]);
  });

  test('repeats with the same id until the server has it', async () => {
    const server = fakeServer(unreachable, { kind: 'later', isBusy: true }, unreachable);
    const outbox = open(server);
    const { id } = outbox.add({ text: 'one' }, 0);
    await settled();
    expect(server.received).toEqual(Array(4).fill({ id, text: 'one' }));
    expect(outbox.items).toMatchObject([{ id, state: 'sent' }]);
  });

  test('waits as long as the server asks, and longer each time where it does not say', async () => {
    const pauses = fakePauses();
    const busy: Outcome<unknown> = { kind: 'later', isBusy: true, seconds: 7 };
    open(fakeServer(busy, unreachable, unreachable, unreachable), { pauses }).add({ text: 'one' }, 0);
    await settled();
    const [first, ...others] = pauses.asked;
    expect(first).toEqual({ seconds: 7, firm: true });
    expect(others.map(({ firm }) => firm)).toEqual([false, false, false]);
    expect(secondsBefore(4, 0.5)).toBeGreaterThan(2 * secondsBefore(2, 0.5));
    expect(secondsBefore(50, 1)).toBeLessThan(20);
  });

  test.each([
    ['busy', { kind: 'later', isBusy: true }],
    ['unreachable', unreachable],
  ] as const)(
    'tells that the server is %s for as long as something waits for it',
    async (obstacle, outcome) => {
      const seen = new Set<string | undefined>();
      const outbox = open(fakeServer(outcome), { changed: () => seen.add(outbox.obstacle) });
      outbox.add({ text: 'one' }, 0);
      await settled();
      expect([...seen]).toContain(obstacle);
      expect(outbox.obstacle).toBeUndefined();
    },
  );

  test('forgets an item when the conversation shows it', async () => {
    const outbox = open(fakeServer());
    const { id } = outbox.add({ text: 'one' }, 0);
    await settled();
    outbox.settle(id);
    expect(outbox.items).toEqual([]);
  });

  test('does not call refused what arrived at an earlier attempt', async () => {
    const pauses = fakePauses();
    let settle = () => {};
    const outbox = open(fakeServer(unreachable, { kind: 'refused', status: 400, code: '' }), {
      pauses: {
        ...pauses,
        pause() {
          settle();
          return Promise.resolve();
        },
      },
    });
    const { id } = outbox.add({ text: 'one' }, 0);
    settle = () => outbox.settle(id);
    await settled();
    expect(outbox.items).toEqual([]);
  });

  test.each([
    [400, 'refused'],
    [413, 'refused_too_long'],
  ])('keeps what was refused with %i for the reader, and goes on', async (status, problem) => {
    const server = fakeServer({ kind: 'refused', status, code: '' });
    const outbox = open(server);
    outbox.add({ text: 'one' }, 0);
    outbox.add({ text: 'two' }, 0);
    await settled();
    expect(outbox.items).toMatchObject([
      { content: { text: 'one' }, state: 'refused', problem },
      { content: { text: 'two' }, state: 'sent' },
    ]);
  });

  test('keeps what waits over a reload and sends it under its id', async () => {
    const memory = emptyMemory();
    const first = open(fakeServer(undefined), { memory });
    const ids = [first.add({ text: 'one' }, 0).id, first.add({ choice: '!back' }, 0).id];
    await settled();

    const server = fakeServer();
    const second = open(server, { memory });
    await settled();
    expect(server.received).toEqual([
      { id: ids[0], text: 'one' },
      { id: ids[1], choice: '!back' },
    ]);
    expect(second.items.map(({ state }) => state)).toEqual(['sent', 'sent']);
    expect(memory.keys('')).toEqual([]);
  });

  test('leaves what belongs to another conversation alone', async () => {
    const memory = emptyMemory();
    open(fakeServer(undefined), { memory, conversationId: 'other' }).add({ text: 'one' }, 0);
    const server = fakeServer();
    open(server, { memory });
    await settled();
    expect(server.received).toEqual([]);
    expect(memory.keys('')).toHaveLength(1);
  });

  test.each(['{', '', 'null', '{"id":"x"}', '[]'])('drops what it cannot read: %j', (text) => {
    const memory = emptyMemory();
    memory.set('kashuv.unsent.c1.1.x', text);
    expect(open(fakeServer(), { memory }).items).toEqual([]);
    expect(memory.keys('')).toEqual([]);
  });

  test('hands the words on when the server has forgotten the conversation, not the taps', async () => {
    let isLost = false;
    const lost = open(fakeServer({ kind: 'refused', status: 404, code: '' }), {
      lost() {
        isLost = true;
      },
    });
    lost.add({ text: 'one' }, 0);
    lost.add({ choice: 's1.q1.a' }, 0);
    await settled();
    expect(isLost).toBe(true);

    const next = open(fakeServer(undefined), { conversationId: 'c2', inherited: lost.abandon() });
    expect(next.items).toMatchObject([
      { content: { text: 'one' }, state: 'refused', problem: 'refused_gone' },
    ]);
  });
});

describe('the memory', () => {
  test('remembers until the page closes where the browser forbids its storage', () => {
    const memory = emptyMemory();
    memory.set('a.1', 'x');
    expect([memory.get('a.1'), memory.keys('a.')]).toEqual(['x', ['a.1']]);
    memory.remove('a.1');
    expect(memory.get('a.1')).toBeUndefined();
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-05-13T07:00:00Z');

  test.each([
    ['5', 5],
    ['Wed, 13 May 2026 07:00:30 GMT', 30],
    ['Wed, 13 May 2026 06:00:00 GMT', 0],
    ['999999', 300],
    ['soon', undefined],
    [null, undefined],
  ])('%j means %s seconds', (header, seconds) => {
    expect(secondsOf(header, now)).toBe(seconds);
  });
});
