import type { StoreChange, Turn } from './store.ts';

export type ChangeListener = (change: StoreChange) => void;

/** Those who watch a store that is open in this process. */
export interface Watchers {
  readonly count: number;
  /** Returns a function that removes the listener. */
  add(listener: ChangeListener): () => void;
  tell(change: StoreChange): void;
  tellTurn(turn: Turn): void;
}

export function createWatchers(): Watchers {
  // In an entry of its own, so that a listener that is given twice is called twice.
  const entries = new Set<{ readonly listener: ChangeListener }>();

  function tell(change: StoreChange): void {
    for (const { listener } of entries) listener(change);
  }

  return {
    get count() {
      return entries.size;
    },
    add(listener) {
      const entry = { listener };
      entries.add(entry);
      return () => void entries.delete(entry);
    },
    tell,
    tellTurn({ contact: { id: contactId }, projection: { cases } }) {
      tell({ kind: 'contact', contactId });
      if (cases.length > 0) tell({ kind: 'case', contactId });
    },
  };
}
