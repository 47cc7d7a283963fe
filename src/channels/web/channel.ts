import type { Accepted, Capabilities, Channel } from '../channel.ts';

/** The web page shows everything that a message holds, so there is nothing to leave out. */
export const webCapabilities: Capabilities = {
  buttons: { max: 30, labelUnitsMax: 200 },
  multipleChoice: true,
  textUnitsMax: 20_000,
  textUnit: 'utf16',
  fetched: true,
  receipts: false,
  directionMarks: true,
};

export const webChannelName = 'web';
export const webAccount = 'page';

/**
 * The web chat. Its pages read what was committed from the store, each from where it stands, so sending means waking the pages that show
 * the address; a page that is closed reads on when it opens again.
 */
export interface WebChannel extends Channel {
  /** Calls the listener whenever there may be something new at an address, until the returned function is called. */
  listen(addressId: string, listener: () => void): () => void;
  wake(addressId: string): void;
  readonly listenerCount: number;
}

export function createWebChannel(): WebChannel {
  const listeners = new Map<string, Set<() => void>>();
  let listenerCount = 0;

  function wake(addressId: string): void {
    for (const listener of listeners.get(addressId) ?? []) listener();
  }

  const accepted: Promise<Accepted> = Promise.resolve({});

  return {
    name: webChannelName,
    account: webAccount,
    capabilities: webCapabilities,
    send({ addressId }) {
      wake(addressId);
      return accepted;
    },
    wake,
    listen(addressId, listener) {
      const here = listeners.get(addressId) ?? new Set();
      listeners.set(addressId, here.add(listener));
      listenerCount += 1;
      return () => {
        if (!here.delete(listener)) return;
        listenerCount -= 1;
        if (here.size === 0) listeners.delete(addressId);
      };
    },
    get listenerCount() {
      return listenerCount;
    },
  };
}
