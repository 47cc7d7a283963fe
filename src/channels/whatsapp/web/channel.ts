import { join } from 'node:path';
import type { Channel, ChannelHost, ChannelLog, Dispatch, Receipt } from '../../channel.ts';
import { DeliveryError } from '../../errors.ts';
import { whatsappChannelName } from '../name.ts';
import { renderAsText, webCapabilities } from '../render.ts';
import { createConnection, within } from './connection.ts';
import { findLibrary, type WebClient, type WebLibrary } from './library.ts';
import { contentOf, readMessage, type WebMessage } from './messages.ts';
import { createPacing } from './pacing.ts';
import { createPairedAt } from './paired-at.ts';
import { addressOfChat, chatOf, createPeople } from './people.ts';
import { codeForTerminal } from './qr-code.ts';
import { createSentMessages } from './sent-messages.ts';

export interface WebSettings {
  readonly chromiumPath: string;
  readonly dataDir: string;
}

/** What the channel has from whoever puts the program together, and what tests put in its place. */
export interface WebSurroundings {
  readonly now: () => string;
  /** Prints on the terminal of whoever started the server; undefined: there is none. */
  readonly print: ((text: string) => void) | undefined;
  readonly library?: () => WebLibrary;
  readonly wait?: (milliseconds: number) => Promise<void>;
  readonly random?: () => number;
}

export interface WhatsappWebChannel extends Channel {
  /** Resolves when everything that the phone has told so far is taken in. */
  idle(): Promise<void>;
}

/** One phone, whatever its number. */
const account = 'phone';

/** How far back is looked for what came while nobody was connected. */
const lookBackHours = 72;
const messagesOfChatMax = 100;
/** How long the page is waited for; the lease of a message lasts longer. */
const sendMilliseconds = 15_000;

/**
 * WhatsApp by its own page in a browser, linked with a phone by a QR code. WhatsApp makes this for people and not for bots, and blocks numbers that it
 * takes for one: so nobody is written to who has not written first, and never quickly.
 *
 * Throws `LibraryMissing` where whatsapp-web.js is not installed.
 */
export function createWhatsappWebChannel(
  { chromiumPath, dataDir }: WebSettings,
  surroundings: WebSurroundings,
): WhatsappWebChannel {
  const { now, print, library = findLibrary(), random = Math.random } = surroundings;
  const wait = surroundings.wait ?? pause;
  const folder = join(dataDir, 'whatsapp-web');
  const pairedAt = createPairedAt(folder);
  const people = createPeople();
  const pacing = createPacing({ wait, random });
  const sent = createSentMessages();
  let connection: ReturnType<typeof createConnection> | undefined;
  /** What the phone tells is taken in one after the other, in its order. */
  let takingIn: Promise<void> = Promise.resolve();
  /** Something could not be stored: until it is fetched again, nothing that came later is. */
  let behindSince: string | undefined;

  function connected(): WebClient {
    const client = connection?.client;
    if (client) return client;
    const state = connection?.state.state ?? 'closed';
    throw new DeliveryError(state === 'connecting' ? 'not_taken' : 'channel_down', state);
  }

  function queue(task: () => Promise<void>): Promise<void> {
    takingIn = takingIn.then(task);
    return takingIn;
  }

  async function takeIn(host: ChannelHost, client: WebClient, message: WebMessage): Promise<void> {
    const { id, from, fromMe, isStatus } = message;
    const content = contentOf(message);
    if (fromMe || isStatus || !content) return;
    const person = await people.find(client, from);
    if (person) await host.receive({ ...person, providerMessageId: id._serialized, content });
  }

  async function arrived(host: ChannelHost, client: WebClient, given: unknown): Promise<void> {
    const message = readMessage(given);
    if (!message || behindSince !== undefined) return;
    try {
      await takeIn(host, client, message);
    } catch (error) {
      behindSince = momentOf(message);
      host.log.warn({ error }, 'a message could not be stored and will be fetched again');
      void wait(retryMilliseconds).then(() => fetchMissed(host, client));
    }
  }

  /** Everything that people wrote since the moment given, or since something could not be stored, the oldest first. */
  function fetchMissed(host: ChannelHost, client: WebClient, since?: string): Promise<void> {
    return queue(async () => {
      const from = [since, behindSince].filter((moment) => moment !== undefined).toSorted()[0];
      if (from === undefined || connection?.client !== client) return;
      try {
        const earliest = [from, pairedAt.note(now())].toSorted().at(-1) ?? from;
        for (const message of await messagesSince(client, earliest)) await takeIn(host, client, message);
        behindSince = undefined;
      } catch (error) {
        behindSince = from;
        host.log.warn({ error }, 'messages that were missed could not be fetched');
        void wait(retryMilliseconds).then(() => fetchMissed(host, client));
      }
    });
  }

  async function acknowledged(host: ChannelHost, given: unknown, ack: unknown): Promise<void> {
    const message = readMessage(given);
    const state = states.get(Number(ack));
    if (!message?.fromMe || state === undefined) return;
    const known = sent.find(message);
    const address = known?.address ?? addressOfChat(message.to ?? '');
    if (address === undefined) return;
    const receipt = {
      address,
      providerMessageId: message.id._serialized,
      ...(known && { messageId: known.messageId }),
      state,
      ...(state === 'failed' && { reason: 'ack_error' }),
    };
    await host.recordReceipt(receipt).catch((error: unknown) => {
      host.log.warn({ error }, 'what became of a message could not be recorded');
    });
  }

  async function sendNow(client: WebClient, dispatch: Dispatch): Promise<string> {
    const text = renderAsText(dispatch.message, webCapabilities);
    const chatId = chatOf(dispatch.address);
    if ((await dispatch.lastHeardAt()) === undefined && !(await hasWritten(client, chatId)))
      throw new DeliveryError('never', 'has_not_written_first');
    const { messageId, address } = dispatch;
    const done = sent.expect({ messageId, address, text });
    try {
      const options = { linkPreview: false, sendSeen: true };
      const message = readMessage(await within(client.sendMessage(chatId, text, options), sendMilliseconds));
      if (!message) throw new DeliveryError('never', 'no_such_chat');
      sent.remember(message, { messageId, address });
      return message.id._serialized;
    } catch (error) {
      throw error instanceof DeliveryError
        ? error
        : new DeliveryError('ambiguous', 'page_failed', { cause: error });
    } finally {
      done();
    }
  }

  return {
    name: whatsappChannelName,
    account,
    capabilities: webCapabilities,
    connection: () => connection?.state ?? { state: 'connecting' },

    connect(appHost) {
      const host = { ...appHost, log: named(appHost.log) };
      host.log.warn({}, 'WhatsApp Web is not made for bots: WhatsApp may block the number at any time');
      connection = createConnection({
        library,
        folder,
        chromiumPath,
        wait,
        log: host.log,
        showCode: (code) => print?.(codeForTerminal(code)),
        onPairing: () => pairedAt.forget(),
        onReady(client) {
          pairedAt.note(now());
          const farthest = new Date(Date.parse(now()) - lookBackHours * 3_600_000).toISOString();
          void fetchMissed(host, client, farthest);
        },
        onEvent(event, message, ack) {
          const client = connection?.client;
          if (!client) return;
          if (event === 'message') void queue(() => arrived(host, client, message));
          if (event === 'message_create') sent.notice(readMessage(message));
          if (event === 'message_ack') void queue(() => acknowledged(host, message, ack));
        },
      });
      connection.open();
      return Promise.resolve();
    },

    async send(dispatch) {
      const client = connected();
      return { providerMessageId: await pacing.inTurn(() => sendNow(client, dispatch)) };
    },

    /** The phone keeps what was sent; a message is known by its words, after it was committed. */
    async reconcile({ address, committedAt, message }) {
      const text = renderAsText(message, webCapabilities);
      const chat = await connected().getChatById(chatOf(address));
      const found = (await chat?.fetchMessages({ limit: reconcileMax, fromMe: true })) ?? [];
      const same = found
        .map(readMessage)
        .some((one) => one?.body.trim() === text.trim() && momentOf(one) >= withoutFraction(committedAt));
      return same ? 'accepted' : 'not_taken';
    },

    /** When it connects it looks by itself how far back it has to. */
    async catchUp(host, since) {
      const client = connection?.client;
      if (client) await fetchMissed({ ...host, log: named(host.log) }, client, since);
    },

    async idle() {
      let before: Promise<void>;
      do {
        before = takingIn;
        await before;
      } while (before !== takingIn);
    },

    async close() {
      await connection?.close();
      await takingIn;
    },
  };
}

const retryMilliseconds = 10_000;
const reconcileMax = 20;

/** How far a message has come, by the numbers that WhatsApp's page gives it. */
const states: ReadonlyMap<number, Receipt['state']> = new Map([
  [-1, 'failed'],
  [1, 'sent'],
  [2, 'delivered'],
  [3, 'read'],
  [4, 'read'],
]);

function named(log: ChannelLog): ChannelLog {
  const channel = whatsappChannelName;
  return {
    info: (details, sentence) => log.info({ channel, ...details }, sentence),
    warn: (details, sentence) => log.warn({ channel, ...details }, sentence),
    error: (details, sentence) => log.error({ channel, ...details }, sentence),
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}

function momentOf({ timestamp }: WebMessage): string {
  return new Date(timestamp * 1000).toISOString();
}

/** The phone's moments have whole seconds. */
function withoutFraction(moment: string): string {
  return moment.replace(/\.\d+Z$/, '.000Z');
}

/** Whether somebody wrote to this number before this server knew of it. */
async function hasWritten(client: WebClient, chatId: string): Promise<boolean> {
  const chat = await client.getChatById(chatId).catch(() => undefined);
  const [message] = (await chat?.fetchMessages({ limit: 1, fromMe: false })) ?? [];
  return message !== undefined;
}

async function messagesSince(client: WebClient, since: string): Promise<WebMessage[]> {
  const seconds = Math.floor(Date.parse(since) / 1000);
  const found: WebMessage[] = [];
  for (const chat of await client.getChats()) {
    if (addressOfChat(chat.id._serialized) === undefined || (chat.timestamp ?? 0) < seconds) continue;
    const messages = await chat.fetchMessages({ limit: messagesOfChatMax, fromMe: false });
    found.push(...messages.flatMap((message) => readMessage(message) ?? []));
  }
  return found
    .filter(({ timestamp }) => timestamp >= seconds)
    .toSorted((one, other) => one.timestamp - other.timestamp);
}
