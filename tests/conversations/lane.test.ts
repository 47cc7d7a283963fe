import { expect, test } from 'vitest';
import { createLane } from '../../src/conversations/lane.ts';

/** Work that ends when the test says so. */
function controlled(atOnceMax: number) {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const lane = createLane({
    atOnceMax,
    work(contactId) {
      begun.push(contactId);
      return new Promise((resolve) => ends.push(resolve));
    },
  });
  /** Ends the work that began first, and lets follow what follows. */
  const endFirst = async () => {
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { lane, begun, endFirst };
}

test('works on so many contacts at a time, and on the others in their order', async () => {
  const { lane, begun, endFirst } = controlled(2);
  for (const id of ['a', 'b', 'c', 'd']) void lane.add(id);
  expect(begun).toEqual(['a', 'b']);
  expect(lane.size).toBe(4);
  await endFirst();
  expect(begun).toEqual(['a', 'b', 'c']);
  await endFirst();
  await endFirst();
  await endFirst();
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
  expect(lane.size).toBe(0);
});

test('a contact that waits already is not added once more, and both who added it are told when it is done', async () => {
  const { lane, begun, endFirst } = controlled(1);
  const told: string[] = [];
  void lane.add('a');
  void lane.add('b').then(() => told.push('first'));
  void lane.add('b').then(() => told.push('second'));
  expect(lane.size).toBe(2);
  await endFirst();
  expect(told).toEqual([]);
  await endFirst();
  expect(begun).toEqual(['a', 'b']);
  expect(told).toEqual(['first', 'second']);
});

test('a contact that is added while it is worked on is worked on once more, after those who wait, and takes no second place', async () => {
  const { lane, begun, endFirst } = controlled(2);
  for (const id of ['a', 'b', 'a', 'c', 'a']) void lane.add(id);
  expect(begun).toEqual(['a', 'b']);
  await endFirst();
  expect(begun).toEqual(['a', 'b', 'c']);
  await endFirst();
  expect(begun).toEqual(['a', 'b', 'c', 'a']);
  await endFirst();
  await endFirst();
  expect(lane.size).toBe(0);
});

test('to ensure that a contact is worked on is to wait for the work that is going on, or to add it', async () => {
  const { lane, begun, endFirst } = controlled(1);
  const done: string[] = [];
  void lane.ensure('a').then(() => done.push('a'));
  void lane.ensure('a').then(() => done.push('a too'));
  void lane.ensure('b').then(() => done.push('b'));
  await endFirst();
  expect(done.toSorted()).toEqual(['a', 'a too']);
  await endFirst();
  expect(begun).toEqual(['a', 'b']);
  expect(done).toHaveLength(3);
});

test('idle waits for everything, also for what was added meanwhile', async () => {
  const { lane, begun, endFirst } = controlled(1);
  void lane.add('a');
  let idle = false;
  const waiting = lane.idle().then(() => {
    idle = true;
  });
  void lane.add('b');
  await endFirst();
  expect([idle, begun]).toEqual([false, ['a', 'b']]);
  await endFirst();
  await waiting;
  expect(idle).toBe(true);
});

test('after stop nothing begins any more: what waits is let go, what is worked on ends', async () => {
  const { lane, begun, endFirst } = controlled(1);
  const left: string[] = [];
  void lane.add('a').then(() => left.push('a'));
  void lane.add('b').then(() => left.push('b'));
  void lane.add('a').then(() => left.push('a again'));
  lane.stop();
  await lane.add('c');
  expect(left).toEqual(['b', 'a again']);
  await endFirst();
  await lane.idle();
  expect(begun).toEqual(['a']);
  expect(left).toEqual(['b', 'a again', 'a']);
});
