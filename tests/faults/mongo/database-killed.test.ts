import { describe, expect, test } from 'vitest';
import { inCamp } from '../siege/camp.ts';
import { mongoGround } from '../siege/ground.ts';
import { type OutageAftermath, starve } from '../siege/outage-siege.ts';
import type { Protection } from '../siege/protections.ts';

interface Siege {
  readonly outages: number;
  readonly without?: readonly Protection[];
  readonly patienceMilliseconds?: number;
}

async function siege({ without = [], ...options }: Siege): Promise<OutageAftermath> {
  const ground = await mongoGround();
  const { server } = ground;
  if (!server) throw new Error('There is no server to kill');
  return inCamp(ground, (camp) => starve(camp, server, options), { without });
}

// A server that MONGODB_TEST_URI names is not ours to kill.
describe.skipIf(process.env.MONGODB_TEST_URI)('a database that is killed and comes back', () => {
  test('[F3] is waited for: servers refuse with a time to come again, go on by themselves, and lose nothing', async () => {
    const outages = 2;
    const { during, refusals, ...aftermath } = await siege({ outages });
    expect(aftermath).toMatchObject({ survived: true, unfinished: 0, differences: [] });
    expect(during).toEqual(new Array(outages * 2).fill({ healthz: 200, readyz: 503 }));
    expect(refusals).toBeGreaterThan(0);
  }, 300_000);

  test('[F3] is found to have lost a message that was acknowledged before it was stored', async () => {
    const without = ['insert_before_acknowledgement'] as const;
    const { differences } = await siege({ outages: 1, without, patienceMilliseconds: 2000 });
    expect(differences).toContainEqual(expect.stringMatching(/was stored 0 times/));
  }, 120_000);
});
