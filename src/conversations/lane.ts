/** Work on contacts: so many at a time, each contact once at a time, the others in the order in which they were added. */
export interface Lane {
  /**
   * There is something new to be done for the contact. Resolves when it has been done, or was left to the next sweep, which finds it in the
   * store. Adding a contact that waits already adds nothing; one that is worked on is worked on once more.
   */
  add(contactId: string): Promise<void>;
  /** Sees to it that the contact is worked on, now or soon. Resolves when that has ended. */
  ensure(contactId: string): Promise<void>;
  /** Contacts that are worked on or wait. */
  readonly size: number;
  /** Leaves what has not begun to whoever sweeps next, and begins nothing more. */
  stop(): void;
  /** Resolves when nothing is worked on and nothing waits. */
  idle(): Promise<void>;
}

export interface LaneOptions {
  readonly atOnceMax: number;
  /** What is done for a contact. It must not reject. */
  readonly work: (contactId: string) => Promise<void>;
}

export function createLane({ atOnceMax, work }: LaneOptions): Lane {
  const waiting = new Map<string, PromiseWithResolvers<void>>();
  const running = new Map<string, Promise<void>>();
  /** Added again while they are worked on: what came since may have come too late for that. */
  const again = new Map<string, PromiseWithResolvers<void>>();
  let stopped = false;

  function begin(contactId: string, { resolve }: PromiseWithResolvers<void>): void {
    const ended = work(contactId).then(() => {
      running.delete(contactId);
      resolve();
      const next = again.get(contactId);
      again.delete(contactId);
      if (next) waiting.set(contactId, next);
      beginWaiting();
    });
    running.set(contactId, ended);
  }

  function beginWaiting(): void {
    for (const [contactId, entry] of waiting) {
      if (running.size >= atOnceMax) return;
      waiting.delete(contactId);
      begin(contactId, entry);
    }
  }

  function add(contactId: string): Promise<void> {
    if (stopped) return Promise.resolve();
    const queue = running.has(contactId) ? again : waiting;
    const known = queue.get(contactId);
    if (known) return known.promise;
    const entry = Promise.withResolvers<void>();
    queue.set(contactId, entry);
    beginWaiting();
    return entry.promise;
  }

  return {
    add,
    ensure: (contactId) => running.get(contactId) ?? add(contactId),
    get size() {
      return running.size + waiting.size;
    },
    stop() {
      stopped = true;
      for (const queue of [waiting, again]) {
        for (const { resolve } of queue.values()) resolve();
        queue.clear();
      }
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}
