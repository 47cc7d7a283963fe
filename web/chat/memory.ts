/** What the page remembers in this browser. Reading and writing never fail: where the browser keeps nothing, it is kept until the page closes. */
export interface Memory {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
  /** The keys that begin so, in order. */
  keys(prefix: string): string[];
}

/** `open` is a function because merely naming the storage throws where the browser forbids it. */
export function createMemory(open: () => Storage): Memory {
  const own = new Map<string, string>();

  function attempt<T>(action: (storage: Storage) => T): T | undefined {
    try {
      return action(open());
    } catch {
      return undefined;
    }
  }

  return {
    get: (key) => own.get(key) ?? attempt((storage) => storage.getItem(key)) ?? undefined,
    set(key, value) {
      const isKept = attempt((storage) => {
        storage.setItem(key, value);
        return true;
      });
      if (isKept) own.delete(key);
      else own.set(key, value);
    },
    remove(key) {
      own.delete(key);
      attempt((storage) => storage.removeItem(key));
    },
    keys(prefix) {
      const stored = attempt((storage) => Object.keys(storage)) ?? [];
      return [...new Set([...stored, ...own.keys()])].filter((key) => key.startsWith(prefix)).sort();
    },
  };
}
