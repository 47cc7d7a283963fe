import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type App, createApp, listen } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { createLog } from '../../../src/telemetry/pino-log.ts';
import { courierAccount, courierName, createCourierChannel } from './courier-channel.ts';
import { protections, withoutProtections } from './protections.ts';
import { createStriker, strikeSchema, withMoments } from './strikes.ts';

/** What a test tells a fault server, as JSON in the environment variable FAULTS. */
export const faultsSchema = z.strictObject({
  providerUrl: z.string(),
  without: z.array(z.enum(protections)),
  /** Armed before the start; others come as lines of JSON on the standard input. */
  strike: strikeSchema.optional(),
});

export type Faults = z.infer<typeof faultsSchema>;

/** Patient enough for a provider on this machine. */
export const relayTiming = {
  leaseSeconds: 1,
  leaseMarginSeconds: 0.5,
  firstRetrySeconds: 0.25,
  lastRetrySeconds: 1,
};
const sweepLeaseSeconds = 2;

/**
 * The real server, with a channel that is sent to by a provider of the test, less patience with it, and moments at which it strikes itself. Runs
 * as a process of its own, writes a line with its address once it listens, and ends with whoever started it.
 */
if (process.argv[1] === import.meta.filename) await main();

async function main(): Promise<void> {
  const faults = faultsSchema.parse(JSON.parse(process.env.FAULTS ?? ''));
  const reading = readConfig(process.env);
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  const striker = createStriker();
  if (faults.strike) striker.arm(faults.strike);
  createInterface({ input: process.stdin })
    .on('line', (line) => striker.arm(strikeSchema.parse(JSON.parse(line))))
    .on('close', () => process.exit());

  let app: App | undefined;
  const courier = createCourierChannel({
    providerUrl: faults.providerUrl,
    striker,
    waitsForAnswer: !faults.without.includes('answer_of_the_provider'),
    start: async (address, touchpoint) => {
      if (app) await start(app, address, touchpoint);
    },
  });
  app = await createApp({
    config: reading.config,
    channels: [courier],
    decorateStore: (store) => withMoments(withoutProtections(store, faults.without), striker),
    relayTiming,
    sweepLeaseSeconds,
    ...(faults.without.includes('lease') && { uptime: () => 0 }),
    ...(faults.without.includes('clock_of_the_store') && { now: () => new Date().toISOString() }),
    log: createLog({ level: reading.config.logLevel }),
  });
  const { url } = await listen(app);
  app.startSweeping();
  process.stdout.write(`${url}\n`);
}

async function start({ conversations, library }: App, address: string, touchpoint: string): Promise<void> {
  const wanted = await library.forTouchpoint(touchpoint);
  if (!wanted) throw new Error(`Nothing asks at ${touchpoint}`);
  await conversations.start({
    channel: courierName,
    account: courierAccount,
    address,
    wanted,
    language: { code: 'en', chosen: false },
    resume: false,
  });
}
