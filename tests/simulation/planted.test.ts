import { describe, expect, test } from 'vitest';
import { plantedBugs } from './planted/index.ts';
import { simulate } from './simulate.ts';

const seedsMax = 2000;

/** The first seed whose run shows that something is wrong. */
async function findSeed(
  planted: (typeof plantedBugs)[keyof typeof plantedBugs],
): Promise<number | undefined> {
  for (let seed = 1; seed <= seedsMax; seed += 1) {
    const { violations } = await simulate({ seed, planted });
    if (violations.length > 0) return seed;
  }
  return undefined;
}

describe(`a bug that is planted is found within ${seedsMax} seeds`, () => {
  test.each(Object.entries(plantedBugs))(
    '%s',
    async (_, planted) => {
      const seed = await findSeed(planted);
      expect(seed, planted.words).toBeDefined();
      // It is the bug that was found, not something that is wrong anyway.
      expect((await simulate({ seed: seed ?? 0 })).violations).toEqual([]);
    },
    10 * 60_000,
  );
});
