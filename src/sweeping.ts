import type { Conversations } from './conversations/conversations.ts';
import type { Store } from './store/store.ts';
import type { Log } from './telemetry/log.ts';

/** Sweeps from time to time, as long as no other process does. */
export interface Sweeping {
  start(): void;
  /** Sweeps no more, and lets another process begin at once. */
  stop(): Promise<void>;
}

export interface SweepingDependencies {
  readonly store: Pick<Store, 'takeLease' | 'releaseLease'>;
  readonly conversations: Pick<Conversations, 'sweep'>;
  /** Names this process among those that share the store. */
  readonly holder: string;
  readonly log: Pick<Log, 'info' | 'error'>;
}

const sweepMilliseconds = 1000;
/** A process that ends without a word is followed by another after so long. */
const leaseSeconds = 10;
/** What came in within the last seconds is left to the process that took it in. */
const inboundAgeSeconds = 2;

/**
 * Every second one process of those that share a store takes up what is due or was left over. The first sweep takes everything: what waits
 * then was left by a process that is gone.
 */
export function createSweeping({ store, conversations, holder, log }: SweepingDependencies): Sweeping {
  const lease = { name: 'sweep', holder };
  let timer: NodeJS.Timeout | undefined;
  let first = true;
  let failing = false;

  async function sweep(): Promise<void> {
    try {
      if (!(await store.takeLease({ ...lease, seconds: leaseSeconds }))) return;
      const query = first ? {} : { inboundAgeSeconds };
      first = false;
      await conversations.sweep(query);
      if (failing) log.info({}, 'the store tells again what there is to do');
      failing = false;
    } catch (error) {
      if (!failing)
        log.error({ error }, 'the store does not tell what there is to do; it is asked every second');
      failing = true;
    }
  }

  return {
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
