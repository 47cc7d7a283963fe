import type { mongo } from 'mongoose';
import type {
  Answer,
  Case,
  Contact,
  Credential,
  InboundRecord,
  OutboundRecord,
  Response,
  StoredEvent,
} from '../records.ts';
import type { PublishedQuestionnaire } from '../store.ts';
import type { TotalKey } from '../totals.ts';

// Moments at the top level of a document are dates, so that people and BI tools can group by them; inside of nested parts they are the
// texts of the records. Texts are kept as stored-text.ts says.

/** A message of the contact that waits to be handled. */
export type WaitingInbound = Omit<InboundRecord, 'direction' | 'contactId' | 'state'>;

/** A message to the contact that waits to be sent, or whose sending nobody has ended yet. */
export interface WaitingOutbound
  extends Pick<OutboundRecord, 'seq' | 'addressId' | 'at' | 'message' | 'reason'> {
  readonly state: 'queued' | 'claimed';
  readonly attempts: number;
  readonly ambiguous: number;
  /** Not to be sent again once its claim ends. */
  readonly withdrawn?: boolean;
  /** When it can be claimed, as far as it is concerned itself. */
  readonly freeAt: string;
}

/** What a change of the contact leaves to be carried into the other collections. */
export interface Unprojected {
  /** With a turn: the version that it made of the contact. */
  readonly turn?: number;
  readonly events?: readonly StoredEvent[];
  readonly answers?: readonly Answer[];
  readonly retracted?: readonly { readonly sessionId: string; readonly questionId: string }[];
  readonly responses?: readonly Response[];
  readonly cases?: readonly Case[];
  /** Messages that need nothing more to be done about them. */
  readonly replies?: readonly InboundRecord[];
  readonly deliveries?: readonly OutboundRecord[];
}

/** The aggregate: whatever a turn, a claim or a result has to change as one. */
export interface ContactDocument extends Omit<Contact, 'id' | 'createdAt' | 'optedOutAt' | 'wakeAt'> {
  readonly _id: string;
  readonly createdAt: Date;
  readonly optedOutAt?: Date;
  readonly wakeAt?: Date;
  /** Raised by every change of this document: a change that was computed from an older state is computed again. */
  readonly writes: number;
  /** The last changes, to find out whether one happened whose answer was lost. */
  readonly changes: readonly string[];
  /** The number of the last message. */
  readonly seq: number;
  readonly inbox: readonly WaitingInbound[];
  readonly outbox: readonly WaitingOutbound[];
  /** When the first of the inbox came, when the first of the outbox can be claimed, and when that was committed. */
  readonly inboundAt?: Date;
  readonly outboundAt?: Date;
  readonly outboundSince?: Date;
  readonly unprojected: readonly Unprojected[];
  /** Since when something waits to be projected. */
  readonly unprojectedAt?: Date;
}

/** To which contact an address leads. */
export interface AddressDocument {
  readonly _id: string;
  readonly contactId: string;
}

/** The hash of a message key that was received: it outlives the message and its contact, and so is the tombstone of both. */
export interface ReceivedDocument {
  readonly _id: string;
  readonly contactId: string;
}

/** A session with what its listings go by; its events and answers stand in documents of their own. */
export interface SessionDocument {
  readonly _id: string;
  readonly contactId: string;
  readonly questionnaireId: string;
  readonly touchpointId: string;
  readonly startedAt: Date;
  readonly endedAt?: Date;
}

export interface EventDocument {
  readonly sessionId: string;
  readonly contactId: string;
  readonly turn: number;
  readonly index: number;
  readonly stored: StoredEvent;
}

export interface AnswerDocument extends Omit<Answer, 'askedAt' | 'answeredAt'> {
  readonly askedAt: Date;
  readonly answeredAt: Date;
  readonly sessionStartedAt: Date;
}

export interface ResponseDocument
  extends Omit<Response, 'sessionId' | 'startedAt' | 'updatedAt' | 'endedAt'> {
  /** The session's id. */
  readonly _id: string;
  readonly startedAt: Date;
  readonly updatedAt: Date;
  readonly endedAt?: Date;
}

export interface CaseDocument extends Omit<Case, 'id' | 'openedAt' | 'updatedAt' | 'closedAt'> {
  readonly _id: string;
  readonly openedAt: Date;
  readonly updatedAt: Date;
  readonly closedAt?: Date;
  /** 1 while the contact waits for staff. */
  readonly waits: 0 | 1;
  /** It was returned to the bot or closed. */
  readonly over: boolean;
}

/** A message of the contact that was handled or put aside. */
export interface ReplyDocument extends Omit<InboundRecord, 'direction' | 'at'> {
  readonly at: Date;
}

/** A message to the contact of which the provider, or an opt-out, has decided. */
export interface DeliveryDocument extends Omit<OutboundRecord, 'direction' | 'at' | 'sentAt'> {
  readonly at: Date;
  readonly sentAt?: Date;
}

/** What the collections of what belongs to contacts have in common. */
export interface ContactTrace {
  readonly contactId: string;
}

/** What both collections of messages have in common: whose a message is, and when it came to be. */
export interface MessageTrace extends ContactTrace {
  readonly at: Date;
}

export interface TotalDocument extends TotalKey {
  /** The key as one text. */
  readonly _id: string;
  readonly count: number;
}

/** What a projection has changed and the totals do not hold yet. */
export interface TotalChangeDocument {
  readonly changes: readonly { readonly key: TotalKey; readonly by: number }[];
}

export interface QuestionnaireDocumentStored extends Omit<PublishedQuestionnaire, 'publishedAt' | 'paused'> {
  readonly questionnaireId: string;
  readonly publishedAt: Date;
  readonly pausedAt?: Date;
  readonly pauseReason?: string;
}

export interface CredentialDocument extends Omit<Credential, 'createdAt' | 'expiresAt'> {
  /** Kind and hash. */
  readonly _id: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Who does what one process does at a time, and until when unless it asks again. */
export interface LeaseDocument {
  readonly _id: string;
  readonly holder: string;
  readonly until: Date;
}

/** What is true of the database as a whole. */
export interface FactDocument {
  readonly _id: string;
  readonly value: string;
}

/** Which version of the schema the database has. */
export interface SchemaDocument {
  readonly _id: 'kashuv';
  readonly version: number;
}

export type Collections = ReturnType<typeof collectionsOf>;

export function collectionsOf(database: mongo.Db) {
  return {
    contacts: database.collection<ContactDocument>('contacts'),
    addresses: database.collection<AddressDocument>('addresses'),
    received: database.collection<ReceivedDocument>('received'),
    sessions: database.collection<SessionDocument>('sessions'),
    events: database.collection<EventDocument>('events'),
    answers: database.collection<AnswerDocument>('answers'),
    responses: database.collection<ResponseDocument>('responses'),
    cases: database.collection<CaseDocument>('cases'),
    replies: database.collection<ReplyDocument>('replies'),
    deliveries: database.collection<DeliveryDocument>('deliveries'),
    contactTraces: ['addresses', 'events', 'sessions', 'responses', 'cases', 'replies', 'deliveries'].map(
      (name) => database.collection<ContactTrace>(name),
    ),
    messageTraces: ['replies', 'deliveries'].map((name) => database.collection<MessageTrace>(name)),
    totals: database.collection<TotalDocument>('totals'),
    totalChanges: database.collection<TotalChangeDocument>('total_changes'),
    questionnaires: database.collection<QuestionnaireDocumentStored>('questionnaires'),
    credentials: database.collection<CredentialDocument>('credentials'),
    leases: database.collection<LeaseDocument>('leases'),
    facts: database.collection<FactDocument>('facts'),
    schema: database.collection<SchemaDocument>('schema'),
  };
}
