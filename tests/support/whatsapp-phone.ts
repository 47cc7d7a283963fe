import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { WebClient, WebClientOptions, WebLibrary } from '../../src/channels/whatsapp/web/library.ts';

/** A message as WhatsApp's page keeps it, in the shape that the library reads. */
export interface PhoneMessage {
  readonly id: {
    readonly _serialized: string;
    readonly id: string;
    readonly fromMe: boolean;
    readonly remote: string;
  };
  readonly body: string;
  readonly type: string;
  /** Seconds since 1970. */
  readonly t: number;
  readonly from: string;
  readonly to: string;
  readonly ack: number;
  readonly [more: string]: unknown;
}

/** What happens to the next message that is sent. */
export type PhoneFault =
  | { readonly kind: 'page_breaks'; readonly taken: boolean; readonly acks?: readonly number[] }
  | { readonly kind: 'no_such_chat' };

/**
 * WhatsApp's page and the phone behind it, as far as whatsapp-web.js looks at them: the library's own Client runs, and what it would evaluate in
 * the page is answered here. Nothing in it knows the code under test, and nothing of what runs inside of the real page is tested by it.
 */
export interface Phone {
  readonly library: () => WebLibrary;
  /** What was sent from the linked number, in order. */
  readonly sent: readonly PhoneMessage[];
  readonly asked: number;
  readonly openings: number;
  /** The options of the newest client. */
  readonly options: WebClientOptions | undefined;
  failNext(...faults: readonly PhoneFault[]): void;
  /** The page can be opened, or not. */
  reachable: boolean;
  /** Whether the page answers when it is asked how it is. */
  answering: boolean;
  /** The two ids of a person, whichever a message comes from. */
  introduce(person: { readonly number: string; readonly hidden: string }): void;
  /** Shows a code, as a page does that no phone is linked with. */
  showCode(code: string): Promise<void>;
  /** A phone has scanned the code, or the session of before is taken up. */
  link(): Promise<void>;
  /** Somebody writes. */
  write(chatId: string, body: string, more?: Readonly<Record<string, unknown>>): PhoneMessage;
  /** Somebody writes while the page is not there. */
  keep(chatId: string, body: string, more?: Readonly<Record<string, unknown>>): PhoneMessage;
  acknowledge(message: PhoneMessage, ack: number): void;
  changeState(state: string): Promise<void>;
  emit(event: string, ...details: readonly unknown[]): void;
}

type Exposed = (...parameters: readonly unknown[]) => unknown;

interface Page {
  readonly exposed: Map<string, Exposed>;
  exposeFunction(name: string, callback: Exposed): Promise<void>;
  evaluate(
    script: string | ((...parameters: never[]) => unknown),
    ...parameters: readonly unknown[]
  ): Promise<unknown>;
  on(): void;
  once(): void;
  isClosed(): boolean;
}

/** What the subclass below reaches of the library's Client beside what the channel uses. */
type RealClient = WebClient & {
  pupPage: unknown;
  authStrategy: { beforeBrowserInitialized(): Promise<void> };
  inject(): Promise<void>;
  emit(event: string, ...details: readonly unknown[]): boolean;
};

interface RealLibrary {
  readonly Client: new (options: WebClientOptions) => RealClient;
  readonly LocalAuth: WebLibrary['LocalAuth'];
}

const folder = join(import.meta.dirname, '../../optional/whatsapp-web');

export function startPhone({ now }: { readonly now: () => Date }): Phone {
  const real: RealLibrary = createRequire(join(folder, 'package.json'))('whatsapp-web.js');
  const messages: PhoneMessage[] = [];
  const sent: PhoneMessage[] = [];
  const faults: PhoneFault[] = [];
  const people: { readonly number: string; readonly hidden: string }[] = [];
  let linked = false;
  let page: Page | undefined;
  let client: RealClient | undefined;
  let options: WebClientOptions | undefined;
  let asked = 0;
  let openings = 0;
  let ids = 0;

  class Client extends real.Client {
    constructor(given: WebClientOptions) {
      super(given);
      options = given;
      client = this;
    }

    /** Without a browser: the page is there, and from here on everything is the library's own. */
    override async initialize(): Promise<void> {
      openings += 1;
      await this.authStrategy.beforeBrowserInitialized();
      if (!phone.reachable) throw new Error('net::ERR_INTERNET_DISCONNECTED');
      page = createPage();
      this.pupPage = page;
      await this.inject();
      if (linked) await page.exposed.get('onAppStateHasSyncedEvent')?.();
    }
  }

  function createPage(): Page {
    const exposed = new Map<string, Exposed>();
    return {
      exposed,
      exposeFunction(name, callback) {
        exposed.set(name, callback);
        return Promise.resolve();
      },
      async evaluate(script, ...parameters) {
        return answer(String(script), parameters);
      },
      on: () => undefined,
      once: () => undefined,
      isClosed: () => false,
    };
  }

  /** What the real page would answer, found by what the script asks for. */
  function answer(script: string, parameters: readonly unknown[]): unknown {
    const [first, second] = parameters;
    // What the library puts into the page to work with it.
    if (script.includes('window.WWebJS = {}')) return undefined;
    if (script.includes('window.Debug?.VERSION != undefined')) return true;
    if (script.includes('window.WWebJS != undefined')) return true;
    if (script.includes("typeof window.WWebJS !== 'undefined'")) return false;
    if (script.includes('window.Debug.VERSION')) return '2.3000.0';
    if (script.includes('!!window[name]')) return page?.exposed.has(String(first)) ?? false;
    if (script.includes("state == 'UNPAIRED'")) return !linked;
    if (script.includes('WWebJS.sendMessage')) return send(String(first), String(second));
    if (script.includes('loadEarlierMsgs')) return fetched(String(first), second);
    if (script.includes('WWebJS.getChats()')) return [...new Set(messages.map(chatIdOf))].map(chatOf);
    if (script.includes('WWebJS.getChat(chatId)')) return chatOf(String(first));
    if (script.includes('enforceLidAndPnRetrieval')) return [first].flat().map((id) => idsOf(String(id)));
    if (script.includes('Socket.state ?? null')) {
      if (!phone.answering) throw new Error('Protocol error: Target closed');
      return 'CONNECTED';
    }
    if (script.includes('Conn.serialize()'))
      return { pushname: 'Kashuv', wid: { _serialized: '972591112222@c.us' }, platform: 'android' };
    return undefined;
  }

  function send(chatId: string, body: string): PhoneMessage | null {
    asked += 1;
    const fault = faults.shift();
    if (fault?.kind === 'no_such_chat') return null;
    if (fault && !fault.taken) throw new Error('Protocol error: Target closed');
    const message = made(chatId, body, { fromMe: true });
    messages.push(message);
    sent.push(message);
    page?.exposed.get('onAddMessageEvent')?.(message);
    for (const ack of fault?.acks ?? []) phoneTells(message, ack);
    if (fault) throw new Error('Protocol error: Target closed');
    return message;
  }

  function phoneTells(message: PhoneMessage, ack: number): void {
    page?.exposed.get('onMessageAckEvent')?.({ ...message, ack }, ack);
  }

  function fetched(chatId: string, given: unknown): readonly PhoneMessage[] {
    const wanted = JSON.parse(JSON.stringify(given ?? {}));
    return messages
      .filter((message) => samePerson(chatIdOf(message), chatId))
      .filter(({ id }) => wanted.fromMe === undefined || id.fromMe === wanted.fromMe)
      .toSorted((one, other) => one.t - other.t)
      .slice(-wanted.limit);
  }

  function chatOf(chatId: string) {
    const last = messages.filter((message) => samePerson(chatIdOf(message), chatId)).at(-1);
    const isGroup = chatId.endsWith('@g.us');
    return { id: { _serialized: chatId }, formattedTitle: 'x', isGroup, unreadCount: 1, t: last?.t ?? 0 };
  }

  function samePerson(one: string, other: string): boolean {
    return (
      one === other ||
      people.some(({ number, hidden }) => [number, hidden].includes(one) && [number, hidden].includes(other))
    );
  }

  function idsOf(chatId: string) {
    const person = people.find(({ number, hidden }) => number === chatId || hidden === chatId);
    if (!person) return chatId.endsWith('@lid') ? { lid: chatId } : { pn: chatId };
    return { lid: person.hidden, pn: person.number };
  }

  function made(
    chatId: string,
    body: string,
    { fromMe = false, ...more }: Readonly<Record<string, unknown>> = {},
  ): PhoneMessage {
    ids += 1;
    const id = `3EB0${String(ids).padStart(16, '0')}`;
    const own = '972591112222@c.us';
    const serialized = `${fromMe === true}_${chatId}_${id}`;
    return {
      id: { _serialized: serialized, id, fromMe: fromMe === true, remote: chatId },
      body,
      type: 'chat',
      t: Math.floor(now().getTime() / 1000),
      from: fromMe === true ? own : chatId,
      to: fromMe === true ? chatId : own,
      ack: 0,
      ...more,
    };
  }

  const phone: Phone = {
    reachable: true,
    answering: true,
    library: () => ({ Client, LocalAuth: real.LocalAuth }),
    sent,
    get asked() {
      return asked;
    },
    get openings() {
      return openings;
    },
    get options() {
      return options;
    },
    failNext(...next: readonly PhoneFault[]) {
      faults.push(...next);
    },
    introduce(person: { readonly number: string; readonly hidden: string }) {
      people.push(person);
    },
    async showCode(code: string) {
      await page?.exposed.get('onQRChangedEvent')?.(code);
    },
    async link() {
      linked = true;
      await page?.exposed.get('onAppStateHasSyncedEvent')?.();
    },
    write(chatId: string, body: string, more?: Readonly<Record<string, unknown>>) {
      const message = made(chatId, body, more);
      if (!messages.some(({ id }) => id._serialized === message.id._serialized)) messages.push(message);
      page?.exposed.get('onAddMessageEvent')?.(message);
      return message;
    },
    keep(chatId: string, body: string, more?: Readonly<Record<string, unknown>>) {
      const message = made(chatId, body, more);
      messages.push(message);
      return message;
    },
    acknowledge: phoneTells,
    async changeState(state: string) {
      await page?.exposed.get('onAppStateChangedEvent')?.(state);
    },
    emit(event: string, ...details: readonly unknown[]) {
      client?.emit(event, ...details);
    },
  };
  return phone;
}

function chatIdOf({ id }: PhoneMessage): string {
  return id.remote;
}
