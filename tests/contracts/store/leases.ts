import { expect, test } from 'vitest';
import type { Subject } from '../store.ts';
import { clock } from './sample.ts';

export function leases({ store }: Subject): void {
  const take = (holder: string, name = 'sweep') => store().takeLease({ name, holder, seconds: 10 });

  test('one holder at a time has a lease', async () => {
    expect(await take('one')).toBe(true);
    expect(await take('other')).toBe(false);
    expect(await take('other', 'something else')).toBe(true);
  });

  test('of several who ask at once, one gets it', async () => {
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((holder) => take(holder)));
    expect(answers.filter((has) => has)).toHaveLength(1);
  });

  test('whoever asks again before the end keeps it', async () => {
    await take('one');
    clock.set(9);
    expect(await take('one')).toBe(true);
    clock.set(18);
    expect(await take('other')).toBe(false);
    clock.set(19);
    expect(await take('other')).toBe(true);
    expect(await take('one')).toBe(false);
  });

  test('it can be given back by whoever has it', async () => {
    await take('one');
    await store().releaseLease({ name: 'sweep', holder: 'other' });
    expect(await take('other')).toBe(false);
    await store().releaseLease({ name: 'sweep', holder: 'one' });
    expect(await take('other')).toBe(true);
  });
}
