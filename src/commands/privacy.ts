import { z } from 'zod';
import type { Config } from '../config.ts';
import { CommandError } from './command-error.ts';
import { describeProblem, operate } from './operate.ts';

const dayMilliseconds = 86_400_000;
const removedSchema = z.looseObject({ sessions: z.number(), messages: z.number() });

/** Removes everything of a contact, for ever. */
export async function erase(config: Config, contactId: string): Promise<void> {
  const reply = await operate(config, ({ ask }) =>
    ask({ method: 'POST', path: `/contacts/${encodeURIComponent(contactId)}/erase` }),
  );
  if (reply.status !== 204) throw new CommandError(describeProblem(reply));
  console.log(`Everything of ${contactId} is gone. Backups still hold it.`);
}

/** Removes sessions that ended so many days ago or earlier, with their answers and messages, for ever. */
export async function forget(config: Config, days: string): Promise<void> {
  if (!/^[1-9]\d{0,4}$/.test(days)) throw new CommandError('Write a number of days, 1 or more.');
  const before = new Date(Date.now() - Number(days) * dayMilliseconds).toISOString();
  const reply = await operate(config, ({ ask }) =>
    ask({ method: 'POST', path: '/retention', body: { before } }),
  );
  if (reply.status !== 200) throw new CommandError(describeProblem(reply));
  const { sessions, messages } = removedSchema.parse(reply.body);
  console.log(`Removed from before ${before}: ${sessions} sessions and ${messages} messages.`);
}
