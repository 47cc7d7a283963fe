import { listenToEvents } from './event-stream.ts';

const name = 'kashuv_cases';

/**
 * Calls `changed` when the list of cases may have changed, until the returned function is called. A browser keeps at most six connections to a
 * server, over all its tabs: one tab listens and tells the others, and when it is closed another one takes over.
 */
export function listenToCaseList(changed: () => void): () => void {
  const tabs = new BroadcastChannel(name);
  const leaving = new AbortController();
  const { signal } = leaving;
  tabs.addEventListener('message', changed);

  function listen(): Promise<void> {
    const tell = () => {
      changed();
      tabs.postMessage('changed');
    };
    const stop = listenToEvents({
      address: () => '/api/v1/cases/events',
      events: { cases: tell },
      // Reading the list tells why.
      refused: changed,
    });
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        stop();
        resolve();
      });
    });
  }

  // Browsers offer locks on https and localhost only.
  if (navigator.locks) navigator.locks.request(name, { signal }, listen).catch(() => undefined);
  else void listen();

  return () => {
    leaving.abort();
    tabs.close();
  };
}
