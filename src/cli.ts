import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { type App, createApp, listen } from './app.ts';
import { consoleAccount, consoleChannelName, createConsoleChannel } from './channels/console/channel.ts';
import { renderForConsole } from './channels/console/render.ts';
import { transcriptLines } from './channels/console/transcript.ts';
import { type Config, describeConfigFaults, readConfig } from './config.ts';
import { readQuestionnaire } from './dialogs/index.ts';
import { type Language, languageSchema } from './dialogs/language.ts';
import { findRunning, type Running } from './running.ts';

const usage = `Usage:
  npm run chat -- <questionnaire id or file.json> [--language he|en] [--save <scenario.txt>]
      talk to a questionnaire in this terminal; nothing is kept but the scenario
  npm run import -- <file.json>
      publish a questionnaire
  npm run admin-link
      print a link that signs one member of staff in`;

/** A command that cannot do what was asked; the message says what to do instead. */
class CommandError extends Error {}

await main();

async function main(): Promise<void> {
  try {
    const reading = readConfig(process.env);
    if (!reading.ok) throw new CommandError(describeConfigFaults(reading.faults));
    const { positionals, values } = readArguments();
    const [command, subject] = positionals;
    if (command === 'admin-link') await printAdminLink(reading.config);
    else if (command === 'import' && subject) await importQuestionnaire(reading.config, subject);
    else if (command === 'chat' && subject)
      await chat(reading.config, subject, { language: readLanguage(values.language), save: values.save });
    else throw new CommandError(usage);
  } catch (error) {
    const expected = error instanceof CommandError || (error instanceof Error && error.name === 'StoreError');
    console.error(expected ? error.message : error);
    process.exitCode = 1;
  }
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { language: { type: 'string' }, save: { type: 'string' } },
    });
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

function readLanguage(value: string | undefined): Language | undefined {
  if (value === undefined) return undefined;
  const language = languageSchema.safeParse(value);
  if (!language.success) throw new CommandError(`There is no language "${value}". Write he or en.`);
  return language.data;
}

async function printAdminLink(config: Config): Promise<void> {
  const { status, body } = await operate(config, '/api/v1/admin-links', {});
  if (status !== 201) throw new CommandError(describeProblem(body));
  console.log(body.link);
}

async function importQuestionnaire(config: Config, file: string): Promise<void> {
  const { status, body } = await operate(config, '/api/v1/questionnaires', readJson(file));
  if (status !== 200 && status !== 201)
    throw new CommandError(`${file} was not imported.\n${describeProblem(body)}`);
  for (const { pointer, detail } of body.warnings ?? []) console.log(`Warning at ${pointer}: ${detail}`);
  console.log(
    status === 201
      ? `${body.id} is published as revision ${body.revision}.`
      : `${body.id} is already published like this, as revision ${body.revision}.`,
  );
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? `is not JSON: ${error.message}` : 'cannot be read';
    throw new CommandError(`${file} ${reason}.`);
  }
}

interface Reply {
  readonly status: number;
  // The answers of our own API, each of its own shape.
  readonly body: Record<string, string> & { warnings?: Fault[]; errors?: Fault[] };
}

interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

function describeProblem({ title, detail, errors = [] }: Reply['body']): string {
  return [detail ?? title, ...errors.map((fault) => `  ${fault.pointer || '/'}: ${fault.detail}`)].join('\n');
}

/** Asks the API as the operator: the server that runs on the data folder, or one that is started for this request only. */
async function operate(config: Config, path: string, body: unknown): Promise<Reply> {
  const running = findRunning(config.dataDir);
  const reply = running && (await ask(running, path, body));
  if (reply) return reply;
  const app = await createApp({ config });
  try {
    const listening = await listen({ ...app, config: { ...config, host: '127.0.0.1', port: 0 } });
    try {
      const answer = await ask(listening, path, body);
      if (!answer) throw new CommandError('The server ended before it answered.');
      return answer;
    } finally {
      await listening.close();
    }
  } finally {
    await app.close();
  }
}

/** Resolves to undefined when nobody listens there any more. */
async function ask({ url, operatorToken }: Running, path: string, body: unknown): Promise<Reply | undefined> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${operatorToken}` },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  return response && { status: response.status, body: await response.json() };
}

interface ChatOptions {
  readonly language: Language | undefined;
  /** Where the talk is written as a scenario. */
  readonly save: string | undefined;
}

/** Talks to a questionnaire in the terminal, through the same conversations as every channel, on a store that is forgotten. */
async function chat(config: Config, subject: string, { language, save }: ChatOptions): Promise<void> {
  const talk: string[] = [];
  const channel = createConsoleChannel((message) => {
    const said = renderForConsole(message);
    console.log(`\n${said}\n`);
    talk.push(...transcriptLines('bot', said));
  });
  const app = await createApp({ config, inMemory: true, channels: [channel] });
  const address = { channel: consoleChannelName, account: consoleAccount, address: 'terminal' };
  try {
    const id = existsSync(subject) ? await publishFile(app, subject) : subject;
    const wanted = await app.library.latest(id);
    if (!wanted) {
      const known = (await app.library.list()).map(({ document }) => document.id).join(', ');
      throw new CommandError(`There is no file and no questionnaire "${subject}". Questionnaires: ${known}.`);
    }
    const locale = language ?? config.defaultLanguage;
    const start = app.now();
    const { contactId } = await app.conversations.start({
      ...address,
      wanted,
      language: { code: locale, chosen: true },
      resume: false,
    });
    await app.conversations.idle();

    const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
    lines.prompt();
    for await (const line of lines) {
      talk.push(...transcriptLines('contact', line));
      await app.conversations.receive({
        ...address,
        providerMessageId: String(talk.length),
        content: { kind: 'text', text: line },
      });
      await app.conversations.idle();
      const state = await app.store.readContact(contactId);
      if (!state?.contact.session) break;
      process.stdout.write('> ');
    }
    lines.close();
    if (save !== undefined) {
      const header = [
        `questionnaire: ${id}`,
        `channel: ${consoleChannelName}`,
        `locale: ${locale}`,
        `start: ${start}`,
      ];
      writeFileSync(save, `${[`A talk about ${id}.`, '', ...header, '', ...talk].join('\n')}\n`);
      console.log(
        `The talk stands in ${save}. Under tests/scenarios, "npm run test:update" adds what was recorded.`,
      );
    }
  } finally {
    await app.close();
  }
}

async function publishFile(app: App, file: string): Promise<string> {
  const reading = readQuestionnaire(readJson(file));
  if (!reading.ok) {
    const faults = reading.faults.map(({ pointer, message }) => `  ${pointer || '/'}: ${message}`);
    throw new CommandError(`${file} is not a questionnaire:\n${faults.join('\n')}`);
  }
  await app.store.publishQuestionnaire(reading.document, app.now());
  return reading.document.id;
}
