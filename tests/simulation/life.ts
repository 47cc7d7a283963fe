import type { World } from './world.ts';

/** One life of a process, from a start to a crash. Whatever of it was under way at the crash goes nowhere. */
export interface Life {
  readonly process: string;
  readonly alive: boolean;
  /** Runs the task inside the process: not at all when it has died, and after its pause when it stands still. */
  enter(task: () => void): void;
  end(): void;
  pause(milliseconds: number): void;
  /** Sets the process's time of day forward or back. */
  jump(milliseconds: number): void;
  /** The time of day as this process has it. */
  now(): string;
  /** Seconds since its start, by a clock that nobody sets and that does not stand still in a pause. */
  uptime(): number;
}

export function createLife(process: string, { scheduler }: World): Life {
  const startedAt = scheduler.now();
  let alive = true;
  let pausedUntil = 0;
  let ahead = 0;

  function enter(task: () => void): void {
    if (!alive) return;
    const left = pausedUntil - scheduler.now();
    if (left > 0) scheduler.after(left, () => enter(task));
    else task();
  }

  return {
    process,
    get alive() {
      return alive;
    },
    enter,
    end() {
      alive = false;
    },
    pause(milliseconds) {
      pausedUntil = scheduler.now() + milliseconds;
    },
    jump(milliseconds) {
      ahead += milliseconds;
    },
    now: () => new Date(scheduler.now() + ahead).toISOString(),
    uptime: () => (scheduler.now() - startedAt) / 1000,
  };
}
