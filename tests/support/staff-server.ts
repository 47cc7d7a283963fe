import { type App, type AppOptions, type Listening, listen } from '../../src/app.ts';
import type { Language } from '../../src/dialogs/language.ts';
import { openConversation, postMessage } from './chat-client.ts';
import { createTestApp, type TestClock, testClock, testConfig } from './test-app.ts';

export interface Asking {
  readonly method?: 'GET' | 'POST';
  /** Sent as JSON; a text is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The real server with a clock that stands still, asked over HTTP. */
export interface StaffServer {
  readonly app: App;
  readonly listening: Listening;
  readonly clock: TestClock;
  /** Asks as nobody in particular. */
  ask(path: string, asking?: Asking): Promise<Response>;
  /** Asks the API as the operator, in English unless the headers say otherwise. */
  staff(path: string, asking?: Asking): Promise<Response>;
  /** What the operator gets from the API; fails when that is no success. */
  read(path: string, asking?: Asking): Promise<Answered>;
  /** Signs a browser in by a fresh admin link and answers its cookie. */
  signIn(): Promise<string>;
  /** Opens a chat, says the replies one after the other, and answers the conversation's id. */
  talk(opening: Record<string, unknown>, replies: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

/** JSON as it came. */
export type Answered = ReturnType<typeof JSON.parse>;

export async function startStaffServer(
  settings: {
    language?: Language;
    start?: string;
    publicBaseUrl?: string;
    /** Further settings, as environment variables. */
    environment?: Record<string, string>;
    app?: Partial<AppOptions>;
  } = {},
): Promise<StaffServer> {
  const clock = testClock(settings.start);
  const config = testConfig({
    DEFAULT_LANGUAGE: settings.language ?? 'en',
    BRAND_NAME: 'Acme',
    ...(settings.publicBaseUrl !== undefined && { PUBLIC_BASE_URL: settings.publicBaseUrl }),
    ...settings.environment,
  });
  const app = await createTestApp({ config, now: clock.now, ...settings.app });
  const listening = await listen(app);
  let messages = 0;

  function ask(path: string, { method = 'GET', body, headers = {} }: Asking = {}): Promise<Response> {
    return fetch(`${listening.url}${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  const server: StaffServer = {
    app,
    listening,
    clock,
    ask,
    staff(path, { headers, ...asking } = {}) {
      const authorization = `Bearer ${listening.operatorToken}`;
      return ask(`/api/v1${path}`, {
        ...asking,
        headers: { authorization, 'accept-language': 'en', ...headers },
      });
    },
    async read(path, asking) {
      const response = await server.staff(path, asking);
      const answered: Answered = await response.json();
      if (!response.ok) throw new Error(`${path} answered ${JSON.stringify(answered)}`);
      return answered;
    },
    async signIn() {
      const code = (await listening.createAdminLink()).split('/').at(-1);
      const response = await ask('/api/v1/sign-in', { method: 'POST', body: { code } });
      return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    },
    async talk(opening, replies) {
      const { conversationId } = await openConversation(listening.url, opening);
      await app.conversations.idle();
      for (const reply of replies) {
        clock.advance(1 / 60);
        messages += 1;
        const said = reply.startsWith('!') ? { choice: reply } : { text: reply };
        await postMessage(listening.url, conversationId, { id: `m${messages}`, ...said });
        await app.conversations.idle();
      }
      return conversationId;
    },
    async close() {
      await listening.close();
      await app.close();
    },
  };
  return server;
}
