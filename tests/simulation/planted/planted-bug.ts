import type { Channel } from '../../../src/channels/channel.ts';
import type { AddressBook } from '../../../src/conversations/address-book.ts';
import type { Store } from '../../../src/store/store.ts';

/** A bug that the program does not have. The simulation has to find it, or it would not find one that the program has. */
export interface PlantedBug {
  /** What is wrong, for whoever reads a report. */
  readonly words: string;
  /** Stands between what the simulation observes and the store: what a wrong store would do. */
  below(store: Store, clock: StoreClock): Store;
  /** Stands within one life of a process: what a wrong program would do with its store and its channels. */
  above(store: Store, process: ProcessInside): Store;
}

/** How far the store's clock is ahead of the time. */
export interface StoreClock {
  aheadSeconds: number;
}

export interface ProcessInside {
  readonly channels: readonly Channel[];
  readonly addressBook: AddressBook;
}

/** A bug in one of the two places. */
export function plant(words: string, place: Partial<Pick<PlantedBug, 'below' | 'above'>>): PlantedBug {
  return { words, below: (store) => store, above: (store) => store, ...place };
}
