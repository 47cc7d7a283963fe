import { createApp, listen } from '../../src/app.ts';
import type { Channel } from '../../src/channels/channel.ts';
import { createConsoleChannel } from '../../src/channels/console/channel.ts';
import { readConfig } from '../../src/config.ts';
import { endInOrder } from '../../src/lifecycle.ts';
import { noteRunning } from '../../src/running.ts';
import { createGate } from '../support/faulty-store.ts';

/**
 * The real server, except that turns, or sends through its second channel, wait at a gate that the test opens. Run as a process of its own, with a
 * channel to its parent: `HOLD` is `turns` or `sends`. It tells `ready` with its address and `held` when something came to the gate; it is told
 * `release`, `receive` a message by the held channel, and `crash`.
 */
export type FromServer = { readonly kind: 'ready'; readonly url: string } | { readonly kind: 'held' };
export type ToServer =
  | { readonly kind: 'release' }
  | { readonly kind: 'receive'; readonly address: string; readonly text: string }
  | { readonly kind: 'crash'; readonly words: string };

export const heldChannel = 'held';

if (process.argv[1] === import.meta.filename) await main();

async function main(): Promise<void> {
  const reading = readConfig(process.env);
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  const tell = (message: FromServer) => process.send?.(message);
  const gate = createGate();
  const hold = async () => {
    tell({ kind: 'held' });
    await gate.arrive();
  };
  const held: Channel = {
    ...createConsoleChannel(() => {}),
    name: heldChannel,
    async send() {
      if (process.env.HOLD === 'sends') await hold();
      return {};
    },
  };
  const app = await createApp({
    config: reading.config,
    channels: [held],
    decorateStore: (store) => ({
      ...store,
      async commitTurn(turn) {
        if (process.env.HOLD === 'turns') await hold();
        return store.commitTurn(turn);
      },
    }),
  });
  const listening = await listen(app);
  endInOrder(app, listening);
  noteRunning(reading.config.dataDir, listening);
  app.startSweeping();
  process.on('message', (message: ToServer) => {
    switch (message.kind) {
      case 'release':
        gate.open();
        return;
      case 'receive':
        void app.conversations.receive({
          channel: heldChannel,
          account: held.account,
          providerMessageId: message.text,
          address: message.address,
          content: { kind: 'text', text: message.text },
        });
        return;
      case 'crash':
        setImmediate(() => {
          throw new Error(message.words);
        });
    }
  });
  tell({ kind: 'ready', url: listening.url });
}
