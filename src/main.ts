import { createApp, listen } from './app.ts';
import { describeConfigFaults, readConfig } from './config.ts';
import { endInOrder } from './lifecycle.ts';
import { noteRunning } from './running.ts';

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
    endInOrder(app, listening);
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

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${error.port} is in use. Stop what uses it, or start with another one: PORT=3001 npm start`;
  }
  if ('code' in error && (error.code === 'EACCES' || error.code === 'EPERM')) {
    return `${error.message}. Give this account the right to it, or set DATA_DIR or PORT to others.`;
  }
  const isOurs = error.name === 'StoreError' || error.name === 'LibraryMissing';
  return isOurs ? error.message : (error.stack ?? error.message);
}
