import { type App, createApp, type Listening, listen } from './app.ts';
import { describeConfigFaults, readConfig } from './config.ts';
import { forgetRunning, noteRunning } from './running.ts';

const sameSignalMilliseconds = 500;

await main();

/** Starts the server, says where it is, and stops it gracefully on Ctrl-C or SIGTERM. */
async function main(): Promise<void> {
  const reading = readConfig(process.env);
  if (!reading.ok) {
    console.error(describeConfigFaults(reading.faults));
    process.exitCode = 1;
    return;
  }
  const { config } = reading;
  try {
    const app = await createApp({ config });
    const listening = await listen(app).catch(async (error: unknown) => {
      await app.close();
      throw error;
    });
    process.on('uncaughtException', (error) => {
      app.log.fatal({ error }, 'the program ends by a fault that nobody foresaw');
      process.exit(1);
    });
    stopOn(['SIGINT', 'SIGTERM'], (signal) => void stop(app, listening, signal));
    noteRunning(config.dataDir, listening);
    app.startSweeping();
    app.attendChannels();
    console.log(`Kashuv is ready: ${listening.publicUrl}`);
    if (app.firstStart) {
      console.log(`Results for staff, by this link once within a day: ${await listening.createAdminLink()}`);
    } else {
      console.log(
        `Results for staff: ${listening.publicUrl}/results (npm run admin-link prints a sign-in link)`,
      );
    }
    console.log('Ctrl-C stops it; the answers stay in %s', config.mongodbUri ? 'MongoDB' : config.dataDir);
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
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

/**
 * Stops once. Another signal while stopping ends the process at once, as people expect of a second Ctrl-C, unless it comes right after the first:
 * Ctrl-C reaches the server from the terminal and again from npm, a few milliseconds apart.
 */
function stopOn(signals: readonly NodeJS.Signals[], begin: (signal: NodeJS.Signals) => void): void {
  let stoppingSince: number | undefined;
  for (const signal of signals) {
    process.on(signal, () => {
      if (stoppingSince !== undefined) {
        if (performance.now() - stoppingSince > sameSignalMilliseconds) process.exit(1);
        return;
      }
      stoppingSince = performance.now();
      begin(signal);
    });
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${error.port} is in use. Stop what uses it, or start with another one: PORT=3001 npm start`;
  }
  if ('code' in error && (error.code === 'EACCES' || error.code === 'EPERM')) {
    return `${error.message}. Give this account the right to it, or set DATA_DIR or PORT to others.`;
  }
  return error.name === 'StoreError' ? error.message : (error.stack ?? error.message);
}
