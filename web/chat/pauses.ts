/** Waits between attempts, which end early when there is reason to hope. */
export interface Pauses {
  /** A `firm` pause was asked for by the server and lasts to its end. */
  pause(seconds: number, firm?: boolean): Promise<void>;
  /** Ends all pauses that are not firm: the connection is back, or the reader is. */
  end(): void;
}

export function createPauses(): Pauses {
  const waiting = new Set<() => void>();
  return {
    pause: (seconds, firm = false) =>
      new Promise((resolve) => {
        const finish = () => {
          clearTimeout(timer);
          waiting.delete(finish);
          resolve();
        };
        const timer = setTimeout(finish, seconds * 1000);
        if (!firm) waiting.add(finish);
      }),
    end() {
      for (const finish of [...waiting]) finish();
    },
  };
}

const shortestSeconds = 0.4;
const longestSeconds = 15;

/** Twice as long after each failed attempt, and spread by chance so that many pages do not come back at once. */
export function secondsBefore(attempt: number, chance: number = Math.random()): number {
  return Math.min(longestSeconds, shortestSeconds * 2 ** attempt) * (0.75 + chance / 2);
}
