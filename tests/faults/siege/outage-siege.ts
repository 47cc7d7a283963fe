import { setTimeout as passes } from 'node:timers/promises';
import { vi } from 'vitest';
import type { OwnMongoServer } from '../../support/mongo-server.ts';
import type { Camp } from './camp.ts';
import { gatherCrowd } from './crowd.ts';

export interface OutageAftermath {
  /** The processes that were started are those that run at the end. */
  readonly survived: boolean;
  /** What each server said of itself while the database was gone. */
  readonly during: readonly Readonly<Record<'healthz' | 'readyz', number>>[];
  readonly refusals: number;
  readonly acknowledged: number;
  readonly unfinished: number;
  readonly differences: readonly string[];
}

const crowdSize = 10;
const serversWanted = 2;
/** So much is said between two outages. */
const saidBetween = 15;
const waiting = { timeout: 60_000, interval: 50 };

/** Lets people answer while the database is killed and comes back, again and again; nobody touches the servers. */
export async function starve(
  camp: Camp,
  database: Pick<OwnMongoServer, 'kill' | 'restart'>,
  { outages, patienceMilliseconds = 60_000 }: { outages: number; patienceMilliseconds?: number },
): Promise<OutageAftermath> {
  const { chronicle, town, leave } = camp;
  const askAll = () => Promise.all(camp.servers.map(({ url }) => askHealth(url)));
  const acknowledged = () => chronicle.said.filter((one) => one.acknowledgedAt !== undefined).length;
  await Promise.all(Array.from({ length: serversWanted }, () => camp.start()));
  const pids = camp.servers.map(({ pid }) => pid);
  const crowd = gatherCrowd(town, leave, { size: crowdSize });
  const during: Record<'healthz' | 'readyz', number>[] = [];
  for (let outage = 0; outage < outages; outage += 1) {
    const before = acknowledged();
    await vi.waitUntil(() => acknowledged() >= before + saidBetween, waiting);
    await passes(outage * 37);
    await database.kill();
    await vi.waitUntil(async () => (await askAll()).every(({ readyz }) => readyz === 503), waiting);
    during.push(...(await askAll()));
    await database.restart();
  }
  const { unfinished } = await crowd.finish(patienceMilliseconds);
  const differences = await camp.differences(unfinished === 0 ? patienceMilliseconds : 0);
  return {
    survived: camp.servers.map(({ pid }) => pid).join() === pids.join(),
    during,
    refusals: chronicle.refusals,
    acknowledged: acknowledged(),
    unfinished,
    differences,
  };
}

async function askHealth(url: string): Promise<Record<'healthz' | 'readyz', number>> {
  const [healthz, readyz] = await Promise.all(['healthz', 'readyz'].map((path) => fetch(`${url}/${path}`)));
  return { healthz: healthz?.status ?? 0, readyz: readyz?.status ?? 0 };
}
