import { join } from 'node:path';
import { setTimeout as passes } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type Camp, inCamp } from '../siege/camp.ts';
import { postUntilTaken, say } from '../siege/courier-person.ts';
import { mongoGround } from '../siege/ground.ts';
import { besiege, blowsOf } from '../siege/kill-siege.ts';
import type { Protection } from '../siege/protections.ts';
import { publish, reminding } from '../siege/questionnaires.ts';
import { replyTo } from '../siege/reply-to.ts';

const hourSeconds = 3600;
const preload = [join(import.meta.dirname, '../siege/shifted-clock.ts')];
const remindAfterSeconds = 2;

/** Starts a server whose clock is an hour ahead or, every other one, an hour behind. */
function startWrong(camp: Camp, number: number) {
  const aheadSeconds = number % 2 === 0 ? hourSeconds : -hourSeconds;
  return camp.start({ preload, settings: { CLOCK_AHEAD_SECONDS: `${aheadSeconds}` } });
}

/** How often each person is told something when they do not answer, while servers look for timers that are due. */
async function remind(without: readonly Protection[] = []): Promise<Record<string, number>> {
  const ground = await mongoGround();
  return inCamp(
    ground,
    async (camp) => {
      const { chronicle, town } = camp;
      await publish(ground, [reminding('soon', remindAfterSeconds), reminding('later', hourSeconds / 2)]);
      await Promise.all([startWrong(camp, 0), startWrong(camp, 1)]);
      const people = ['soon', 'later'].flatMap((touchpoint) =>
        [1, 2, 3, 4].map((number) => ({ touchpoint, address: `${touchpoint}-${number}` })),
      );
      await Promise.all(people.map((person) => postUntilTaken(town, person)));
      await passes(2 * remindAfterSeconds * 1000 + 2000);
      const told = Map.groupBy(chronicle.accepted, ({ address }) => address);
      return Object.fromEntries(people.map(({ address }) => [address, told.get(address)?.length ?? 0]));
    },
    { without, isPrompt: true },
  );
}

describe('servers whose clocks are wrong by an hour', () => {
  test('[F6] take over from each other as if their clocks were right', async () => {
    const from = new Date(Date.now() - 1000).toISOString();
    await inCamp(await mongoGround(), async (camp) => {
      const aftermath = await besiege(camp, blowsOf(4, 3), { start: (number) => startWrong(camp, number) });
      expect(aftermath).toMatchObject({ differences: [], unfinished: 0 });
      const reader = await camp.ground.openReader();
      const { items } = await reader.listAnswers({ limit: 500 });
      await reader.close();
      const moments = items.flatMap(({ askedAt, answeredAt }) => [askedAt, answeredAt]).toSorted();
      expect(moments.length).toBeGreaterThan(0);
      expect(moments[0]?.localeCompare(from)).toBe(1);
      expect(moments.at(-1)?.localeCompare(new Date(Date.now() + 1000).toISOString())).toBe(-1);
    });
  }, 300_000);

  test('[F6] find what one of them left behind whose clock was ahead', async () => {
    await inCamp(
      await mongoGround(),
      async (camp) => {
        const { town, provider } = camp;
        // Struck when it has sent the second question: nobody has a reason to look at the contact any more.
        const strike = { moment: 'after_result', on: 2, signal: 'SIGKILL' } as const;
        const ahead = await camp.start({
          strike,
          preload,
          settings: { CLOCK_AHEAD_SECONDS: `${hourSeconds}` },
        });
        const phone = provider.phoneOf('person');
        await postUntilTaken(town, { address: 'person', touchpoint: 'purchase' });
        const { message } = await phone.next(town.leaving);
        await say(town, 'person', { id: 'first', questionId: 'recommend', ...replyTo(message) });
        await ahead.ended;
        await startWrong(camp, 1);
        expect(await camp.differences(20_000)).toEqual([]);
      },
      { isPrompt: true },
    );
  }, 120_000);

  test('[F6] remind people when it is time, and once', async () => {
    const told = await remind();
    for (const [address, times] of Object.entries(told))
      expect(times, address).toBe(address.startsWith('soon') ? 2 : 1);
  }, 120_000);

  test('[F6] are found to remind too early when they go by their own clocks', async () => {
    const told = await remind(['clock_of_the_store']);
    const early = Object.entries(told).filter(([address, times]) => address.startsWith('later') && times > 1);
    expect(early).not.toEqual([]);
  }, 120_000);
});
