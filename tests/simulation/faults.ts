import { createRandom, type Random } from './random.ts';

/** Everything that can go wrong in a run, with how often it does at each occasion when the seed has chosen it. */
const chances = {
  /** A process dies between any two of its steps and starts again a little later. */
  crash: 0.012,
  /** A process is told to end, as at every upgrade: it takes nothing in, ends what is under way, and another takes its place. */
  restart: 0.006,
  /** A process stands still, often for longer than its leases hold, and then goes on as if nothing had been. */
  pause: 0.012,
  /** The time of day of one process jumps, by up to a day. */
  clock_jump: 0.01,
  /** The store refuses everybody, or one process, for a while. */
  outage: 0.006,
  /** A command never reaches the store, and the process learns nothing of it. */
  lost_command: 0.03,
  /** The store carries a command out, and the process learns nothing of it. */
  lost_reply: 0.05,
  /** Something takes seconds that takes milliseconds otherwise, so that others overtake it. */
  delay: 0.08,
  /** A provider delivers a message once more, at once to another process or much later. */
  repeated_webhook: 0.25,
  /** A provider does not hear that its message was acknowledged, and repeats it. */
  lost_acknowledgement: 0.15,
  /** A provider takes a message not now. */
  refused_send: 0.2,
  /** A provider takes a message never. */
  failed_send: 0.04,
  /** A provider takes a message, or does not, and its answer is lost. */
  unsure_send: 0.2,
  /** A provider refuses us altogether for a while. */
  channel_down: 0.05,
  /** A provider cannot say, or fails to say, whether it took a message. */
  unsure_reconcile: 0.4,
} as const;

export type FaultKind = keyof typeof chances;

export function isFaultKind(word: string): word is FaultKind {
  return Object.hasOwn(chances, word);
}

export const faultKinds: readonly FaultKind[] = Object.keys(chances).filter(isFaultKind);

/** Which faults strike, and when. */
export interface Faults {
  /** Whether this fault strikes at this occasion. */
  strikes(kind: FaultKind): boolean;
  /** Chance for what a fault is like. */
  chance(kind: FaultKind): Random;
  /** From now on nothing goes wrong any more. */
  stop(): void;
  readonly stopped: boolean;
  /** The kinds that the seed has chosen. */
  readonly chosen: readonly FaultKind[];
  readonly counts: ReadonlyMap<FaultKind, number>;
}

/**
 * Each seed chooses some kinds of faults and leaves out the others, because a bug that needs many of one kind hides where every kind strikes a little
 * (swarm testing: Groce et al., ISSTA 2012). Each kind draws from a stream of its own, so that leaving one out disturbs the others little.
 */
export function createFaults(seed: number, allowed: readonly FaultKind[] = faultKinds): Faults {
  const choosing = createRandom(seed, 'faults');
  const rates = new Map<FaultKind, number>();
  for (const kind of faultKinds) {
    const chosen = choosing.chance(0.5);
    const strength = choosing.pick([0.3, 1, 2]);
    if (chosen && allowed.includes(kind)) rates.set(kind, chances[kind] * strength);
  }
  const streams = new Map(faultKinds.map((kind) => [kind, createRandom(seed, kind)]));
  const counts = new Map<FaultKind, number>();
  let stopped = false;

  function chance(kind: FaultKind): Random {
    const stream = streams.get(kind);
    if (!stream) throw new Error(`There is no fault ${kind}`);
    return stream;
  }

  return {
    strikes(kind) {
      const rate = rates.get(kind);
      if (stopped || rate === undefined || !chance(kind).chance(rate)) return false;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      return true;
    },
    chance,
    stop() {
      stopped = true;
    },
    get stopped() {
      return stopped;
    },
    chosen: [...rates.keys()],
    counts,
  };
}
