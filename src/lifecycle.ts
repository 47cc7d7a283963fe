import type { App, Listening } from './app.ts';
import { forgetRunning } from './running.ts';

const sameSignalMilliseconds = 500;

/**
 * Has the program end as it should: in order on Ctrl-C and SIGTERM, and at once by a fault that nobody foresaw, which is logged like any other
 * instead of being written to the terminal with whatever its message quotes.
 *
 * Another signal while stopping ends the process at once, as people expect of a second Ctrl-C, unless it comes right after the first: Ctrl-C
 * reaches the server from the terminal and again from npm, a few milliseconds apart.
 */
export function endInOrder(app: App, listening: Listening): void {
  process.on('uncaughtException', (error) => {
    app.log.fatal({ error }, 'the program ends by a fault that nobody foresaw');
    process.exit(1);
  });
  let stoppingSince: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stoppingSince !== undefined) {
        if (performance.now() - stoppingSince > sameSignalMilliseconds) process.exit(1);
        return;
      }
      stoppingSince = performance.now();
      void stop(app, listening, signal);
    });
  }
}

/**
 * Says that it is not ready, begins nothing more, and exits when what was under way has ended: by 0, or by 1 when that takes longer than the
 * grace time. Whatever was acknowledged is stored by then, and is taken up by another process or the next start.
 */
async function stop(app: App, listening: Listening, signal: NodeJS.Signals): Promise<void> {
  const { config, conversations, log } = app;
  log.info({ signal }, 'stopping; nothing new is begun');
  setTimeout(() => {
    const left = { ...conversations.underWay(), requests: listening.underWay() };
    log.error(left, 'stopped before everything under way had ended');
    process.exit(1);
  }, config.shutdownGraceSeconds * 1000);
  forgetRunning(config.dataDir);
  try {
    listening.drain();
    await app.drain();
    await listening.close();
    await app.close();
    log.info({}, 'stopped');
    process.exit(0);
  } catch (error) {
    log.error({ error }, 'stopping failed');
    process.exit(1);
  }
}
