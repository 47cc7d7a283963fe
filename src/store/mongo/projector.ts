import { StoreError } from '../errors.ts';
import type { Projection } from '../store.ts';
import type { Database } from './database.ts';
import { type noteTotalChanges, project } from './projection.ts';
import { fromStored } from './stored-text.ts';
import { countTotalChanges } from './totals.ts';
import { contactsDue } from './work.ts';

/** Carries what committed changes have left in their contacts into the collections that people read, and adds up the totals. */
export interface Projector {
  /** Something of a contact waits to be projected; it will be soon. */
  note(contactId: string): void;
  /** Resolves when all that was noted before is projected. */
  caughtUp(): Promise<void>;
  /** Projects a contact now, whoever changed it. */
  projectContact(contactId: string): Promise<void>;
  /** Applies a projection that belongs to no change, whole or not at all. */
  apply(projection: Projection): Promise<void>;
  /** Adds to the totals what waits, whoever left it. */
  count(): Promise<void>;
  /** Projects what can still be and stops. */
  close(): Promise<void>;
}

/** Waiting a little lets a turn and the sending of its messages be projected together. */
const delayMilliseconds = 50;
const sweepMilliseconds = 500;
/** What another process has noted is left to it for so long; after that the process is taken for dead. */
const abandonedSeconds = 0.5;
const sweepLimit = 200;
const parallelMax = 4;

export function createProjector(database: Database): Projector {
  const { collections } = database;
  const { contacts } = collections;
  const noted = new Set<string>();
  let running: Promise<void> = Promise.resolve();
  let soon: NodeJS.Timeout | undefined;
  let sweeping = false;

  async function projectContact(contactId: string): Promise<void> {
    await database.transact(async (session) => {
      const found = await contacts.findOneAndUpdate(
        { _id: contactId, unprojectedAt: { $exists: true } },
        { $set: { unprojected: [] }, $unset: { unprojectedAt: '' } },
        { projection: { unprojected: 1 }, returnDocument: 'before', session },
      );
      if (found) await project(collections, contactId, fromStored(found.unprojected), session);
    });
  }

  /** Projects what is noted, one round after the other. What fails stays noted for the next round. */
  function flush(): Promise<void> {
    clearTimeout(soon);
    soon = undefined;
    running = running
      .catch(() => undefined)
      .then(async () => {
        const waiting = [...noted];
        const workers = Array.from({ length: Math.min(parallelMax, waiting.length) }, async () => {
          for (let contactId = waiting.pop(); contactId !== undefined; contactId = waiting.pop()) {
            noted.delete(contactId);
            try {
              await projectContact(contactId);
            } catch (error) {
              noted.add(contactId);
              throw error;
            }
          }
        });
        const outcomes = await Promise.allSettled(workers);
        for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
      });
    return running;
  }

  /** Takes up what a process left that died, and what could not be projected before. */
  async function sweep(): Promise<void> {
    const abandoned = await contactsDue(database, 'unprojectedAt', sweepLimit, abandonedSeconds);
    for (const contactId of abandoned) noted.add(contactId);
    if (noted.size > 0) await flush();
    await countTotalChanges(database);
  }

  const timer = setInterval(() => {
    if (sweeping) return;
    sweeping = true;
    sweep()
      // The database is away or busy; whatever waits is still there in the next round.
      .catch(() => undefined)
      .finally(() => {
        sweeping = false;
      });
  }, sweepMilliseconds);
  timer.unref();

  return {
    note(contactId) {
      noted.add(contactId);
      soon ??= setTimeout(() => flush().catch(() => undefined), delayMilliseconds);
    },
    async caughtUp() {
      if (noted.size > 0) await flush();
      else await running;
    },
    projectContact,
    apply: (projection) => database.transact((session) => applyTo(database, projection, session)),
    async count() {
      while (await countTotalChanges(database));
    },
    async close() {
      clearInterval(timer);
      clearTimeout(soon);
      await flush().catch(() => undefined);
    },
  };
}

async function applyTo(
  { collections }: Database,
  projection: Projection,
  session: Parameters<typeof noteTotalChanges>[2],
): Promise<void> {
  const { answers, retracted, responses, cases } = projection;
  const owners = new Set([...answers, ...responses, ...cases].map(({ contactId }) => contactId));
  for (const contactId of owners) {
    // Writing to the contact, and not only looking for it, keeps it from being erased meanwhile.
    const { matchedCount } = await collections.contacts.updateOne(
      { _id: contactId },
      { $inc: { writes: 1 } },
      { session },
    );
    if (matchedCount === 0) throw new StoreError('not_found', `There is no contact ${contactId}`);
  }
  const [contactId = ''] = owners;
  await project(collections, contactId, [{ answers, retracted, responses, cases }], session);
}
