import { expect, test } from 'vitest';
import { inCamp } from './siege/camp.ts';
import { groundOfProject } from './siege/ground.ts';
import { besiege, blowsOf } from './siege/kill-siege.ts';

const kills = 210;

test('[F1] servers killed hundreds of times lose no acknowledged message and let none take effect twice', async () => {
  const aftermath = await inCamp(await groundOfProject(), (camp) =>
    besiege(camp, blowsOf(kills, 20_261_124)),
  );
  console.log(`${kills} kills while ${aftermath.begun} people answered:`, aftermath.kills);
  expect(aftermath.differences).toEqual([]);
  expect(aftermath.unfinished).toBe(0);
}, 3_600_000);
