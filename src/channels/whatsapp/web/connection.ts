import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ChannelLog, ConnectionState } from '../../channel.ts';
import type { WebClient, WebLibrary } from './library.ts';

export interface ConnectionOptions {
  readonly library: () => WebLibrary;
  /** The folder of the session, which is as good as the phone: whoever has it can write in the name of the number. */
  readonly folder: string;
  readonly chromiumPath: string;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly log: ChannelLog;
  /** Shows the code that has to be scanned by the phone. */
  readonly showCode: (code: string) => void;
  /** The phone has forgotten this session, or never knew it. */
  readonly onPairing: () => void;
  readonly onReady: (client: WebClient) => void;
  /** An event of the client that the connection itself does not need. */
  readonly onEvent: (
    event: 'message' | 'message_create' | 'message_ack',
    ...details: readonly unknown[]
  ) => void;
}

/** A browser with WhatsApp's page in it, opened again whenever it breaks. */
export interface Connection {
  readonly state: ConnectionState;
  /** Undefined while nothing can be sent. */
  readonly client: WebClient | undefined;
  open(): void;
  close(): Promise<void>;
}

const reopenMilliseconds = { first: 5000, most: 300_000 };
/** How often is looked whether the page still answers, and how long its answer is waited for. */
const checkMilliseconds = 60_000;
const answerMilliseconds = 20_000;

export function createConnection(options: ConnectionOptions): Connection {
  const { library, folder, chromiumPath, wait, log, showCode, onPairing, onReady, onEvent } = options;
  let state: ConnectionState = { state: 'connecting' };
  let current: WebClient | undefined;
  let closed = false;
  let failures = 0;
  let check: NodeJS.Timeout | undefined;

  async function start(): Promise<void> {
    if (closed) return;
    state = { state: 'connecting' };
    let client: WebClient | undefined;
    try {
      client = makeClient();
      current = client;
      attend(client);
      await client.initialize();
    } catch (error) {
      log.error({ error }, 'WhatsApp Web could not be opened');
      reopen(client, 'not_opened');
    }
  }

  function makeClient(): WebClient {
    const { Client, LocalAuth } = library();
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // A browser that was killed leaves its lock behind, and this process is the only one that uses the folder.
    rmSync(join(folder, 'session', 'SingletonLock'), { force: true });
    return new Client({
      authStrategy: new LocalAuth({ dataPath: folder }),
      webVersionCache: { type: 'local', path: join(folder, 'page') },
      puppeteer: {
        headless: true,
        executablePath: chromiumPath,
        // Chromium refuses to run as root inside of its sandbox.
        args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      },
    });
  }

  function attend(client: WebClient): void {
    const on = (event: string, listener: (...details: readonly unknown[]) => void) =>
      client.on(event, (...details) => {
        if (client === current && !closed) listener(...details);
      });
    on('qr', (code) => {
      if (typeof code !== 'string') return;
      if (state.state !== 'pairing') {
        onPairing();
        log.warn({}, 'a phone has to scan the code, which staff see among the channels');
      }
      state = { state: 'pairing', code };
      showCode(code);
    });
    on('authenticated', () => {
      state = { state: 'connecting' };
    });
    on('auth_failure', () => {
      log.error({}, 'the phone has refused the session');
      reopen(client, 'auth_failure');
    });
    on('ready', () => {
      failures = 0;
      state = { state: 'connected' };
      log.info({}, 'WhatsApp Web is connected');
      onReady(client);
    });
    on('disconnected', (reason) => {
      log.error({ reason: String(reason) }, 'WhatsApp Web was disconnected');
      // After a log-out the page asks for a phone by itself.
      if (reason === 'LOGOUT') state = { state: 'down', reason: 'logout' };
      else reopen(client, 'disconnected');
    });
    for (const event of ['message', 'message_create', 'message_ack'] as const)
      on(event, (...details) => onEvent(event, ...details));
  }

  function reopen(client: WebClient | undefined, reason: string): void {
    if (closed || client !== current) return;
    current = undefined;
    state = { state: 'down', reason };
    void client?.destroy().catch(() => undefined);
    const { first, most } = reopenMilliseconds;
    const milliseconds = Math.min(first * 2 ** failures, most);
    failures += 1;
    void wait(milliseconds).then(start);
  }

  async function checkPage(): Promise<void> {
    const client = current;
    if (!client || state.state !== 'connected') return;
    try {
      await within(client.getState(), answerMilliseconds);
    } catch (error) {
      log.error({ error }, 'WhatsApp Web does not answer');
      reopen(client, 'no_answer');
    }
  }

  return {
    get state() {
      return state;
    },
    get client() {
      return state.state === 'connected' ? current : undefined;
    },
    open() {
      check = setInterval(() => void checkPage(), checkMilliseconds);
      check.unref();
      void start();
    },
    async close() {
      closed = true;
      clearInterval(check);
      const client = current;
      current = undefined;
      // Closed in good order, or the session cannot be used again.
      if (client) await within(client.destroy(), answerMilliseconds).catch(() => undefined);
    },
  };
}

/** Rejects when it takes longer. */
export function within<Result>(promise: Promise<Result>, milliseconds: number): Promise<Result> {
  const signal = AbortSignal.timeout(milliseconds);
  const { promise: late, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(signal.reason));
  return Promise.race([promise, late]);
}
