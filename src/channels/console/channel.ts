import type { Channel, OutboundMessage } from '../channel.ts';
import { consoleCapabilities } from './render.ts';

export const consoleChannelName = 'console';
export const consoleAccount = 'terminal';

/** The chat in the terminal: every message is handed to `print` as it is sent. */
export function createConsoleChannel(print: (message: OutboundMessage) => void): Channel {
  return {
    name: consoleChannelName,
    account: consoleAccount,
    capabilities: consoleCapabilities,
    send({ message }) {
      print(message);
      return Promise.resolve({});
    },
  };
}
