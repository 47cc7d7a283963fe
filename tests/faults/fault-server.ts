import pino from 'pino';
import { createApp, listen } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { noteRunning } from '../../src/running.ts';
import type { Store } from '../../src/store/store.ts';

/**
 * The real server, except that it kills itself at a chosen moment of its work. Run as a process of its own:
 * `STRIKE_AT` names the moment, `STRIKE_ON` says at which of its occurrences, `NO_DEDUPLICATION=1` takes the unique key away.
 */
export const strikeMoments = ['before_insert', 'after_insert', 'before_turn', 'after_turn'] as const;

export type StrikeMoment = (typeof strikeMoments)[number];

if (process.argv[1] === import.meta.filename) await main();

async function main(): Promise<void> {
  const reading = readConfig(process.env);
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  const app = await createApp({
    config: reading.config,
    decorateStore: (store) => withStrikes(process.env.NO_DEDUPLICATION ? withoutDeduplication(store) : store),
    log: pino({ level: 'silent' }),
  });
  const listening = await listen(app);
  noteRunning(reading.config.dataDir, listening);
  app.startSweeping();
  process.stdout.write(`${listening.url}\n`);
}

function withStrikes(store: Store): Store {
  let left = Number(process.env.STRIKE_ON ?? 0);
  const strike = (moment: StrikeMoment) => {
    if (process.env.STRIKE_AT !== moment) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
  return {
    ...store,
    async receive(inbound) {
      strike('before_insert');
      const received = await store.receive(inbound);
      strike('after_insert');
      return received;
    },
    async commitTurn(turn) {
      strike('before_turn');
      const claimed = await store.commitTurn(turn);
      strike('after_turn');
      return claimed;
    },
  };
}

/** Every message gets a key of its own, as if nobody compared keys. */
function withoutDeduplication(store: Store): Store {
  let count = 0;
  return {
    ...store,
    receive(inbound) {
      count += 1;
      return store.receive({ ...inbound, key: `${inbound.key}#${process.pid}.${count}` });
    },
  };
}
