import type { Conversations } from './conversations/conversations.ts';
import type { Store } from './store/store.ts';
import type { Log } from './telemetry/log.ts';

/** Sweeps from time to time, as long as no other process does. */
export interface Sweeping {
  start(): void;
  /** The store did not answer when it was last asked, a second ago or while it is being asked. */
  readonly storeDown: boolean;
  /** Sweeps no more, and lets another process begin at once. */
  stop(): Promise<void>;
}

export interface SweepingDependencies {
  readonly store: Pick<Store, 'takeLease' | 'releaseLease'>;
  readonly conversations: Pick<Conversations, 'sweep'>;
  /** Names this process among those that share the store. */
  readonly holder: string;
  /** A process that ends without a word is followed by another after so long. */
  readonly leaseSeconds?: number;
  readonly log: Pick<Log, 'info' | 'error'>;
}

const sweepMilliseconds = 1000;
const usualLeaseSeconds = 10;
/** What came in within the last seconds is left to the process that took it in. */
const inboundAgeSeconds = 2;

/**
 * Every second one process of those that share a store takes up what is due or was left over. The first sweep takes everything: what waits
 * then was left by a process that is gone.
 */
export function createSweeping(dependencies: SweepingDependencies): Sweeping {
  const { store, conversations, holder, leaseSeconds = usualLeaseSeconds, log } = dependencies;
  const lease = { name: 'sweep', holder };
  let timer: NodeJS.Timeout | undefined;
  let first = true;
  let failing = false;
  let asking = false;

  /** Every process asks, and so each knows for itself whether the store answers. While it does not, it is asked once at a time. */
  async function sweep(): Promise<void> {
    if (asking) return;
    asking = true;
    try {
      const mine = await store.takeLease({ ...lease, seconds: leaseSeconds });
      if (failing) log.info({}, 'the store answers again');
      failing = false;
      if (mine) void sweepOnce();
    } catch (error) {
      if (!failing) log.error({ error }, 'the store does not answer; it is asked every second');
      failing = true;
    } finally {
      asking = false;
    }
  }

  /** Not waited for: what takes long keeps nothing else from being found. */
  async function sweepOnce(): Promise<void> {
    const query = first ? {} : { inboundAgeSeconds };
    first = false;
    try {
      await conversations.sweep(query);
    } catch (error) {
      log.error({ error }, 'a sweep was interrupted');
    }
  }

  return {
    get storeDown() {
      return failing;
    },
    start() {
      timer ??= setInterval(sweep, sweepMilliseconds);
    },
    async stop() {
      clearInterval(timer);
      // A store that does not answer now lets the lease run out by itself.
      if (timer) await store.releaseLease(lease).catch(() => undefined);
      timer = undefined;
    },
  };
}
