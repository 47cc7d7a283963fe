import type { Store } from '../store/store.ts';
import type { Lane } from './lane.ts';

export const workKinds = ['timers', 'inbound', 'outbound'] as const;

/** One lane for each kind of work, so that none of them waits for another. */
export type Lanes = Readonly<Record<(typeof workKinds)[number], Lane>>;

/** Finds what is due or was left over, and puts it into the lanes. */
export interface Sweeper {
  /** Resolves when what was found has been done, or left to the next sweep. Rejects when the store does not say what there is. */
  sweep(query: SweepQuery): Promise<void>;
  /** Finds nothing more. */
  stop(): void;
}

export type SweepQuery = Omit<Parameters<Store['findWork']>[0], 'limit'>;

/** As many of each kind are found at once. */
export const sweepLimit = 200;
/** As many of a kind are taken up by one sweep; the rest by the next one. */
const burstMax = 20_000;

export function createSweeper({
  store,
  lanes,
}: {
  readonly store: Pick<Store, 'findWork'>;
  readonly lanes: Lanes;
}): Sweeper {
  let stopped = false;
  let looking: ReturnType<Store['findWork']> | undefined;
  const goingOn = new Set<keyof Lanes>();

  /** While the store does not answer, whoever looks waits for the same answer. */
  function look(query: SweepQuery): ReturnType<Store['findWork']> {
    looking ??= store.findWork({ ...query, limit: sweepLimit }).finally(() => {
      looking = undefined;
    });
    return looking;
  }

  /** Goes on for as long as there is more of a kind. A contact is taken up once: what failed now is tried again by a later sweep. */
  async function takeUp(kind: keyof Lanes, found: readonly string[], query: SweepQuery): Promise<void> {
    await Promise.all(found.map((contactId) => lanes[kind].ensure(contactId)));
    if (found.length < sweepLimit || goingOn.has(kind)) return;
    goingOn.add(kind);
    try {
      const seen = new Set(found);
      while (!stopped && seen.size < burstMax) {
        const more = (await look(query))[kind].filter((contactId) => !seen.has(contactId));
        if (more.length === 0) return;
        for (const contactId of more) seen.add(contactId);
        await Promise.all(more.map((contactId) => lanes[kind].ensure(contactId)));
      }
    } finally {
      goingOn.delete(kind);
    }
  }

  return {
    async sweep(query) {
      if (stopped) return;
      const work = await look(query);
      await Promise.all(workKinds.map((kind) => takeUp(kind, work[kind], query)));
    },
    stop() {
      stopped = true;
    },
  };
}
