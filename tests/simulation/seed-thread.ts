import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { runSeeds } from './campaign.ts';
import { optionsOf } from './settings.ts';

const settingsSchema = z.object({
  faults: z.array(z.string()).exactOptional(),
  activity: z.number().exactOptional(),
  planted: z.string().exactOptional(),
});

const portionSchema = z.object({ from: z.number(), count: z.number() });

// A thread of `npm run simulate`: runs the portions of seeds that it is given, and answers each with its tally.
const options = optionsOf(settingsSchema.parse(workerData));
parentPort?.on('message', async (portion: unknown) => {
  parentPort?.postMessage(await runSeeds(portionSchema.parse(portion), options));
});
