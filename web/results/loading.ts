import { useCallback, useEffect, useRef, useState } from 'react';

/** Something that comes from the server: on its way, there, or not to be had. What was there stays while it is read again. */
export type Loaded<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: Value }
  | { readonly state: 'failed'; readonly reason: string };

/**
 * Reads a value when the view opens and whenever `read` changes, so wrap that in useCallback. `reload` reads again; with `everySeconds` that
 * happens by itself.
 */
export function useLoaded<Value>(
  read: () => Promise<Value>,
  everySeconds?: number,
): { readonly loaded: Loaded<Value>; readonly reload: () => Promise<void> } {
  const [loaded, setLoaded] = useState<Loaded<Value>>({ state: 'loading' });
  const current = useRef(read);

  const load = useCallback(async () => {
    try {
      const value = await read();
      if (current.current === read) setLoaded({ state: 'ready', value });
    } catch (error) {
      if (current.current !== read) return;
      const reason = error instanceof Error ? error.message : String(error);
      setLoaded((before) => (before.state === 'ready' ? before : { state: 'failed', reason }));
    }
  }, [read]);

  useEffect(() => {
    current.current = read;
    setLoaded({ state: 'loading' });
    void load();
  }, [read, load]);

  useEffect(() => {
    if (everySeconds === undefined) return;
    const timer = setInterval(() => void load(), everySeconds * 1000);
    return () => clearInterval(timer);
  }, [load, everySeconds]);

  return { loaded, reload: load };
}
