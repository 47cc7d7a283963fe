import type { Store, StoreChange } from '../store/store.ts';

/** Called when there may be something new to read; resolves when it was read, and never rejects. */
export type Wake = () => void | Promise<void>;

/** Wakes open pages when what they show may have changed, whichever process changed it. Where no page is open, nothing is done. */
export interface Changes {
  /** Calls `wake` after changes of the contact and their cases, until the returned function is called. */
  listenToContact(contactId: string, wake: Wake): () => void;
  /** The same for changes of the list of cases. */
  listenToCases(wake: Wake): () => void;
}

/** A message is followed by its turn within milliseconds: a page that waits a little reads both at once. */
const gatherMilliseconds = 10;
/** So many pages read at a time, so that turns find the store free even when every page has to read again. */
const readersMax = 8;

export function createChanges(store: Pick<Store, 'watch'>): Changes {
  const ofContacts = new Map<string, Set<Wake>>();
  const ofCases = new Set<Wake>();
  const gathered = new Set<Wake>();
  const line: Wake[] = [];
  let readers = 0;
  let gathering = false;
  let stopWatching: (() => void) | undefined;

  function hear(change: StoreChange): void {
    if (change.kind === 'anything') for (const wakes of ofContacts.values()) gather(wakes);
    else gather(ofContacts.get(change.contactId));
    if (change.kind !== 'contact') gather(ofCases);
  }

  function gather(wakes: ReadonlySet<Wake> | undefined): void {
    if (!wakes || wakes.size === 0) return;
    for (const wake of wakes) gathered.add(wake);
    if (!gathering) setTimeout(release, gatherMilliseconds);
    gathering = true;
  }

  function release(): void {
    gathering = false;
    line.push(...gathered);
    gathered.clear();
    while (readers < Math.min(readersMax, line.length)) void readOn();
  }

  async function readOn(): Promise<void> {
    readers += 1;
    for (let wake = line.shift(); wake; wake = line.shift()) await wake();
    readers -= 1;
  }

  function add(wakes: Set<Wake>, wake: Wake, onEmpty?: () => void): () => void {
    wakes.add(wake);
    stopWatching ??= store.watch(hear);
    return () => {
      if (!wakes.delete(wake)) return;
      gathered.delete(wake);
      if (wakes.size === 0) onEmpty?.();
      if (ofContacts.size > 0 || ofCases.size > 0) return;
      stopWatching?.();
      stopWatching = undefined;
    };
  }

  return {
    listenToContact(contactId, wake) {
      const wakes = ofContacts.get(contactId) ?? new Set();
      ofContacts.set(contactId, wakes);
      return add(wakes, wake, () => ofContacts.delete(contactId));
    },
    listenToCases: (wake) => add(ofCases, wake),
  };
}
