/** Commands of a process, one after the other where they share a key, so that they take effect in the order in which they were given. */
export interface Queue {
  run<Result>(key: string | undefined, command: () => Promise<Result>): Promise<Result>;
  /** Resolves when everything that was given has ended. */
  idle(): Promise<void>;
}

export function createQueue(): Queue {
  const last = new Map<string, Promise<unknown>>();
  const running = new Set<Promise<unknown>>();

  return {
    run(key, command) {
      const before = key === undefined ? undefined : last.get(key);
      const result = before ? before.then(command) : command();
      const ended = result.then(ignore, ignore).finally(() => {
        running.delete(ended);
        if (key !== undefined && last.get(key) === ended) last.delete(key);
      });
      running.add(ended);
      if (key !== undefined) last.set(key, ended);
      return result;
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

function ignore(): undefined {
  return undefined;
}
