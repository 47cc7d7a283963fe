import { StoreError } from '../../../src/store/errors.ts';
import type { Store } from '../../../src/store/store.ts';

/** Stands between an app and its store. */
export interface Gate {
  readonly decorate: (store: Store) => Store;
  /** How many messages and receipts came as far as the store. */
  readonly received: number;
  readonly receipts: number;
  /** While it is shut the store cannot be reached from outside. */
  shut: boolean;
}

export function createGate(): Gate {
  const gate = {
    received: 0,
    receipts: 0,
    shut: false,
    decorate: (store: Store): Store => ({
      ...store,
      receive(message) {
        if (gate.shut) return Promise.reject(new StoreError('unavailable', 'The gate is shut'));
        gate.received += 1;
        return store.receive(message);
      },
      recordReceipt(receipt) {
        if (gate.shut) return Promise.reject(new StoreError('unavailable', 'The gate is shut'));
        gate.receipts += 1;
        return store.recordReceipt(receipt);
      },
    }),
  };
  return gate;
}
