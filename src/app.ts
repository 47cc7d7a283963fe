import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attendChannels, createConfiguredChannels, type HostedChannel } from './channel-setup.ts';
import type { Capabilities, Channel } from './channels/channel.ts';
import { createWebChannel, webCapabilities } from './channels/web/channel.ts';
import type { Config } from './config.ts';
import { type AddressBook, createAddressBook } from './conversations/address-book.ts';
import { createChannelHost } from './conversations/channel-host.ts';
import { type Conversations, createConversations } from './conversations/conversations.ts';
import { createLibrary, type Library } from './conversations/library.ts';
import { createRelay, type RelayTiming } from './conversations/relay.ts';
import { readQuestionnaire } from './dialogs/index.ts';
import type { Language } from './dialogs/language.ts';
import { projectStep } from './projections/project.ts';
import { agreeOnSecretKey } from './secret-key.ts';
import { codeHash } from './server/codes.ts';
import { openSqliteStore } from './store/sqlite/index.ts';
import type { Store } from './store/store.ts';
import { createSweeping } from './sweeping.ts';
import type { Log } from './telemetry/log.ts';
import { createMetrics, type Metrics } from './telemetry/metrics.ts';
import { createLog } from './telemetry/pino-log.ts';
import { createTexts, type Texts } from './texts/index.ts';

const projectDirectory = join(import.meta.dirname, '..');
const localesDirectory = join(projectDirectory, 'locales');
const examplesDirectory = join(projectDirectory, 'examples');
const pagesDirectory = join(projectDirectory, 'dist/web');

/** The shipped questionnaires in the order in which a customer meets their moments. */
const shippedJourney = [
  { questionnaireId: 'purchase-nps', touchpointId: 'purchase' },
  { questionnaireId: 'delivery-csat', touchpointId: 'delivery' },
  { questionnaireId: 'support-effort', touchpointId: 'support' },
  { questionnaireId: 'billing-clarity', touchpointId: 'billing' },
  { questionnaireId: 'fault-trust', touchpointId: 'fault' },
  { questionnaireId: 'churn-exit', touchpointId: 'churn' },
];

/** What a channel can that is switched off: its messages are composed as for a page, and wait. */
const absentChannel: Capabilities = { ...webCapabilities, fetched: false };

export interface AppOptions {
  readonly config: Config;
  /** Keeps everything in memory instead of under the data folder. */
  readonly inMemory?: boolean;
  /** Stands between the app and its store: where tests make faults happen. */
  readonly decorateStore?: (store: Store) => Store;
  /** Channels beside the web chat. */
  readonly channels?: readonly Channel[];
  /** Stands for every clock: the process's and the store's. */
  readonly now?: () => string;
  /** Seconds by a clock that only ever goes forward. */
  readonly uptime?: () => number;
  /** Other patience with providers and other processes than usual. */
  readonly relayTiming?: RelayTiming;
  readonly sweepLeaseSeconds?: number;
  readonly newId?: () => string;
  readonly log?: Log;
}

/** Everything of the product but its HTTP side. */
export interface App {
  readonly config: Config;
  readonly store: Store;
  readonly library: Library;
  readonly texts: Texts;
  readonly conversations: Conversations;
  readonly addressBook: AddressBook;
  readonly web: Channel;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => string;
  /** The store was empty before this start. */
  readonly firstStart: boolean;
  /** The web chat and whatever else is on. */
  readonly channels: readonly HostedChannel[];
  /** Opens the channels' connections and fetches what came while nobody took it, from time to time until the app is closed. */
  attendChannels(): void;
  /** Takes up what is due, every second, until the app is closed. */
  startSweeping(): void;
  /** Begins nothing more. Resolves when what was under way has ended; everything else waits in the store. */
  drain(): Promise<void>;
  /** Resolves when everything that this process has begun is done, and the store is closed. */
  close(): Promise<void>;
}

/** A server that accepts connections. */
export interface Listening {
  /** Where this machine reaches it, and where people do. */
  readonly url: string;
  readonly publicUrl: string;
  readonly operatorToken: string;
  /** Makes a link that signs one member of staff in, once. */
  createAdminLink(): Promise<string>;
  /** From now on the server is not ready and turns new requests away; those under way go on, streams end. */
  drain(): void;
  /** How many requests are under way. */
  underWay(): number;
  /** Drains, lets the requests under way finish, and takes no more connections. */
  close(): Promise<void>;
}

/**
 * Puts the parts together. Rejects with a StoreError when the data folder is in use, when MongoDB cannot be reached or is no replica set, when
 * a newer version wrote the data, or when it was written with another secret key.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, inMemory = false } = options;
  const now = options.now ?? (() => new Date().toISOString());
  const newId = options.newId ?? (() => randomBytes(12).toString('base64url'));
  const log = options.log ?? createLog({ level: config.logLevel });

  const opened = await openStore(config, { inMemory, now: options.now });
  const store = options.decorateStore?.(opened) ?? opened;
  try {
    const secretKey = inMemory ? (config.secretKey ?? randomUUID()) : await agreeOnSecretKey(store, config);
    const firstStart = await publishShipped(store, now);
    const texts = createTexts({ resources: readLocales() });
    const library = createLibrary(store);
    const addressBook = createAddressBook(secretKey);
    const web = createWebChannel();
    const configured = await createConfiguredChannels(config, { now });
    const channels = new Map(
      [web, ...configured, ...(options.channels ?? [])].map((channel) => [channel.name, channel]),
    );
    const uptime = options.uptime ?? steadySeconds;
    const metrics = createMetrics({
      backlog: () => store.readBacklog(),
      channels: () => [...channels.keys()].map((channel) => ({ channel, up: relay.isUp(channel) })),
      queued: () => conversations.underWay().queued,
    });
    const { observe } = metrics;
    const relay = createRelay({
      store,
      channels,
      addressBook,
      now,
      uptime,
      random: Math.random,
      observe,
      log,
      ...(options.relayTiming && { timing: options.relayTiming }),
    });
    const conversations = createConversations({
      store,
      library,
      relay,
      addressBook,
      defaultLanguage: config.defaultLanguage,
      now,
      uptime,
      isStoreDown: () => sweeping.storeDown,
      inboundQueueMax: config.inboundQueueMax,
      observe,
      log,
      environment: {
        texts,
        project: projectStep,
        newId,
        brand: config.brandName,
        timeZone: config.defaultTimeZone,
        region: config.defaultRegion,
        linkTo: (sessionId) => linkTo(sessionId, { addressBook, config }),
        capabilitiesOf: (channel) => channels.get(channel)?.capabilities ?? absentChannel,
      },
    });

    const hosted = [...channels.values()].map((channel) => ({
      channel,
      host: createChannelHost(channel, { conversations, now, log }),
    }));

    const sweeping = createSweeping({
      store,
      conversations,
      holder: newId(),
      ...(options.sweepLeaseSeconds !== undefined && { leaseSeconds: options.sweepLeaseSeconds }),
      log,
    });
    let leaveChannels: (() => Promise<void>) | undefined;
    return {
      config,
      store,
      library,
      texts,
      conversations,
      addressBook,
      web,
      metrics,
      log,
      now,
      firstStart,
      channels: hosted,
      attendChannels() {
        leaveChannels ??= attendChannels(hosted, { now, log });
      },
      startSweeping: sweeping.start,
      async drain() {
        await Promise.all([conversations.drain(), sweeping.stop()]);
      },
      async close() {
        await sweeping.stop();
        await leaveChannels?.();
        await conversations.idle();
        for (const channel of channels.values()) await channel.close?.();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The store that the settings name. MongoDB's packages are loaded only where they are used. */
async function openStore(
  { dataDir, mongodbUri }: Config,
  { inMemory, now }: { inMemory: boolean; now: (() => string) | undefined },
): Promise<Store> {
  const clock = now && { now };
  if (inMemory) return openSqliteStore({ directory: ':memory:', ...clock });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (mongodbUri === undefined) return openSqliteStore({ directory: dataDir, ...clock });
  const { openMongoStore } = await import('./store/mongo/index.ts');
  return openMongoStore({ uri: mongodbUri, ...clock });
}

function steadySeconds(): number {
  return performance.now() / 1000;
}

/** Opens the HTTP side of an app. Resolves when it accepts connections, and rejects when the port cannot be had. */
export async function listen(app: App): Promise<Listening> {
  const { config, log } = app;
  // Express is loaded only where there is something to serve.
  const [{ serve }, { createAdminLink }] = await Promise.all([
    import('./server/serve.ts'),
    import('./server/auth.ts'),
  ]);
  const operatorToken = newCode();
  const listening = await serve(
    {
      store: app.store,
      conversations: app.conversations,
      library: app.library,
      texts: app.texts,
      addressBook: app.addressBook,
      pageChannel: app.web,
      countSegments: app.channels.find(({ channel }) => channel.capabilities.segments)?.channel.capabilities
        .segments?.count,
      channels: app.channels.map(({ channel: { name, routes = [], connection }, host }) => ({
        name,
        routes,
        host,
        ...(connection && { connection }),
      })),
      problemTitles: readProblemTitles(),
      settings: {
        brand: config.brandName,
        defaultLanguage: config.defaultLanguage,
        widgetOrigins: config.widgetOrigins,
        metricsToken: config.metricsToken,
        journey: shippedJourney.map(({ touchpointId }) => touchpointId),
      },
      pagesDirectory,
      operatorToken,
      now: app.now,
      newCode,
      readMetrics: () => app.metrics.read(),
      observe: app.metrics.observe,
      log,
    },
    {
      host: config.host,
      port: config.port,
      publicBaseUrl: config.publicBaseUrl,
      closeGraceSeconds: config.shutdownGraceSeconds,
    },
  );
  return {
    ...listening,
    operatorToken,
    async createAdminLink() {
      const { link } = await createAdminLink({
        store: app.store,
        now: app.now,
        newCode,
        settings: { publicBaseUrl: listening.publicUrl },
      });
      return link;
    },
  };
}

/** A session's link, made of its id by this deployment's key: 132 bits, in as few characters as that takes, because some pay for each. */
function linkTo(sessionId: string, { addressBook, config }: Pick<App, 'addressBook' | 'config'>) {
  const code = addressBook.derive('session_link', sessionId).slice(0, 22);
  const base = config.publicBaseUrl ?? `http://localhost:${config.port}`;
  return { url: `${base}/s/${code}`, hash: codeHash(code) };
}

/** A code that opens something: 192 random bits, safe in a URL. */
export function newCode(): string {
  return randomBytes(24).toString('base64url');
}

/** Publishes the shipped questionnaires that the store lacks: all of them at the first start, or what that left undone. Resolves to whether it had none. */
async function publishShipped(store: Store, now: () => string): Promise<boolean> {
  const published = new Set((await store.listQuestionnaires()).map(({ document }) => document.id));
  for (const { questionnaireId } of shippedJourney) {
    if (published.has(questionnaireId)) continue;
    const file = readFileSync(join(examplesDirectory, `${questionnaireId}.json`), 'utf8');
    const reading = readQuestionnaire(JSON.parse(file));
    if (!reading.ok) throw new Error(`examples/${questionnaireId}.json is not a questionnaire`);
    await store.publishQuestionnaire(reading.document, now());
  }
  return published.size === 0;
}

/** The system's sentences by language and namespace. */
function readLocales(): Record<Language, Record<string, Record<string, unknown>>> {
  const read = (language: Language) => ({
    system: readLocale(language, 'system'),
    inspect: readLocale(language, 'inspect'),
    faults: readLocale(language, 'faults'),
  });
  return { he: read('he'), en: read('en') };
}

function readProblemTitles(): Record<Language, Record<string, string>> {
  return { he: readLocale('he', 'problems'), en: readLocale('en', 'problems') };
}

function readLocale(language: Language, namespace: string) {
  return JSON.parse(readFileSync(join(localesDirectory, language, `${namespace}.json`), 'utf8'));
}
