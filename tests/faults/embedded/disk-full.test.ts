import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as passes } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { type Camp, inCamp } from '../siege/camp.ts';
import { gatherCrowd } from '../siege/crowd.ts';
import { embeddedGround } from '../siege/ground.ts';
import type { Protection } from '../siege/protections.ts';
import type { ServerProcess } from '../siege/server-process.ts';

const waiting = { timeout: 30_000, interval: 50 };
const crowdSize = 8;
/** So much fits in after the disk has become full. */
const leftBytes = 10_000;
const fullMilliseconds = 1500;

/** Limits how long the files that a process writes may grow, as a full disk does; without a figure the limit is gone. */
function limitFiles({ pid }: ServerProcess, bytes?: number): void {
  const { status } = spawnSync('prlimit', ['--pid', `${pid}`, `--fsize=${bytes ?? 'unlimited'}:unlimited`]);
  if (status !== 0) throw new Error('prlimit did not work');
}

function longestFile(directory: string): number {
  return Math.max(...readdirSync(directory).map((name) => statSync(join(directory, name)).size));
}

interface Aftermath {
  readonly unfinished: number;
  readonly differences: readonly string[];
  /** How often people were asked to come again, each time that the disk was full. */
  readonly refused: readonly number[];
}

/** Lets people answer while the disk becomes full, so often, and has room again. */
async function fill(camp: Camp, times: number, patienceMilliseconds: number): Promise<Aftermath> {
  const { chronicle, ground, town, leave } = camp;
  const server = await camp.start();
  const crowd = gatherCrowd(town, leave, { size: crowdSize });
  const refused: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const { length } = chronicle.said;
    await vi.waitUntil(() => chronicle.said.length > length + crowdSize, waiting);
    limitFiles(server, longestFile(ground.directory) + leftBytes);
    const { refusals } = chronicle;
    await passes(fullMilliseconds);
    refused.push(chronicle.refusals - refusals);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    limitFiles(server);
  }
  const { unfinished } = await crowd.finish(patienceMilliseconds);
  expect(camp.servers).toEqual([server]);
  return {
    unfinished,
    differences: await camp.differences(unfinished === 0 ? patienceMilliseconds : 0),
    refused,
  };
}

function siege(times: number, without: readonly Protection[] = [], patienceMilliseconds = 60_000) {
  return inCamp(embeddedGround(), (camp) => fill(camp, times, patienceMilliseconds), { without });
}

const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0;

// The limit of a running process is set by prlimit, which only Linux has.
describe.skipIf(!hasPrlimit)('a full disk', () => {
  test('[F5] lets the server refuse with a time to come again, lose nothing, and go on once there is room', async () => {
    const aftermath = await siege(3);
    expect(aftermath).toMatchObject({ unfinished: 0, differences: [] });
    // A write-ahead log that has just begun anew may have room enough for one of the times.
    expect(Math.max(...aftermath.refused)).toBeGreaterThan(0);
  }, 120_000);

  test('[F5] is found to have swallowed a message that was acknowledged before it was stored', async () => {
    const { differences } = await siege(1, ['insert_before_acknowledgement'], 2000);
    expect(differences).toContainEqual(expect.stringMatching(/was stored 0 times/));
  }, 60_000);

  test('[F5] does not keep a server from starting, which takes in messages once there is room', async () => {
    await inCamp(embeddedGround(), async (camp) => {
      const { chronicle, ground, town, leave } = camp;
      const first = await camp.start();
      const crowd = gatherCrowd(town, leave, { size: crowdSize });
      await vi.waitUntil(() => chronicle.said.length > crowdSize, waiting);
      first.signal('SIGKILL');
      await first.ended;
      const fileBytesMax = longestFile(ground.directory) + leftBytes;
      const second = await camp.start({ fileBytesMax });
      expect(second.isRunning).toBe(true);
      await vi.waitUntil(() => chronicle.refusals > 0, waiting);
      limitFiles(second);
      expect(await crowd.finish(60_000)).toEqual({ unfinished: 0 });
      expect(await camp.differences(20_000)).toEqual([]);
    });
  }, 120_000);
});
