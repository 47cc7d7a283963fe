import { writeSync } from 'node:fs';
import { z } from 'zod';
import type { Store } from '../../../src/store/store.ts';

/** The moments of a server's work at which it can be struck. */
export const momentSchema = z.enum([
  'before_publish',
  'before_insert',
  'after_insert',
  'before_turn',
  'after_turn',
  'before_claim',
  'after_claim',
  'before_send',
  'after_send',
  'before_result',
  'after_result',
]);

export type Moment = z.infer<typeof momentSchema>;

export const strikeSchema = z.strictObject({
  moment: momentSchema,
  /** At which of its occurrences from now on. */
  on: z.number().int().positive(),
  /** SIGKILL ends the process, SIGSTOP lets it stand still. */
  signal: z.enum(['SIGKILL', 'SIGSTOP']),
});

export type Strike = z.infer<typeof strikeSchema>;

/** Strikes the process that it runs in. */
export interface Striker {
  arm(strike: Strike): void;
  /** Called whenever the process comes to a moment. */
  pass(moment: Moment): void;
  /** The messages that are on their way to the provider: told with the strike, for they may arrive after it. */
  readonly sending: Set<string>;
}

export function createStriker(): Striker {
  const sending = new Set<string>();
  let armed: Strike | undefined;
  return {
    sending,
    arm(strike) {
      armed = strike;
    },
    pass(moment) {
      if (armed?.moment !== moment) return;
      armed = { ...armed, on: armed.on - 1 };
      if (armed.on > 0) return;
      const { signal } = armed;
      armed = undefined;
      // Written before the signal, whatever the process has still to write.
      writeSync(process.stdout.fd, `${['struck', moment, ...sending].join(' ')}\n`);
      process.kill(process.pid, signal);
    },
  };
}

/** The store as it is, with the moments around its commands. */
export function withMoments(store: Store, { pass }: Striker): Store {
  async function around<Result>(
    [before, after]: readonly [Moment, Moment],
    command: () => Promise<Result>,
  ): Promise<Result> {
    pass(before);
    const result = await command();
    pass(after);
    return result;
  }

  return {
    ...store,
    publishQuestionnaire(document, at) {
      pass('before_publish');
      return store.publishQuestionnaire(document, at);
    },
    receive: (inbound) => around(['before_insert', 'after_insert'], () => store.receive(inbound)),
    commitTurn: (turn) => around(['before_turn', 'after_turn'], () => store.commitTurn(turn)),
    claimOutbound: (request) => around(['before_claim', 'after_claim'], () => store.claimOutbound(request)),
    recordDeliveries: (results) =>
      around(['before_result', 'after_result'], () => store.recordDeliveries(results)),
  };
}
