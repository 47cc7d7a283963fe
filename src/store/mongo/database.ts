import type { mongo } from 'mongoose';
import { StoreError } from '../errors.ts';
import type { Clock } from './clock.ts';
import type { Collections } from './collections.ts';
import { isCollision } from './mongo-error.ts';

/** What the parts of the store work on. */
export interface Database {
  readonly collections: Collections;
  readonly clock: Clock;
  /**
   * Runs commands as one, seen by nobody before they are all done; `work` may run several times and must only write with the session.
   * A commit whose answer is lost is asked for again under its own number, which the server answers without repeating it. Everything together
   * has 15 seconds, so that what may be much is given in portions.
   */
  transact<Result>(work: (session: mongo.ClientSession) => Promise<Result>): Promise<Result>;
}

export function databaseOn(client: mongo.MongoClient, collections: Collections, clock: Clock): Database {
  return {
    collections,
    clock,
    async transact(work) {
      for (let collision = 0; ; collision += 1) {
        try {
          return await client.withSession((session) =>
            session.withTransaction(() => work(session), {
              readConcern: { level: 'snapshot' },
              writeConcern: { w: 'majority', journal: true },
              readPreference: 'primary',
              timeoutMS: transactionMilliseconds,
            }),
          );
        } catch (error) {
          if (!isCollision(error) || collision >= collisionsMax) throw error;
        }
      }
    },
  };
}

const collisionsMax = 5;
const transactionMilliseconds = 15_000;

/** Waits a little longer after every collision, by chance, so that those who met do not meet again. */
export function afterCollision(count: number): Promise<void> {
  if (count > guardedTriesMax)
    throw new StoreError('unavailable', 'Too many others change this contact at the same time');
  const milliseconds = Math.random() * Math.min(2 ** count, 50);
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

const guardedTriesMax = 40;
