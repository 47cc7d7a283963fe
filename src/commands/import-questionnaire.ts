import { z } from 'zod';
import type { Config } from '../config.ts';
import { CommandError } from './command-error.ts';
import { readJson } from './json-file.ts';
import { describeProblem, operate } from './operate.ts';

const publicationSchema = z.looseObject({
  id: z.string(),
  revision: z.number(),
  warnings: z.array(z.looseObject({ pointer: z.string(), detail: z.string() })),
});

/** Publishes a questionnaire from a file. */
export async function importQuestionnaire(config: Config, file: string): Promise<void> {
  const document = readJson(file);
  const reply = await operate(config, ({ ask }) =>
    ask({ method: 'POST', path: '/questionnaires', body: document }),
  );
  if (reply.status !== 200 && reply.status !== 201)
    throw new CommandError(`${file} was not imported.\n${describeProblem(reply)}`);
  const { id, revision, warnings } = publicationSchema.parse(reply.body);
  for (const { pointer, detail } of warnings) console.log(`Warning at ${pointer}: ${detail}`);
  console.log(
    reply.status === 201
      ? `${id} is published as revision ${revision}.`
      : `${id} is already published like this, as revision ${revision}.`,
  );
}
