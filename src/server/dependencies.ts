import type { ChannelHost, ChannelRoute, ConnectionState } from '../channels/channel.ts';
import type { AddressBook } from '../conversations/address-book.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { Library } from '../conversations/library.ts';
import type { Language } from '../dialogs/language.ts';
import type { Store } from '../store/store.ts';
import type { Log } from '../telemetry/log.ts';
import type { Observe } from '../telemetry/observation.ts';
import type { Texts } from '../texts/index.ts';
import type { Changes } from './changes.ts';
import type { ProblemTitles } from './problem.ts';

/** A channel as far as its routes are concerned, with the host that its handlers work on. */
export interface MountedChannel {
  readonly name: string;
  readonly routes: readonly ChannelRoute[];
  readonly host: ChannelHost;
  /** How the connection stands that the channel keeps itself; absent where it keeps none. */
  readonly connection?: () => ConnectionState;
}

export interface ServerDependencies {
  readonly store: Store;
  readonly conversations: Conversations;
  readonly library: Library;
  readonly texts: Texts;
  readonly addressBook: AddressBook;
  /** The web chat's channel. */
  readonly pageChannel: { readonly name: string; readonly account: string };
  readonly changes: Changes;
  /** The channels that are on; this server answers their routes. */
  readonly channels: readonly MountedChannel[];
  /** How many segments a text takes on the channel that is paid for by them; absent where none is. */
  readonly countSegments: ((text: string) => number) | undefined;
  readonly problemTitles: ProblemTitles;
  readonly settings: {
    /** Where people reach this server, without a slash at the end. */
    readonly publicBaseUrl: string;
    readonly brand: Readonly<Record<Language, string>>;
    readonly defaultLanguage: Language;
    /** Origins that may embed the chat page, as CSP's frame-ancestors takes them. */
    readonly widgetOrigins: readonly string[];
    /** By it Prometheus reads the metrics; undefined: nobody but staff does. */
    readonly metricsToken: string | undefined;
    /** Touchpoints in the order in which customers meet them; others follow. */
    readonly journey: readonly string[];
  };
  /** The folder of the built pages. */
  readonly pagesDirectory: string;
  /** The secret by which commands on this machine act as staff. */
  readonly operatorToken: string;
  /** Aborted when the server begins to stop: whoever holds a stream open ends it, and nothing new is begun. */
  readonly closing: AbortSignal;
  /** The figures of this process in the text format of Prometheus. */
  readonly readMetrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  readonly observe: Observe;
  readonly now: () => string;
  /** An unguessable code of at least 128 bits, safe in a URL. */
  readonly newCode: () => string;
  readonly log: Log;
}
