import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { startChild } from '../child.ts';
import type { Script } from './conversation.ts';
import { type Order, type Round, roundSchema } from './round.ts';

/** A contender that takes part, in a process of its own. */
export interface Entrant {
  readonly name: string;
  readonly rounds: readonly Round[];
  /** Holds conversations for so long; the round counts unless it is for warming up. */
  play(milliseconds: number, options?: { readonly warmingUp: boolean }): Promise<void>;
  leave(): Promise<void>;
}

/** Lets a contender take part with a script. A round in which it answers anything else than the script says rejects. */
export function enter(name: string, module: string, script: Script): Entrant {
  const child = startChild(join(import.meta.dirname, 'contender-process.ts'));
  const rounds: Round[] = [];
  const path = join(import.meta.dirname, module);
  return {
    name,
    rounds,
    async play(milliseconds, { warmingUp } = { warmingUp: false }) {
      const order: Order = { module: path, replies: [...script.replies], milliseconds };
      const round = await child.ask(order, roundSchema);
      if (!isDeepStrictEqual(round.answers, script.answers)) {
        throw new Error(`${name} answers otherwise: ${JSON.stringify(round.answers)}`);
      }
      if (!warmingUp) rounds.push(round);
    },
    leave: () => child.end(),
  };
}
