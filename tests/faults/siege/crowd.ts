import { answerByCourier, type Town } from './courier-person.ts';
import { forgetful } from './provider.ts';
import { answerOnPage } from './web-person.ts';

/** People who answer surveys, so many at a time: whoever has finished makes room for somebody new. */
export interface Crowd {
  /** How many have begun. */
  readonly begun: number;
  /** Lets nobody begin any more. Resolves when all who have begun have finished, or to how many had not when patience ended. */
  finish(patienceMilliseconds: number): Promise<{ readonly unfinished: number }>;
}

/** A way to answer a survey; the number is another one for everybody. */
export type Way = (town: Town, number: number) => Promise<void>;

export const byCourier: Way = (town, number) => answerByCourier(town, `person-${number}`, 'purchase');
export const byForgetfulCourier: Way = (town, number) =>
  answerByCourier(town, `${forgetful}${number}`, 'support');
export const onPage: Way = (town) => answerOnPage(town, 'purchase');

export interface CrowdOptions {
  readonly size: number;
  /** The ways that people take, one after the other. */
  readonly ways?: readonly Way[];
}

export function gatherCrowd(
  town: Town,
  leave: AbortController,
  { size, ways = [byCourier, onPage, byForgetfulCourier] }: CrowdOptions,
): Crowd {
  let begun = 0;
  let finished = 0;
  let isOpen = true;

  async function comeAndGo(): Promise<void> {
    while (isOpen) {
      begun += 1;
      await ways[begun % ways.length]?.(town, begun);
      finished += 1;
    }
  }

  const people = Array.from({ length: size }, comeAndGo);
  const everybody = Promise.allSettled(people);

  return {
    get begun() {
      return begun;
    },
    async finish(patienceMilliseconds) {
      isOpen = false;
      const impatience = setTimeout(() => leave.abort(), patienceMilliseconds);
      const outcomes = await everybody;
      clearTimeout(impatience);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected' && !leave.signal.aborted) throw outcome.reason;
      }
      return { unfinished: begun - finished };
    },
  };
}
