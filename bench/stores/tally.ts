import type { Sustained } from './orders.ts';

/** Notes the turns of a load that goes on; those that begin in the warm-up or end after the time only count as turns in all. */
export interface Tally {
  readonly over: boolean;
  /** A turn that has ended now: when it began, and when its message was acknowledged, where it is one with a message. */
  note(from: number, acknowledgedAt?: number): void;
  result(): Omit<Sustained, 'complete'>;
}

export function startTally({ warmUpSeconds, seconds }: { warmUpSeconds: number; seconds: number }): Tally {
  const begin = performance.now() + warmUpSeconds * 1000;
  const end = begin + seconds * 1000;
  const acknowledged: number[] = [];
  const committed: number[] = [];
  let turns = 0;
  let turnsInAll = 0;

  return {
    get over() {
      return performance.now() >= end;
    },
    note(from, acknowledgedAt) {
      const now = performance.now();
      turnsInAll += 1;
      if (now < begin || now > end) return;
      turns += 1;
      if (acknowledgedAt === undefined || from < begin) return;
      acknowledged.push(acknowledgedAt - from);
      committed.push(now - from);
    },
    result: () => ({ turns, turnsInAll, acknowledged, committed }),
  };
}
