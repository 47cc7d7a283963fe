import { setTimeout as passes } from 'node:timers/promises';
import { StoreError } from '../../../src/store/errors.ts';
import type { Store } from '../../../src/store/store.ts';

/**
 * What keeps messages from being lost or doubled. Each can be taken away, to see that its absence is found out:
 * that a message is stored once; that it is acknowledged only when it is stored; that a turn is written only over what it was computed from;
 * that a send ends with the provider's answer; that nothing is sent whose lease has ended; that one process at a time sweeps;
 * that the store's clock counts for all.
 */
export const protections = [
  'deduplication',
  'insert_before_acknowledgement',
  'version_guard',
  'answer_of_the_provider',
  'lease',
  'sweep_lease',
  'clock_of_the_store',
] as const;

export type Protection = (typeof protections)[number];

/** The store without what is named; what is no matter of the store stays. */
export function withoutProtections(store: Store, without: readonly Protection[]): Store {
  return without.reduce((left, protection) => removals[protection]?.(left) ?? left, store);
}

const removals: Partial<Record<Protection, (store: Store) => Store>> = {
  /** Every message gets a key of its own, as if nobody compared keys. */
  deduplication(store) {
    let count = 0;
    return {
      ...store,
      receive(inbound) {
        count += 1;
        return store.receive({ ...inbound, key: `${inbound.key}#${process.pid}.${count}` });
      },
    };
  },

  /** Says at once that a message is stored, and stores it a little later. */
  insert_before_acknowledgement: (store) => ({
    ...store,
    async receive(inbound) {
      const contactId = await store.findContact(inbound.address.id).catch(() => 'unknown');
      void passes(50)
        .then(() => store.receive(inbound))
        .catch(() => undefined);
      return contactId === undefined ? { outcome: 'unknown' } : { outcome: 'stored', contactId };
    },
  }),

  /** Everybody has every lease. */
  sweep_lease: (store) => ({ ...store, takeLease: async () => true }),

  /** Writes a turn over whatever stands there now. */
  version_guard: (store) => ({
    ...store,
    async commitTurn(turn) {
      for (;;) {
        const state = await store.readContact(turn.contact.id);
        if (!state) return store.commitTurn(turn);
        const pending = new Set(state.pending.map(({ seq }) => seq));
        const forced = {
          ...turn,
          contact: { ...turn.contact, version: state.contact.version },
          handled: turn.handled.filter((seq) => pending.has(seq)),
        };
        try {
          return await store.commitTurn(forced);
        } catch (error) {
          if (!(error instanceof StoreError && error.code === 'conflict')) throw error;
        }
      }
    },
  }),
};
