import { type FaultKind, faultKinds } from './faults.ts';
import { type Run, type RunOptions, simulate } from './simulate.ts';

/** What many runs came to. */
export interface Tally {
  runs: number;
  /** Messages that people wrote, turns that were written, messages that providers took, and those of them that they took once more. */
  messages: number;
  turns: number;
  sends: number;
  repeats: number;
  faults: Partial<Record<FaultKind, number>>;
  /** Seeds of runs that broke a promise. */
  failing: number[];
}

export function emptyTally(): Tally {
  return { runs: 0, messages: 0, turns: 0, sends: 0, repeats: 0, faults: {}, failing: [] };
}

/** Runs one seed after the other, up to the first that breaks a promise. */
export async function runSeeds(
  { from, count }: { readonly from: number; readonly count: number },
  options: Omit<RunOptions, 'seed'> = {},
): Promise<Tally> {
  const tally = emptyTally();
  for (let seed = from; seed < from + count && tally.failing.length === 0; seed += 1) {
    addTally(tally, tallyOf(await simulate({ ...options, seed })));
  }
  return tally;
}

export function addTally(sum: Tally, { faults, failing, ...counts }: Tally): void {
  sum.runs += counts.runs;
  sum.messages += counts.messages;
  sum.turns += counts.turns;
  sum.sends += counts.sends;
  sum.repeats += counts.repeats;
  sum.failing.push(...failing);
  for (const kind of faultKinds) sum.faults[kind] = (sum.faults[kind] ?? 0) + (faults[kind] ?? 0);
}

export function tallyOf({ record, faults, violations, options }: Run): Tally {
  const sends = record.accepted.length;
  return {
    runs: 1,
    messages: record.inbound.size,
    turns: record.turns.length,
    sends,
    repeats: sends - new Set(record.accepted.map(({ messageId }) => messageId)).size,
    faults: Object.fromEntries(faults),
    failing: violations.length > 0 ? [options.seed] : [],
  };
}
