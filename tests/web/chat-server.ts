import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { type App, createApp, type Listening, listen } from '../../src/app.ts';
import type { Channel } from '../../src/channels/channel.ts';
import type { Answer } from '../../src/store/records.ts';
import { testConfig } from '../support/test-app.ts';

/** The real server on a port of its own, which can be stopped and started again with what it stored. */
export interface ChatServer {
  readonly url: string;
  readonly app: App;
  /** The answers of everybody, as they were stored. */
  answers(): Promise<readonly Answer[]>;
  /** Makes a survey link for one person and answers its path. */
  invite(touchpoint: string, contact: Record<string, unknown>): Promise<string>;
  /** Makes a link that signs one browser of staff in, and answers its path. */
  adminLink(): Promise<string>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function startChatServer(
  settings: Record<string, string> = {},
  channels: readonly Channel[] = [],
): Promise<ChatServer> {
  const folder = mkdtempSync(join(tmpdir(), 'kashuv-chat-'));
  let port = '0';
  let running = await run();
  let isRunning = true;
  port = new URL(running.listening.url).port;

  async function run(): Promise<{ app: App; listening: Listening }> {
    const config = testConfig({ DATA_DIR: folder, PORT: port, BRAND_NAME: 'Kashuv', ...settings });
    const app = await createApp({ config, channels, log: pino({ level: 'silent' }) });
    const listening = await listen(app);
    app.startSweeping();
    return { app, listening };
  }

  async function stop(): Promise<void> {
    if (!isRunning) return;
    isRunning = false;
    await running.listening.close();
    await running.app.close();
  }

  return {
    url: running.listening.url,
    get app() {
      return running.app;
    },
    async answers() {
      const { items } = await running.app.store.listAnswers({ limit: 200 });
      return items;
    },
    async invite(touchpoint, contact) {
      const response = await fetch(`${running.listening.url}/api/v1/invitations`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${running.listening.operatorToken}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ touchpoint, contact }),
      });
      const { link }: { link: string } = await response.json();
      return new URL(link).pathname;
    },
    async adminLink() {
      return new URL(await running.listening.createAdminLink()).pathname;
    },
    stop,
    async start() {
      if (isRunning) return;
      running = await run();
      isRunning = true;
    },
    async close() {
      await stop();
      rmSync(folder, { recursive: true });
    },
  };
}
