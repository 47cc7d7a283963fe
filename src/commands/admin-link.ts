import { z } from 'zod';
import type { Config } from '../config.ts';
import { CommandError } from './command-error.ts';
import { describeProblem, operate } from './operate.ts';

const linkSchema = z.looseObject({ link: z.string() });

/** Prints a link that signs one member of staff in. */
export async function printAdminLink(config: Config): Promise<void> {
  const reply = await operate(config, ({ ask }) => ask({ method: 'POST', path: '/admin-links', body: {} }));
  if (reply.status !== 201) throw new CommandError(describeProblem(reply));
  console.log(linkSchema.parse(reply.body).link);
}
