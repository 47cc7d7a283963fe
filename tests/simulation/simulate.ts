import { readFileSync } from 'node:fs';
import { createAddressBook } from '../../src/conversations/address-book.ts';
import { createLibrary } from '../../src/conversations/library.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import type { Store } from '../../src/store/store.ts';
import { createTexts } from '../../src/texts/index.ts';
import { readExamples } from '../support/examples.ts';
import { createAdversary } from './adversary.ts';
import { createFaults, type FaultKind } from './faults.ts';
import { checkInvariants, type Violation } from './invariants.ts';
import { observeStore } from './observed-store.ts';
import { createPeople } from './people.ts';
import { asItIs, type PlantedBug, type StoreClock } from './planted/index.ts';
import { createProcess, type Running, type SimulatedProcess } from './process.ts';
import { createProviders } from './provider.ts';
import { createRandom } from './random.ts';
import { createRecord, type RunRecord } from './record.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { wireStore } from './store-wire.ts';
import { createTrace } from './trace.ts';
import type { World } from './world.ts';

export interface RunOptions {
  readonly seed: number;
  /** Only these faults may strike; all of them unless it is given. */
  readonly faults?: readonly FaultKind[];
  /** From 0 to 1: how much of what the seed would have people do they do. */
  readonly activity?: number;
  /** A bug that the program does not have, to see whether it is found. */
  readonly planted?: PlantedBug;
}

/** What came of a run. */
export interface Run {
  readonly options: RunOptions;
  readonly violations: readonly Violation[];
  readonly trace: readonly string[];
  /** The same for the same seed, always. */
  readonly fingerprint: string;
  readonly record: RunRecord;
  readonly faults: ReadonlyMap<FaultKind, number>;
  readonly steps: number;
}

const startsAt = '2026-05-13T07:00:00.000Z';
const stepsMax = 40_000;
const touchpoints = ['purchase', 'support', 'fault'];
const documents = [...readExamples().values()].filter(({ touchpoint }) => touchpoints.includes(touchpoint));
const texts = createTexts({ resources: { he: readSystem('he'), en: readSystem('en') } });
const addressBook = createAddressBook('the key of the simulation');

/**
 * One run: people, providers and one to three processes of the program on one store, under the faults that the seed has chosen. Then the faults stop,
 * and when everything has come to rest, what stands in the store is held against what was promised.
 */
export async function simulate(options: RunOptions): Promise<Run> {
  const { seed } = options;
  const scheduler = createScheduler(startsAt);
  const world: World = {
    scheduler,
    trace: createTrace(scheduler.now),
    faults: createFaults(seed, options.faults),
    record: createRecord(),
    network: createRandom(seed, 'network'),
  };
  const { trace, faults, record } = world;
  const clock = { aheadSeconds: 0 };
  const store = await openSqliteStore({
    directory: ':memory:',
    now: () => new Date(scheduler.now() + clock.aheadSeconds * 1000).toISOString(),
  });
  try {
    for (const document of documents) await store.publishQuestionnaire(document, scheduler.moment());
    const quiet = await live(options, world, { store, clock });
    const violations = quiet
      ? await checkInvariants({ store, record, library: createLibrary(store) })
      : [
          {
            invariant: 'everything comes to rest once the faults stop',
            words: `${stepsMax} steps were not enough`,
          },
        ];
    return {
      options,
      violations,
      trace: trace.lines,
      fingerprint: trace.fingerprint(),
      record,
      faults: faults.counts,
      steps: scheduler.steps,
    };
  } finally {
    await store.close();
  }
}

/** Resolves to whether everything has come to rest. */
async function live(
  { seed, activity = 1, planted = asItIs }: RunOptions,
  world: World,
  { store, clock }: { store: Store; clock: StoreClock },
): Promise<boolean> {
  const { scheduler, faults, trace } = world;
  const choosing = createRandom(seed, 'processes');
  const processes: SimulatedProcess[] = [];
  const running = (): Running[] =>
    processes.map((process) => process.running).filter((process) => process !== undefined);
  const adversary = createAdversary(world, processes);

  const expectWork = createAlarm(scheduler, () => {
    for (const process of processes) process.sweep();
  });
  const observed = observeStore(planted.below(store, clock), world, {
    onWork: expectWork,
    onTurn: (turn) => people.notice(turn),
  });
  const somethingWaits = async () => {
    const { timers, inbound, outbound } = await store.findWork({ limit: 1 });
    return timers.length + inbound.length + outbound.length > 0;
  };
  const providers = createProviders({
    world,
    random: createRandom(seed, 'providers'),
    running,
    onAccepted: (dispatch) => people.see(dispatch),
  });
  const people = createPeople({
    world,
    random: createRandom(seed, 'people'),
    providers,
    addressBook,
    store,
    documents,
    activity,
    running,
  });

  let ids = 0;
  for (const name of ['p1', 'p2', 'p3'].slice(0, choosing.pick([1, 2, 2, 3]))) {
    const process = createProcess(name, {
      world,
      texts,
      addressBook,
      random: createRandom(seed, name),
      expectWork: () => expectWork(scheduler.now(), somethingWaits),
      newId() {
        ids += 1;
        return `id${ids}`;
      },
      reach(life) {
        const channels = providers.channelsFor(life);
        const wired = wireStore(observed, life, world, adversary.reachable);
        return { channels, store: planted.above(wired, { channels, addressBook }) };
      },
    });
    processes.push(process);
    process.start();
  }
  people.begin(() => {
    trace.note('faults', 'stop');
    faults.stop();
  });

  const options = { stepsMax, afterStep: adversary.afterStep };
  if (!(await scheduler.run(options))) return false;
  // The program sweeps for ever, and a simulated process only where something was expected: perhaps that was not all that there is.
  for (const minutes of [1, 10, 60]) {
    expectWork(scheduler.now() + minutes * 60_000, somethingWaits);
    if (!(await scheduler.run(options))) return false;
  }
  return true;
}

/**
 * Rings at the moments that it is set to, once for all of one second, and only if one of those who have set it says that it is still needed: most sweeps
 * find nothing and so change nothing, and a run is over sooner without them.
 */
function createAlarm(scheduler: Scheduler, ring: () => void): (at: number, needed: Needed) => void {
  const reasons = new Map<number, Needed[]>();

  async function wake(second: number): Promise<void> {
    const named = reasons.get(second) ?? [];
    reasons.delete(second);
    for (const needed of named) if (await needed()) return ring();
  }

  return (at, needed) => {
    const second = Math.ceil(Math.max(at, scheduler.now()) / 1000) * 1000;
    const named = reasons.get(second);
    if (named) named.push(needed);
    else {
      reasons.set(second, [needed]);
      scheduler.after(second - scheduler.now(), () => wake(second));
    }
  };
}

type Needed = () => boolean | Promise<boolean>;

function readSystem(language: 'he' | 'en') {
  const file = new URL(`../../locales/${language}/system.json`, import.meta.url);
  return { system: JSON.parse(readFileSync(file, 'utf8')) };
}
