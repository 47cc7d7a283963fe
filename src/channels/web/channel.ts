import type { Capabilities, Channel } from '../channel.ts';

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
 * The web chat. Its pages read what was committed from the store, each from where it stands, and are woken by the store's changes: nothing has to
 * be sent.
 */
export function createWebChannel(): Channel {
  return {
    name: webChannelName,
    account: webAccount,
    capabilities: webCapabilities,
    send: () => Promise.resolve({}),
  };
}
