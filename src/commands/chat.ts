import { existsSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { type App, createApp } from '../app.ts';
import { consoleAccount, consoleChannelName, createConsoleChannel } from '../channels/console/channel.ts';
import { renderForConsole } from '../channels/console/render.ts';
import { transcriptLines } from '../channels/console/transcript.ts';
import type { Config } from '../config.ts';
import { readQuestionnaire } from '../dialogs/index.ts';
import { type Language, languageSchema } from '../dialogs/language.ts';
import { CommandError } from './command-error.ts';
import { readJson } from './json-file.ts';

interface ChatOptions {
  readonly language?: string | undefined;
  /** Where the talk is written as a scenario. */
  readonly save?: string | undefined;
}

/** Talks to a questionnaire in the terminal, through the same conversations as every channel, on a store that is forgotten. */
export async function chat(config: Config, subject: string, { language, save }: ChatOptions): Promise<void> {
  const locale = readLanguage(language) ?? config.defaultLanguage;
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

function readLanguage(value: string | undefined): Language | undefined {
  if (value === undefined) return undefined;
  const language = languageSchema.safeParse(value);
  if (!language.success) throw new CommandError(`There is no language "${value}". Write he or en.`);
  return language.data;
}
