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
    z.strictObject({ kind: z.literal('text'), text: z.string().max(20_000) }),
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

/** What a channel can show and carry. Shared code decides by these figures and never by a channel's name. */
export interface Capabilities {
  readonly buttonsMax: number;
  readonly listRowsMax: number;
  readonly labelUnitsMax: number;
  readonly textUnitsMax: number;
  readonly multipleChoice: boolean;
  readonly typing: boolean;
  /** Whoever shows an address fetches what was committed, so nothing has to be sent there. */
  readonly fetched: boolean;
  readonly receipts: boolean;
  /** Whether invisible direction marks may be put around names and numbers. */
  readonly directionMarks: boolean;
  readonly unit: 'message' | 'segment';
}

/** The result of a send that the provider took: its id for the message, where it gives one. */
export interface Accepted {
  readonly providerMessageId?: string;
}

/** A message on its way: to whom, and the id under which it is stored, the same at every attempt. */
export interface Dispatch {
  readonly messageId: string;
  readonly addressId: string;
  /** The address in clear, as the channel gave it with the inbound message. */
  readonly address: string;
  readonly message: OutboundMessage;
}

/**
 * A channel carries messages and knows neither questionnaires nor the server. `send` rejects with a {@link DeliveryError}, whose
 * `outcome` alone decides what happens next.
 */
export interface Channel {
  readonly name: string;
  readonly account: string;
  readonly capabilities: Capabilities;
  send(dispatch: Dispatch): Promise<Accepted>;
  /** Asks the provider whether a message whose outcome is unknown was taken; absent where it cannot be asked. */
  reconcile?(dispatch: Dispatch): Promise<'accepted' | 'not_taken' | 'unknown'>;
  close?(): Promise<void>;
}

export type { DeliveryError };
