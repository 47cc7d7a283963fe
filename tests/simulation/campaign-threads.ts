import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { addTally, emptyTally, type Tally } from './campaign.ts';
import { faultKinds } from './faults.ts';
import type { Settings } from './settings.ts';

const count = z.number();
const tallySchema = z.object({
  runs: count,
  messages: count,
  turns: count,
  sends: count,
  repeats: count,
  faults: z.partialRecord(z.enum(faultKinds), count),
  failing: z.array(count),
});

export interface Campaign {
  readonly from: number;
  readonly count: number;
  readonly settings: Settings;
  onProgress(tally: Tally): void;
}

const portionSize = 50;

/** Runs seeds on every core, up to the first that breaks a promise. */
export async function runOnAllCores({ from, count, settings, onProgress }: Campaign): Promise<Tally> {
  const tally = emptyTally();
  const portions: { from: number; count: number }[] = [];
  for (let done = 0; done < count; done += portionSize)
    portions.push({ from: from + done, count: Math.min(portionSize, count - done) });
  const threads = Math.min(availableParallelism(), portions.length);

  await Promise.all(Array.from({ length: threads }, () => work()));
  return tally;

  function work(): Promise<void> {
    const worker = new Worker(new URL('./seed-thread.ts', import.meta.url), { workerData: settings });
    return new Promise<void>((resolve, reject) => {
      const next = () => {
        const portion = tally.failing.length === 0 ? portions.shift() : undefined;
        if (portion) worker.postMessage(portion);
        else resolve();
      };
      worker.on('error', reject);
      worker.on('message', (message: unknown) => {
        addTally(tally, tallySchema.parse(message));
        onProgress(tally);
        next();
      });
      next();
    }).finally(() => worker.terminate());
  }
}
