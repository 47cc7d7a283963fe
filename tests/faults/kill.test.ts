import { describe, expect, test } from 'vitest';
import { inCamp } from './siege/camp.ts';
import { embeddedGround, groundOfProject } from './siege/ground.ts';
import { type Blow, besiege, blowsOf } from './siege/kill-siege.ts';
import type { Protection } from './siege/protections.ts';

const onMongo = process.env.TEST_STORE === 'mongodb';
const kills = onMongo ? 22 : 50;

test('[F1] servers killed at every moment of their work lose no acknowledged message and let none take effect twice', async () => {
  const aftermath = await inCamp(await groundOfProject(), (camp) =>
    besiege(camp, blowsOf(kills, 20_260_513)),
  );
  expect(aftermath.differences).toEqual([]);
  expect(aftermath.unfinished).toBe(0);
  expect(aftermath.begun).toBeGreaterThan(kills / 3);
  expect(Object.keys(aftermath.kills).length).toBeGreaterThan(6);
}, 600_000);

/** What is taken away, where servers are killed then, and what is said about it. */
const weaknesses: readonly (readonly [Protection, Blow, RegExp])[] = [
  ['deduplication', { moment: 'after_insert', on: 2 }, /was stored 2 times/],
  ['insert_before_acknowledgement', { afterMilliseconds: 100 }, /was stored 0 times/],
  ['answer_of_the_provider', { moment: 'after_result', on: 2 }, /counts as sent, and no provider has it/],
];

describe.skipIf(onMongo)('the siege, on the embedded store,', () => {
  test.each(weaknesses)(
    '[F1] finds out that %s is missing',
    async (protection, blow, finding) => {
      const aftermath = await inCamp(
        embeddedGround(),
        (camp) => besiege(camp, new Array<Blow>(8).fill(blow), { patienceMilliseconds: 2000 }),
        { without: [protection] },
      );
      expect(aftermath.differences).toContainEqual(expect.stringMatching(finding));
    },
    120_000,
  );
});
