import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Changes, createChanges } from '../../src/server/changes.ts';
import type { StoreChange } from '../../src/store/store.ts';

describe('open pages', () => {
  let tell: ((change: StoreChange) => void) | undefined;
  let watches: number;
  let changes: Changes;

  beforeEach(() => {
    vi.useFakeTimers();
    tell = undefined;
    watches = 0;
    changes = createChanges({
      watch(listener) {
        watches += 1;
        tell = listener;
        listener({ kind: 'anything' });
        return () => {
          tell = undefined;
        };
      },
    });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  /** A page that counts how often it was woken; nothing that was told before it is counted. */
  async function openPage(listen: (wake: () => void) => () => void) {
    const leave = listen(() => {
      page.woken += 1;
    });
    const page = { woken: 0, leave };
    await vi.runAllTimersAsync();
    page.woken = 0;
    return page;
  }

  const ofContact = (contactId: string) => openPage((wake) => changes.listenToContact(contactId, wake));
  const contact = (contactId: string) => tell?.({ kind: 'contact', contactId });

  test('are woken once by all that happens to their contact shortly after one another', async () => {
    const [one, two, other] = [await ofContact('ada'), await ofContact('ada'), await ofContact('ben')];
    contact('ada');
    await vi.advanceTimersByTimeAsync(5);
    contact('ada');
    tell?.({ kind: 'case', contactId: 'ada' });
    expect(one.woken).toBe(0);
    await vi.runAllTimersAsync();
    expect([one.woken, two.woken, other.woken]).toEqual([1, 1, 0]);
    contact('ada');
    await vi.runAllTimersAsync();
    expect([one.woken, two.woken, other.woken]).toEqual([2, 2, 0]);
  });

  test('of the list of cases are woken by cases only, and all of them when changes may have been missed', async () => {
    const list = await openPage((wake) => changes.listenToCases(wake));
    const page = await ofContact('ada');
    contact('ada');
    await vi.runAllTimersAsync();
    expect([list.woken, page.woken]).toEqual([0, 1]);
    tell?.({ kind: 'case', contactId: 'ben' });
    await vi.runAllTimersAsync();
    expect([list.woken, page.woken]).toEqual([1, 1]);
    tell?.({ kind: 'anything' });
    await vi.runAllTimersAsync();
    expect([list.woken, page.woken]).toEqual([2, 2]);
  });

  test('are not woken once they have left, and without any the store is not watched', async () => {
    expect(tell).toBeUndefined();
    const [one, two] = [await ofContact('ada'), await ofContact('ada')];
    contact('ada');
    one.leave();
    await vi.runAllTimersAsync();
    expect([one.woken, two.woken]).toEqual([0, 1]);
    one.leave();
    expect(tell).toBeDefined();
    two.leave();
    expect(tell).toBeUndefined();
    await ofContact('ada');
    expect(watches).toBe(2);
  });

  test('read few at a time when all of them have to, and every one of them does', async () => {
    let reading = 0;
    let most = 0;
    const done = new Set<number>();
    for (let page = 0; page < 50; page += 1) {
      changes.listenToContact(`contact-${page}`, async () => {
        reading += 1;
        most = Math.max(most, reading);
        await new Promise((resolve) => setTimeout(resolve, 100));
        reading -= 1;
        done.add(page);
      });
    }
    tell?.({ kind: 'anything' });
    await vi.runAllTimersAsync();
    expect([most, done.size]).toEqual([8, 50]);
  });
});
