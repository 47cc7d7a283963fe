import { z } from 'zod';
import type { Config } from '../config.ts';
import { CommandError } from './command-error.ts';
import { describeProblem, type Operator, operate } from './operate.ts';

const pageSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      id: z.string(),
      channel: z.string(),
      at: z.string(),
      attempts: z.number(),
      reason: z.string(),
      content: z.looseObject({ kind: z.string() }).optional(),
    }),
  ),
  next: z.string().optional(),
});

type Message = z.infer<typeof pageSchema>['items'][number];

const pageSize = 500;

/** Prints the messages that could not be handled and were put aside; what was written only when asked for. */
export function listQuarantine(config: Config, { show }: { readonly show: boolean }): Promise<void> {
  return operate(config, async (operator) => {
    let count = 0;
    for await (const { id, channel, at, attempts, reason, content } of quarantined(operator, show)) {
      count += 1;
      console.log(`${id}  ${at}  ${channel}  ${attempts} attempts  ${reason}`);
      if (content) console.log(`    ${JSON.stringify(content)}`);
    }
    console.log(
      count === 0
        ? 'No message is put aside.'
        : `${counted(count)} put aside. "npm run quarantine -- replay <id>" has one handled again, "replay --all" all of them.`,
    );
  });
}

/** Has messages handled again: the named ones, or all. */
export function replayQuarantine(
  config: Config,
  { ids, all }: { readonly ids: readonly string[]; readonly all: boolean },
): Promise<void> {
  return operate(config, async (operator) => {
    // All are known before the first is replayed: one that fails again at once must not be taken for another.
    const wanted = [...ids];
    if (all) for await (const { id } of quarantined(operator, false)) wanted.push(id);
    for (const id of wanted) await replay(operator, id);
    console.log(
      wanted.length === 0
        ? 'No message is put aside.'
        : `${counted(wanted.length)} to be handled again. One that fails again comes back here.`,
    );
  });
}

async function replay({ ask }: Operator, id: string): Promise<void> {
  const reply = await ask({ method: 'POST', path: `/quarantine/${encodeURIComponent(id)}/replay` });
  if (reply.status !== 202) throw new CommandError(`${id}: ${describeProblem(reply)}`);
}

async function* quarantined({ ask }: Operator, content: boolean): AsyncGenerator<Message> {
  let after: string | undefined;
  do {
    const query = new URLSearchParams({ limit: String(pageSize), content: String(content) });
    if (after !== undefined) query.set('after', after);
    const reply = await ask({ method: 'GET', path: `/quarantine?${query}` });
    if (reply.status !== 200) throw new CommandError(describeProblem(reply));
    const page = pageSchema.parse(reply.body);
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}

function counted(count: number): string {
  return count === 1 ? '1 message is' : `${count} messages are`;
}
