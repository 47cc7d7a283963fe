import { expect, test } from 'vitest';
import { createLane } from '../../src/conversations/lane.ts';
import { createSweeper, type Lanes, sweepLimit } from '../../src/conversations/sweeper.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { Store } from '../../src/store/store.ts';

type Kind = keyof Lanes;
type Waiting = Record<Kind, string[]>;

/** A store that holds nothing but work, and lanes that do it. */
function world(done: (kind: Kind, contactId: string, waiting: Waiting) => void | Promise<void> = take) {
  const waiting: Waiting = { timers: [], inbound: [], outbound: [] };
  const worked: string[] = [];
  let looks = 0;
  const state = { down: undefined as StoreError | undefined };
  const store: Pick<Store, 'findWork'> = {
    async findWork({ limit }) {
      looks += 1;
      if (state.down) throw state.down;
      const firstOf = (kind: Kind) => waiting[kind].slice(0, limit);
      return { timers: firstOf('timers'), inbound: firstOf('inbound'), outbound: firstOf('outbound') };
    },
  };
  const laneOf = (kind: Kind) =>
    createLane({
      atOnceMax: 10,
      async work(contactId) {
        worked.push(contactId);
        await done(kind, contactId, waiting);
      },
    });
  const lanes = { timers: laneOf('timers'), inbound: laneOf('inbound'), outbound: laneOf('outbound') };
  const sweeper = createSweeper({ store, lanes });
  return { waiting, worked, state, sweeper, looks: () => looks };
}

function take(kind: Kind, contactId: string, waiting: Waiting): void {
  waiting[kind] = waiting[kind].filter((id) => id !== contactId);
}

const people = (count: number, name = 'person') =>
  Array.from({ length: count }, (_, index) => `${name}-${index}`);

test('a sweep does everything that waits, however much it is', async () => {
  const { waiting, worked, sweeper } = world();
  waiting.inbound = people(3 * sweepLimit + 7, 'in');
  waiting.outbound = people(sweepLimit, 'out');
  waiting.timers = people(5, 'timer');
  await sweeper.sweep({});
  expect(waiting).toEqual({ timers: [], inbound: [], outbound: [] });
  expect(new Set(worked).size).toBe(worked.length);
  expect(worked).toHaveLength(4 * sweepLimit + 12);
});

test('what fails is tried once in a sweep, and keeps nobody behind it from their turn', async () => {
  const { waiting, worked, sweeper } = world((kind, contactId, all) => {
    if (!contactId.startsWith('bad')) take(kind, contactId, all);
  });
  waiting.inbound = [...people(sweepLimit - 1, 'bad'), ...people(50, 'good')];
  await sweeper.sweep({});
  expect(waiting.inbound).toEqual(people(sweepLimit - 1, 'bad'));
  expect(worked.filter((id) => id === 'bad-0')).toEqual(['bad-0']);
});

test('a sweep ends when all that is found failed in it already', async () => {
  const { waiting, worked, sweeper, looks } = world(() => {});
  waiting.timers = people(2 * sweepLimit);
  await sweeper.sweep({});
  expect(worked).toHaveLength(sweepLimit);
  expect(looks()).toBe(2);
});

test('two sweeps at once do nothing twice', async () => {
  const { waiting, worked, sweeper } = world();
  waiting.outbound = people(3 * sweepLimit);
  await Promise.all([sweeper.sweep({}), sweeper.sweep({}), sweeper.sweep({})]);
  expect(waiting.outbound).toEqual([]);
  expect(new Set(worked).size).toBe(worked.length);
});

test('one kind of work does not wait for another, nor does new work for old', async () => {
  let release = () => {};
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { waiting, worked, sweeper } = world(async (kind, contactId, all) => {
    if (contactId === 'slow') await slow;
    take(kind, contactId, all);
  });
  waiting.outbound = ['slow'];
  const first = sweeper.sweep({});
  while (worked.length < 1) await new Promise((resolve) => setImmediate(resolve));
  waiting.timers = ['timer'];
  waiting.outbound.push('quick');
  const second = sweeper.sweep({});
  while (worked.length < 3) await new Promise((resolve) => setImmediate(resolve));
  expect(worked.toSorted()).toEqual(['quick', 'slow', 'timer']);
  release();
  await Promise.all([first, second]);
  expect(worked).toHaveLength(3);
});

test('a sweep of a store that does not answer is rejected, and the next one asks again', async () => {
  const { waiting, worked, state, sweeper } = world();
  state.down = new StoreError('unavailable', 'gone');
  await expect(sweeper.sweep({})).rejects.toMatchObject({ code: 'unavailable' });
  state.down = undefined;
  waiting.timers = ['timer'];
  await sweeper.sweep({});
  expect(worked).toEqual(['timer']);
});

test('after stop no sweep looks for anything, and one that goes on ends', async () => {
  const { waiting, worked, sweeper, looks } = world((kind, contactId, all) => {
    take(kind, contactId, all);
    if (worked.length === 10) sweeper.stop();
  });
  waiting.inbound = people(5 * sweepLimit);
  await sweeper.sweep({});
  expect([worked.length, looks()]).toEqual([sweepLimit, 1]);
  await sweeper.sweep({});
  expect(looks()).toBe(1);
});
