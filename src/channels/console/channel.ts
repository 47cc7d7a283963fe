import type { Capabilities, Channel, OutboundMessage } from '../channel.ts';

/** A terminal shows text only; choices are numbered there. */
export const consoleCapabilities: Capabilities = {
  buttonsMax: 0,
  listRowsMax: 0,
  labelUnitsMax: 200,
  textUnitsMax: 10_000,
  multipleChoice: false,
  typing: false,
  fetched: false,
  receipts: false,
  directionMarks: false,
  unit: 'message',
};

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
