import type { Faults } from './faults.ts';
import type { Random } from './random.ts';
import type { RunRecord } from './record.ts';
import type { Scheduler } from './scheduler.ts';
import type { Trace } from './trace.ts';

/** What everything in one run shares. */
export interface World {
  readonly scheduler: Scheduler;
  readonly trace: Trace;
  readonly faults: Faults;
  readonly record: RunRecord;
  /** Chance for how long things take. */
  readonly network: Random;
}

/** How long one way between two machines takes, in milliseconds. */
export function travelTime({ network, faults }: World): number {
  return faults.strikes('delay') ? faults.chance('delay').integer(200, 8000) : network.integer(1, 30);
}
