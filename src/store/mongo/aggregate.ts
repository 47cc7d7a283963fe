import { randomBytes } from 'node:crypto';
import type { mongo } from 'mongoose';
import { StoreError } from '../errors.ts';
import { readWithClock } from './clock.ts';
import type { ContactDocument } from './collections.ts';
import { afterCollision, type Database } from './database.ts';
import { isCollision, isRefusal } from './mongo-error.ts';
import { fromStored } from './stored-text.ts';

/** The parts of a contact that a change is computed from. */
export type ContactPart = keyof ContactDocument;

/** What a change writes; `Result` is what its command answers. Without an update nothing is written. */
export interface Change<Result> {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly unset?: readonly string[];
  readonly push?: Readonly<Record<string, readonly unknown[]>>;
  readonly pull?: Readonly<Record<string, unknown>>;
  readonly result: Result;
}

/** How many of the last changes a contact remembers, to find out what became of one whose answer was lost. */
const changesKept = 20;

/**
 * Changes one contact by one update that is guarded by what it was computed from. When somebody else was faster, the change is computed
 * again from the newer state; `now` is when it was read, by the store's clock. Resolves to undefined when there is no such contact.
 */
export async function changeContact<Part extends ContactPart, Result>(
  { collections: { contacts }, clock }: Database,
  contactId: string,
  parts: readonly Part[],
  decide: (contact: Pick<ContactDocument, Part>, now: Date) => Change<Result>,
): Promise<Result | undefined> {
  const projection = Object.fromEntries([...parts, 'writes'].map((part) => [part, 1]));
  for (let tries = 1; ; tries += 1) {
    const found = await readWithClock(contacts, contactId, { clock, projection });
    if (!found) return undefined;
    const { result, ...change } = decide(fromStored(found), found.now);
    if (Object.keys(change).length === 0) return result;
    if (await write(contacts, contactId, found.writes, change)) return result;
    await afterCollision(tries);
  }
}

async function write(
  contacts: mongo.Collection<ContactDocument>,
  contactId: string,
  writes: number,
  { set, unset, push = {}, pull }: Omit<Change<unknown>, 'result'>,
): Promise<boolean> {
  const changeId = randomBytes(9).toString('base64url');
  const pushes = Object.entries(push).map(([field, items]) => [field, { $each: items }]);
  const update: mongo.Document = {
    $inc: { writes: 1 },
    $push: { ...Object.fromEntries(pushes), changes: { $each: [changeId], $slice: -changesKept } },
    ...(set && { $set: set }),
    ...(unset && unset.length > 0 && { $unset: Object.fromEntries(unset.map((field) => [field, ''])) }),
    ...(pull && { $pull: pull }),
  };
  try {
    const { matchedCount } = await contacts.updateOne({ _id: contactId, writes }, update);
    return matchedCount === 1;
  } catch (error) {
    if (isCollision(error)) return false;
    if (isRefusal(error)) throw error;
    return settle(contacts, contactId, changeId, error);
  }
}

/**
 * Finds out whether a change happened whose answer was lost. The write below can only take effect where the change has not, and once it has,
 * the change never can, because its guard is gone: so the answer is final.
 */
async function settle(
  contacts: mongo.Collection<ContactDocument>,
  contactId: string,
  changeId: string,
  cause: unknown,
): Promise<boolean> {
  let never: boolean;
  let happened: boolean;
  try {
    const fence = await contacts.updateOne(
      { _id: contactId, changes: { $ne: changeId } },
      { $inc: { writes: 1 } },
    );
    never = fence.matchedCount === 1;
    happened = (await contacts.countDocuments({ _id: contactId, changes: changeId }, { limit: 1 })) === 1;
  } catch {
    throw new StoreError('unknown_outcome', 'The database was lost while it wrote', { cause });
  }
  if (never) throw new StoreError('unavailable', 'The database was lost before it wrote', { cause });
  return happened;
}
