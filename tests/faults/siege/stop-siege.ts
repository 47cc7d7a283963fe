import { setTimeout as passes } from 'node:timers/promises';
import { vi } from 'vitest';
import type { Camp } from './camp.ts';
import { byCourier, byForgetfulCourier, gatherCrowd } from './crowd.ts';
import { relayTiming } from './fault-server.ts';
import { forgetful } from './provider.ts';
import type { Moment } from './strikes.ts';

export interface StandstillAftermath {
  readonly stops: number;
  readonly unfinished: number;
  readonly differences: readonly string[];
  /** Messages that the provider took twice although it could be asked about them, and although they were not on their way when their sender stood still. */
  readonly sentTwice: readonly string[];
}

const crowdSize = 8;
const stopMilliseconds = 20_000;
/** Long enough that the lease of whatever was claimed has ended, and that somebody else has looked for what was left. */
const standMilliseconds = relayTiming.leaseSeconds * 1000 + 1500;
/** Meanwhile the others have to get on by as many messages. */
const acceptedMeanwhile = 3;

/** Lets people answer while one of two servers stands still beyond its leases, at each of the moments, and goes on as if nothing had happened. */
export async function freeze(
  camp: Camp,
  moments: readonly Moment[],
  { patienceMilliseconds = 60_000 }: { readonly patienceMilliseconds?: number } = {},
): Promise<StandstillAftermath> {
  const { chronicle, leave, town } = camp;
  const mayComeLate = new Set<string>();
  let stops = 0;
  await Promise.all([camp.start(), camp.start()]);
  const crowd = gatherCrowd(town, leave, {
    size: crowdSize,
    ways: [byCourier, byCourier, byForgetfulCourier],
  });
  for (const [index, moment] of moments.entries()) {
    const server = camp.servers[index % 2];
    if (!server) throw new Error('A server has ended');
    const struck = await Promise.race([
      server.arm({ moment, on: 1 + (index % 3), signal: 'SIGSTOP' }),
      passes(stopMilliseconds),
    ]);
    if (!struck) continue;
    stops += 1;
    for (const messageId of struck.sending) mayComeLate.add(messageId);
    const { length } = chronicle.accepted;
    await passes(standMilliseconds);
    await vi.waitUntil(() => chronicle.accepted.length >= length + acceptedMeanwhile, { timeout: 30_000 });
    server.signal('SIGCONT');
  }
  const { unfinished } = await crowd.finish(patienceMilliseconds);
  const differences = await camp.differences(unfinished === 0 ? patienceMilliseconds : 0);
  const sentTwice = chronicle.accepted
    .filter(({ messageId, address }, index) => {
      const earlier = chronicle.accepted.findIndex((one) => one.messageId === messageId);
      return earlier < index && !address.startsWith(forgetful) && !mayComeLate.has(messageId);
    })
    .map(({ messageId }) => messageId);
  return { stops, unfinished, differences, sentTwice };
}
