/** Runs tasks of the same key one after the other and tasks of different keys side by side; a failed task does not stop the next. */
export interface Serial {
  run<Result>(key: string, task: () => Promise<Result>): Promise<Result>;
  /** How many keys have a task that runs or waits. */
  readonly size: number;
  /** Resolves when everything that was started has ended. */
  idle(): Promise<void>;
}

export function createSerial(): Serial {
  const tails = new Map<string, Promise<unknown>>();

  return {
    run(key, task) {
      const before = tails.get(key);
      const result = before === undefined ? task() : before.then(task, task);
      const tail = result
        .catch(() => undefined)
        .then(() => {
          if (tails.get(key) === tail) tails.delete(key);
        });
      tails.set(key, tail);
      return result;
    },
    get size() {
      return tails.size;
    },
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}
