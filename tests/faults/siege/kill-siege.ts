import { setTimeout as passes } from 'node:timers/promises';
import fc from 'fast-check';
import type { Camp } from './camp.ts';
import { gatherCrowd } from './crowd.ts';
import type { ServerProcess } from './server-process.ts';
import type { Moment } from './strikes.ts';

/** When a server is killed: at a moment of its work, or at whatever it does after so long. */
export type Blow = { readonly moment: Moment; readonly on: number } | { readonly afterMilliseconds: number };

/** The moments at which whatever is sent to can be struck. Each is as often in a row of blows. */
const moments: readonly Moment[] = [
  'before_insert',
  'after_insert',
  'before_turn',
  'after_turn',
  'before_send',
  'after_send',
  'before_result',
  'after_result',
];

/** Blows at every moment, and in between at whatever the server is doing; the seed says which occurrence of it. */
export function blowsOf(count: number, seed: number): Blow[] {
  const numbers = fc.sample(fc.integer({ min: 1, max: 6 }), { numRuns: count, seed });
  return numbers.map((number, index) => {
    const moment = moments[index % (moments.length + 2)];
    return moment ? { moment, on: number } : { afterMilliseconds: number * 60 };
  });
}

export interface Aftermath {
  /** How often a server was killed, by moment; `anywhere` for blows from outside. */
  readonly kills: Readonly<Record<string, number>>;
  readonly begun: number;
  readonly unfinished: number;
  readonly differences: readonly string[];
}

export interface SiegeOptions {
  readonly patienceMilliseconds?: number;
  /** Starts the servers; they are counted. */
  readonly start?: (number: number) => Promise<unknown>;
}

const crowdSize = 12;
/** A moment that does not come for so long is not waited for any more: then the blow comes from outside. */
const momentMilliseconds = 3000;

/** Lets people answer while one server after the other is killed, the others going on, and tells what came of it. */
export async function besiege(
  camp: Camp,
  blows: readonly Blow[],
  { patienceMilliseconds = 60_000, start = () => camp.start() }: SiegeOptions = {},
): Promise<Aftermath> {
  const { ground, leave, town } = camp;
  const kills: Record<string, number> = {};
  const crowd = gatherCrowd(town, leave, { size: crowdSize });
  await Promise.all(Array.from({ length: ground.serversMax }, (_, index) => start(index)));
  for (const [index, blow] of blows.entries()) {
    const victim = camp.servers[index % ground.serversMax];
    if (!victim) throw new Error('No server runs');
    const name = await strike(victim, blow);
    kills[name] = (kills[name] ?? 0) + 1;
    await start(ground.serversMax + index);
  }
  const { unfinished } = await crowd.finish(patienceMilliseconds);
  const differences = await camp.differences(unfinished === 0 ? patienceMilliseconds : 0);
  return { kills, begun: crowd.begun, unfinished, differences };
}

/** Resolves when the server has died, to the moment at which it did. */
async function strike(server: ServerProcess, blow: Blow): Promise<string> {
  if ('moment' in blow) {
    void server.arm({ ...blow, signal: 'SIGKILL' });
    const struck = await Promise.race([server.ended.then(() => true), passes(momentMilliseconds, false)]);
    if (struck) return blow.moment;
  } else await passes(blow.afterMilliseconds);
  server.signal('SIGKILL');
  await server.ended;
  return 'anywhere';
}
