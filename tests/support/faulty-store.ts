import { StoreError } from '../../src/store/errors.ts';
import type { Store } from '../../src/store/store.ts';

/** A store between the program and its own, which does what a test tells it. */
export interface FaultyStore {
  readonly decorate: (store: Store) => Store;
  /** Every command is refused as by a store that is gone, until `up`. */
  down(): void;
  up(): void;
  /** Called before a command is carried out or refused; what it throws is the command's failure, and what it resolves makes the command wait. */
  before?: ((command: string, parameters: readonly unknown[]) => unknown) | undefined;
}

export function faultyStore(): FaultyStore {
  let isDown = false;
  const faulty: FaultyStore = {
    decorate: (store) =>
      new Proxy(store, {
        get(target, name) {
          const command = Reflect.get(target, name);
          if (typeof command !== 'function' || name === 'close' || name === 'watch') return command;
          return async (...parameters: unknown[]) => {
            await faulty.before?.(String(name), parameters);
            if (isDown) throw new StoreError('unavailable', 'The store is gone');
            return command.apply(target, parameters);
          };
        },
      }),
    down() {
      isDown = true;
    },
    up() {
      isDown = false;
    },
  };
  return faulty;
}

/** Something that others wait for until the test opens it. */
export interface Gate {
  readonly passed: Promise<void>;
  /** How many have come to it. */
  readonly arrived: number;
  arrive(): Promise<void>;
  open(): void;
}

export function createGate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  let arrived = 0;
  return {
    passed: promise,
    get arrived() {
      return arrived;
    },
    arrive() {
      arrived += 1;
      return promise;
    },
    open: resolve,
  };
}

/** Resolves once something holds. The test's own time limit ends the wait. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}
