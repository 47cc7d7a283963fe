import { z } from 'zod';
import { languageSchema } from '../dialogs/language.ts';
import type { DeliveryError } from './errors.ts';

/**
 * A message from a contact, as a channel hands it over after it has verified the sender. `providerMessageId` makes it unique within
 * channel and account; a second one with the same key is the same message.
 */
export const inboundMessageSchema = z.strictObject({
  channel: z.string().min(1).max(40),
  account: z.string().min(1).max(100),
  providerMessageId: z.string().min(1).max(200),
  /** The sender in the channel's own terms: a conversation id, an E.164 number, workspace and person. */
  address: z.string().min(1).max(300),
  content: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('text'),
      text: z.string().max(20_000),
      /** Words that the provider keeps for itself: what it took them for, and whether it has answered, so that nobody has to. */
      byProvider: z.strictObject({ taken: z.enum(['opt_out', 'opt_in']), answered: z.boolean() }).optional(),
    }),
    /** A tap; `choice` is the token that the button carried (see choice.ts). */
    z.strictObject({ kind: z.literal('choice'), choice: z.string().min(1).max(256) }),
    z.strictObject({ kind: z.literal('media'), mediaType: z.string().max(100) }),
  ]),
  languageHint: languageSchema.optional(),
});

export type InboundMessage = z.infer<typeof inboundMessageSchema>;

/** A choice offered with a message. `token` names session, question and option and is what a button sends back. */
export const offeredChoiceSchema = z.strictObject({
  token: z.string().max(256),
  label: z.string(),
  exclusive: z.boolean().optional(),
});

export type OfferedChoice = z.infer<typeof offeredChoiceSchema>;

/**
 * What a channel is asked to send: sentences already in the contact's language, and what can be chosen or typed under them. A channel
 * never learns the question's kind; `layout` says all that it needs.
 */
export const outboundMessageSchema = z.strictObject({
  text: z.string(),
  language: languageSchema,
  from: z.enum(['bot', 'staff']),
  /** The question that waits for a reply after this message. */
  questionId: z.string().optional(),
  sessionId: z.string().optional(),
  layout: z.enum(['statement', 'scale', 'options', 'multiple', 'open']),
  choices: z.array(offeredChoiceSchema).optional(),
  choicesMin: z.number().int().optional(),
  choicesMax: z.number().int().optional(),
  /** Labels of a scale's two ends. */
  low: z.string().optional(),
  high: z.string().optional(),
  input: z.enum(['text', 'number', 'date', 'email', 'phone']).optional(),
  textUnitsMax: z.number().int().optional(),
  /** Whether the waiting question can be skipped, and whether Back leads anywhere: a page with buttons shows them. */
  canSkip: z.boolean().optional(),
  canGoBack: z.boolean().optional(),
  /** 0 to 1; never goes back except by Back. */
  progress: z.number().min(0).max(1).optional(),
  /** The session has ended with this message. */
  ended: z.boolean().optional(),
});

export type OutboundMessage = z.infer<typeof outboundMessageSchema>;

/**
 * What a channel can show and carry. Shared code decides by these figures and never by a channel's name (see arrange.ts). All lengths are
 * counted in `textUnit`.
 */
export interface Capabilities {
  /** Buttons under a message: how many at most, and their longest label. Absent where there are none. */
  readonly buttons?: { readonly max: number; readonly labelUnitsMax: number };
  /** A list that opens from a message. A label that is too long for its row goes on in the row's description. */
  readonly list?: {
    readonly rowsMax: number;
    readonly labelUnitsMax: number;
    readonly descriptionUnitsMax: number;
  };
  /** Whether several choices can be ticked and sent in one go. */
  readonly multipleChoice: boolean;
  /** The longest text of one message. */
  readonly textUnitsMax: number;
  /** The longest text above buttons or a list, where that is less. */
  readonly choiceTextUnitsMax?: number;
  readonly textUnit: 'utf16' | 'code_point';
  /** Where a message is paid for by its length: how many parts a text takes, and how many a question may take before a link replaces it. */
  readonly segments?: { count(text: string): number; readonly questionMax: number };
  /** Words, in lower case, that the provider keeps for itself: they are never offered as answers. */
  readonly reservedWords?: ReadonlySet<string>;
  /** Whoever shows an address fetches what was committed, so nothing has to be sent there. */
  readonly fetched: boolean;
  readonly receipts: boolean;
  /** Whether invisible direction marks may be put around names and numbers. */
  readonly directionMarks: boolean;
}

/** The result of a send that the provider took: its id for the message, where it gives one. */
export interface Accepted {
  readonly providerMessageId?: string;
}

/** A message on its way: to whom, and the id under which it is stored, the same at every attempt. */
export interface Dispatch {
  /** At most 100 characters from `A-Za-z0-9._-`. A receipt that brings it back is matched even before the send's result is known. */
  readonly messageId: string;
  readonly addressId: string;
  /** The address in clear, as the channel gave it with the inbound message. */
  readonly address: string;
  /** When the message was committed, ISO 8601. */
  readonly committedAt: string;
  /**
   * When the contact last wrote on this channel, ISO 8601; undefined where nothing is known of it. Some providers let only those be written
   * to freely who wrote a short while ago.
   */
  lastHeardAt(): Promise<string | undefined>;
  /** Fitted to the channel's capabilities: one dispatch is one message of the provider. */
  readonly message: OutboundMessage;
}

/** A message as a channel hands it over; the host knows the channel's name and account. */
export interface ArrivedMessage extends Omit<InboundMessage, 'channel' | 'account'> {
  /**
   * Other addresses of the same person on the same channel, by which the provider may name them another time. Whoever has one of them has
   * them all from now on; those of two contacts stay with the two.
   */
  readonly aliases?: readonly string[];
}

/** What the provider says about a message that it was given. Receipts come in any order, more than once, and before the send has its answer. */
export interface Receipt {
  /** The address in clear, as the channel gives it with inbound messages. */
  readonly address: string;
  readonly providerMessageId: string;
  /** The `messageId` of the dispatch, where the provider hands it back. */
  readonly messageId?: string;
  readonly state: 'sent' | 'delivered' | 'read' | 'failed';
  /** Of a failure: the provider's code. */
  readonly reason?: string;
  /** The failure says that the contact has opted out at the provider. */
  readonly optedOut?: boolean;
}

/** What a channel may ask of the program around it. Both commands are durable when they resolve, and reject while the store is down. */
export interface ChannelHost {
  receive(message: ArrivedMessage): Promise<'stored' | 'duplicate'>;
  /** Resolves also when nothing is known of the message. */
  recordReceipt(receipt: Receipt): Promise<void>;
  /** ISO 8601. */
  now(): string;
  /** Lines with ids and codes, never with addresses or texts. */
  readonly log: ChannelLog;
}

/** Where a channel writes what operators should know. */
export interface ChannelLog {
  info(details: Readonly<Record<string, unknown>>, message: string): void;
  warn(details: Readonly<Record<string, unknown>>, message: string): void;
  error(details: Readonly<Record<string, unknown>>, message: string): void;
}

/** A request as it came over the wire. */
export interface ChannelRequest {
  /** Names in lower case; values of a repeated header are joined. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
  /** The bytes that were sent, not decoded in any way: signatures are computed over these. */
  readonly body: Uint8Array;
  /**
   * The address that the provider posted to, which some sign as well. It is made of the configured public address and the path and query
   * of the request, never of its headers, which anybody can write.
   */
  readonly url: string;
}

/** The answer to a provider. */
export interface ChannelAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Why the request was refused or ignored, as a code. The server writes it into one log line. */
  readonly reason?: string;
}

/**
 * Where a provider posts to. The server mounts it, refuses larger bodies (413), other media types (415) and other methods (405), and answers
 * 503 with Retry-After when the host rejects because the store is down or too much waits. So a handler says 2xx only after its commands
 * have resolved, and lets their rejections pass.
 */
export interface ChannelRoute {
  readonly method: 'GET' | 'POST';
  /** Without parameters, such as `/channels/sms`. */
  readonly path: string;
  readonly bodyBytesMax: number;
  /** Media types without parameters; a GET has none. */
  readonly contentTypes: readonly string[];
  /** Refuses with 401 what is not signed by the provider, and takes no other step then. */
  handle(request: ChannelRequest, host: ChannelHost): Promise<ChannelAnswer>;
}

/** How the connection that a channel keeps itself stands. */
export type ConnectionState =
  | { readonly state: 'connecting' | 'connected' }
  /** Somebody has to take the connection up by this code, a QR code's content. It is a secret: whoever has it can. */
  | { readonly state: 'pairing'; readonly code: string }
  | { readonly state: 'down'; readonly reason: string };

/**
 * A channel carries messages and knows neither questionnaires, nor stores, nor the server. It gets messages by routes, which the server
 * mounts, or by a connection of its own, or both. `send` rejects with a {@link DeliveryError}, whose `outcome` alone decides what happens
 * next.
 */
export interface Channel {
  readonly name: string;
  readonly account: string;
  readonly capabilities: Capabilities;
  /** What the provider posts to. A route verifies the sender on the raw body before it looks at anything else. */
  readonly routes?: readonly ChannelRoute[];
  /** Opens the channel's own connection. Resolves when it is under way; reconnecting is the channel's business until `close`. */
  connect?(host: ChannelHost): Promise<void>;
  /** How that connection stands now. */
  connection?(): ConnectionState;
  send(dispatch: Dispatch): Promise<Accepted>;
  /** Asks the provider whether a message whose outcome is unknown was taken; absent where it cannot be asked. A rejection says that it could not be asked now. */
  reconcile?(dispatch: Dispatch): Promise<'accepted' | 'not_taken' | 'unknown'>;
  /**
   * Hands over what the provider got since a moment, oldest first: nobody delivers again what came while this server was down. What was
   * received already is found to be a duplicate.
   */
  catchUp?(host: ChannelHost, since: string): Promise<void>;
  close?(): Promise<void>;
}

export type { DeliveryError };
