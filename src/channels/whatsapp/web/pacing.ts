import { DeliveryError } from '../../errors.ts';

/** Sends one message after the other, with a while in between that differs: whoever writes faster than people do is taken for a machine. */
export interface Pacing {
  /** Rejects with `not_taken` when it would take too long until it is this one's turn. */
  inTurn<Result>(send: () => Promise<Result>): Promise<Result>;
}

/** Waiting must not outlast the lease of a message. */
const waitingMax = 5;
const gapMilliseconds = { least: 1000, most: 3000 };

export function createPacing({
  wait,
  random,
}: {
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly random: () => number;
}): Pacing {
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;

  return {
    async inTurn(send) {
      const { least, most } = gapMilliseconds;
      if (waiting >= waitingMax) {
        const retryAfterSeconds = Math.ceil((waiting * most) / 1000);
        throw new DeliveryError('not_taken', 'paced', { retryAfterSeconds });
      }
      waiting += 1;
      const before = last;
      const { promise, resolve } = Promise.withResolvers<void>();
      last = promise;
      await before;
      waiting -= 1;
      try {
        return await send();
      } finally {
        void wait(least + random() * (most - least)).then(resolve);
      }
    },
  };
}
