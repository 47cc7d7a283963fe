import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { type App, type AppOptions, createApp } from '../../src/app.ts';
import type { OutboundMessage } from '../../src/channels/channel.ts';
import {
  consoleAccount,
  consoleChannelName,
  createConsoleChannel,
} from '../../src/channels/console/channel.ts';
import { readConfig } from '../../src/config.ts';
import type { Language } from '../../src/dialogs/language.ts';
import { borrowDatabase } from './mongo-database.ts';

/** A clock that stands still until it is told otherwise. */
export interface TestClock {
  now(): string;
  advance(hours: number): void;
}

export function testClock(start = '2026-05-13T07:00:00.000Z'): TestClock {
  let moment = Date.parse(start);
  return {
    now: () => new Date(moment).toISOString(),
    advance(hours) {
      moment += hours * 3_600_000;
    },
  };
}

/** The settings of a newcomer, on a free port. */
export function testConfig(settings: Record<string, string> = {}) {
  const reading = readConfig({ PORT: '0', ...settings });
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.config;
}

/**
 * The real app, with a clock of its own unless the test says otherwise. It logs nothing. Its store is in memory, or with TEST_STORE=mongodb a
 * database on MongoDB that is empty, as the projects in vitest.config.ts ask for.
 */
export async function createTestApp(options: Partial<AppOptions> = {}): Promise<App> {
  const log = pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' });
  if (process.env.TEST_STORE !== 'mongodb')
    return createApp({ config: testConfig(), inMemory: true, log, ...options });

  const { uri, giveBack } = borrowDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'kashuv-app-'));
  const settings = {
    DATA_DIR: folder,
    MONGODB_URI: uri,
    SECRET_KEY: 'a secret of the tests and of nobody else',
  };
  const app = await createApp({ config: testConfig(settings), log, ...options, inMemory: false });
  return {
    ...app,
    async close() {
      await app.close();
      await giveBack();
      rmSync(folder, { recursive: true });
    },
  };
}

/** One person at the console channel of an app. */
export interface Person {
  readonly contactId: string;
  /** What the person was sent and has not looked at yet; looking empties it. */
  seen(): OutboundMessage[];
  says(text: string): Promise<OutboundMessage[]>;
  /** Taps the choice with this label in the last message that offered it. */
  taps(...labels: string[]): Promise<OutboundMessage[]>;
  tapsToken(token: string): Promise<OutboundMessage[]>;
  sends(mediaType: string): Promise<OutboundMessage[]>;
  opens(touchpoint: string): Promise<OutboundMessage[]>;
}

/** An app with one person who talks to it through the same channel boundary as everybody. */
export interface Talk {
  readonly app: App;
  readonly clock: TestClock;
  readonly person: Person;
  /** What the person was sent when the survey opened. */
  readonly opening: readonly OutboundMessage[];
  close(): Promise<void>;
}

export async function startTalk(
  touchpoint: string,
  options: { language?: Language; start?: string; app?: Partial<AppOptions> } = {},
): Promise<Talk> {
  const clock = testClock(options.start);
  const inbox: OutboundMessage[] = [];
  const offered = new Map<string, string>();
  const channel = createConsoleChannel((message) => {
    inbox.push(message);
    for (const { label, token } of message.choices ?? []) offered.set(label, token);
  });
  const app = await createTestApp({ channels: [channel], now: clock.now, ...options.app });
  let count = 0;
  let contactId = '';

  async function receive(content: Parameters<App['conversations']['receive']>[0]['content']) {
    count += 1;
    await app.conversations.receive({
      channel: consoleChannelName,
      account: consoleAccount,
      providerMessageId: String(count),
      address: 'person',
      content,
    });
    await app.conversations.idle();
    return person.seen();
  }

  const person: Person = {
    get contactId() {
      return contactId;
    },
    seen: () => inbox.splice(0),
    says: (text) => receive({ kind: 'text', text }),
    taps(...labels) {
      const tokens = labels.map((label) => {
        const token = offered.get(label);
        if (token === undefined)
          throw new Error(`Nobody offered "${label}"; offered: ${[...offered.keys()].join(' | ')}`);
        return token;
      });
      const [first = '', ...others] = tokens;
      const choice = [first, ...others.map((token) => token.slice(token.lastIndexOf('.') + 1))].join(',');
      return receive({ kind: 'choice', choice });
    },
    tapsToken: (choice) => receive({ kind: 'choice', choice }),
    sends: (mediaType) => receive({ kind: 'media', mediaType }),
    async opens(wantedTouchpoint) {
      const wanted = await app.library.forTouchpoint(wantedTouchpoint);
      if (!wanted) throw new Error(`No questionnaire asks at "${wantedTouchpoint}"`);
      const started = await app.conversations.start({
        channel: consoleChannelName,
        account: consoleAccount,
        address: 'person',
        wanted,
        language: { code: options.language ?? 'he', chosen: false },
        resume: false,
      });
      contactId = started.contactId;
      await app.conversations.idle();
      return person.seen();
    },
  };

  const opening = await person.opens(touchpoint);
  return { app, clock, person, opening, close: () => app.close() };
}
