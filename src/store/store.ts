import type { InboundMessage, OutboundMessage } from '../channels/channel.ts';
import type { Language } from '../dialogs/language.ts';
import type { QuestionnaireDocument } from '../dialogs/questionnaire.ts';
import type { Backlog } from './backlog.ts';
import type {
  Address,
  Answer,
  Attributes,
  Case,
  Contact,
  Credential,
  DeliveryState,
  InboundRecord,
  MessageRecord,
  OutboundRecord,
  Response,
  StoredEvent,
  Total,
} from './records.ts';

/** An inbound message ready to be stored: verified by its channel, its address already hashed and sealed. */
export interface NewInbound {
  readonly key: string;
  readonly address: Address;
  readonly providerMessageId: string;
  readonly content: InboundMessage['content'];
  readonly at: string;
  /** For a contact who writes for the first time; absent where only known addresses may write. */
  readonly newContact?: { readonly id: string; readonly language: Language };
}

/**
 * Whose message it is; of a duplicate absent once that contact was erased. `unknown`: nobody has the address, no contact was to be made of it, and
 * nothing was stored.
 */
export type Received =
  | { readonly outcome: 'stored'; readonly contactId: string }
  | { readonly outcome: 'duplicate'; readonly contactId?: string }
  | { readonly outcome: 'unknown' };

/** A contact together with the messages that wait to be handled, oldest first. */
export interface ContactState {
  readonly contact: Contact;
  readonly pending: readonly InboundRecord[];
  /** The moment of reading by the store's clock, the one clock that all processes share: a turn happens at it. */
  readonly now: string;
}

/** One turn: everything that one inbound event causes, written as a whole or not at all. */
export interface Turn {
  /**
   * The contact as it shall be. `version` is the one that was read, and the store raises it; `addresses` are not written, they come by
   * `receive` and `attachAddress`.
   */
  readonly contact: Contact;
  /** Pending messages that this turn has dealt with. */
  readonly handled: readonly number[];
  readonly events: readonly StoredEvent[];
  readonly outbound: readonly TurnMessage[];
  /** Withdraws every message of the contact that was committed earlier and not yet claimed: nothing follows an opt-out. */
  readonly suppressQueued?: boolean;
  /**
   * Claims the messages of this turn in the same go, from `at` on for so long, for whoever sends them right away: a commit less than
   * claiming them afterwards. Nothing is claimed while an earlier message of the contact still waits.
   */
  readonly leaseSeconds?: number;
  readonly at: string;
  readonly projection: Projection;
}

/** Something to say to an address of the contact. */
export interface TurnMessage {
  readonly addressId: string;
  readonly message: OutboundMessage;
  /** It counts as sent once it is committed: whoever shows the address fetches it from here, and nobody has to send it. */
  readonly fetched?: boolean;
}

/** What a turn changes in the tables that people read. Ids are derived, so applying one twice changes nothing. */
export interface Projection {
  readonly answers: readonly Answer[];
  readonly retracted: readonly { readonly sessionId: string; readonly questionId: string }[];
  readonly responses: readonly Response[];
  readonly cases: readonly Case[];
}

/** Whose messages to claim, how many, and for how long. */
export interface ClaimRequest {
  /** Only this contact's messages; absent: whoever waits longest. */
  readonly contactId?: string;
  /** A claim without a result counts as ambiguous after so long by the store's clock. */
  readonly leaseSeconds: number;
  readonly limit: number;
}

/** The right to do something that one process does at a time. */
export interface LeaseRequest {
  readonly name: string;
  /** Who asks; unique to a process. Whoever has the lease already gets it prolonged. */
  readonly holder: string;
  readonly seconds: number;
}

/** A claimed message with the address that it goes to. */
export interface ClaimedMessage {
  readonly record: OutboundRecord;
  readonly address: Address;
  /** Which claim of this message it is, for its result. */
  readonly claim: number;
  /** The claim before this one ended without a result. */
  readonly afterUnknown: boolean;
}

/** How a claimed send ended: taken by the provider, refused for good, or to be tried again. */
export interface DeliveryResult {
  readonly contactId: string;
  readonly seq: number;
  /**
   * The claim that this is the result of. When somebody has claimed the message since, only `sent` still counts. Absent: the claim that
   * stands now.
   */
  readonly claim?: number;
  readonly at: string;
  readonly result:
    | { readonly state: 'sent'; readonly providerMessageId?: string }
    | { readonly state: 'failed'; readonly reason: string }
    | {
        readonly state: 'queued';
        /** How long it waits before it can be claimed again, by the store's clock. */
        readonly retrySeconds: number;
        readonly reason: string;
        readonly ambiguous: boolean;
      };
}

/** A part of a listing. Going on by `next` skips and repeats nothing that was there when the listing began. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Hand this back as `after` to go on; absent on the last page. An `after` that no page has given is refused with `not_found`. */
  readonly next?: string;
}

/** Which answers or responses to list; what is absent narrows nothing down. */
export interface ListQuery {
  readonly after?: string;
  /** 1 to 500; what lies outside is taken as the nearest of them. */
  readonly limit: number;
  readonly questionnaireId?: string;
  readonly touchpointId?: string;
  readonly sessionId?: string;
  /** Inclusive and exclusive bounds of startedAt (responses) or answeredAt (answers). */
  readonly from?: string;
  readonly until?: string;
}

/** Something stored whose owner is gone. */
export interface Orphan {
  readonly kind: (typeof orphanKinds)[number];
  /** Its own id; of a message and an event the contact's or session's id with its number. */
  readonly id: string;
  /** What it says it belongs to. */
  readonly owner: string;
}

/** What can lose its owner. */
export const orphanKinds = ['address', 'session', 'event', 'answer', 'response', 'case', 'message'] as const;

/** A questionnaire as it was published; a revision never changes. */
export interface PublishedQuestionnaire {
  readonly revision: number;
  readonly document: QuestionnaireDocument;
  readonly publishedAt: string;
  /** Since when, and why, this revision begins no new conversations; those that are open go on. */
  readonly paused?: Pause;
}

/** Since when something rests, and why. */
export interface Pause {
  readonly at: string;
  /** In the words of whatever went wrong, for staff. */
  readonly reason: string;
}

/** What may have changed in a store. */
export type StoreChange =
  /** A message came, a turn was written, the sending of a message has ended, or the contact was erased. */
  | { readonly kind: 'contact'; readonly contactId: string }
  /** A case of the contact was opened or has changed, or was erased with its contact. */
  | { readonly kind: 'case'; readonly contactId: string }
  /** Changes may have gone by untold. */
  | { readonly kind: 'anything' };

/**
 * Where conversations live. Every command is durable when its promise resolves, and either took effect as a whole or not at all. All
 * implementations pass the same contract suite (tests/contracts/store.ts). Rejections are {@link StoreError}s.
 */
export interface Store {
  /** Resolves when the store answers; rejects with `unavailable`. */
  check(): Promise<void>;
  close(): Promise<void>;

  /**
   * Stores an inbound message once. A second message with the same key is a `duplicate` and changes nothing, also when it was handled,
   * erased or is being stored by somebody else at this moment. An unknown address makes a new contact where `newContact` is given.
   */
  receive(inbound: NewInbound): Promise<Received>;
  /**
   * Gives the address a contact: the one that has it already, `contactId` when given (`not_found` when there is none), or a new one.
   * `created` tells of a new one.
   */
  attachAddress(request: {
    address: Address;
    contactId?: string;
    newContact: { id: string; language: Language; attributes?: Attributes };
    at: string;
  }): Promise<{ contactId: string; created: boolean }>;
  /** Makes a contact without an address, to whom a survey link can be given; resolves to its id, `conflict` when it is taken. */
  createContact(contact: {
    id: string;
    language: Language;
    attributes: Attributes;
    at: string;
  }): Promise<string>;
  findContact(addressId: string): Promise<string | undefined>;
  readContact(contactId: string): Promise<ContactState | undefined>;
  /**
   * Writes a turn if the contact still has the version that the turn was computed from and its `handled` messages are still pending;
   * otherwise rejects with `conflict`, or with `not_found` when the contact was erased. Resolves to the messages that the turn claims.
   */
  commitTurn(turn: Turn): Promise<readonly ClaimedMessage[]>;
  /** Notes a failed attempt to handle a message and, with `quarantine`, puts it aside for good. */
  recordInboundFailure(failure: {
    contactId: string;
    seq: number;
    reason: string;
    quarantine: boolean;
  }): Promise<void>;
  /** Messages that were put aside, the oldest first. */
  listQuarantined(query: { after?: string; limit: number }): Promise<Page<InboundRecord>>;
  /**
   * Puts a message that was put aside back to those that wait to be handled, in its old place and with no attempt counted. Resolves to
   * whether it was put aside.
   */
  releaseQuarantined(message: { contactId: string; seq: number }): Promise<boolean>;
  /** Messages of a contact in both directions, by rising `seq`. With `addressId` only those of one address; with `latest` the last ones. */
  readMessages(query: {
    contactId: string;
    addressId?: string;
    afterSeq?: number;
    latest?: boolean;
    limit: number;
  }): Promise<readonly MessageRecord[]>;

  /** Events of one session in their order. */
  readEvents(sessionId: string): Promise<readonly StoredEvent[]>;
  /** Session ids in a stable order, for replay and rebuild; with `contactId` only those of one contact. */
  listSessions(query: { after?: string; limit: number; contactId?: string }): Promise<Page<string>>;
  /** Contact ids in a stable order, for looking at everything. */
  listContacts(query: { after?: string; limit: number }): Promise<Page<string>>;
  /** What belongs to a contact, session or message that is not there, at most `limit` of it. In a store that is whole, nothing does. */
  findOrphans(limit: number): Promise<readonly Orphan[]>;

  /**
   * Claims messages that wait to be sent, each contact's in order: while an earlier one of the same contact is claimed by somebody or
   * waits for its next attempt, the later ones wait too. Several of one contact may be claimed together, to be sent one after the other:
   * when one of them has to be tried again, those behind it are handed back as `queued` as well.
   */
  claimOutbound(request: ClaimRequest): Promise<readonly ClaimedMessage[]>;
  /**
   * Ends claims. A message that was withdrawn by `suppressQueued` while it was claimed becomes `suppressed` instead of `queued`. Results
   * of messages that are not claimed (any more) are ignored.
   */
  recordDeliveries(results: readonly DeliveryResult[]): Promise<void>;
  /**
   * A receipt of the provider. States only move forward: queued < sent < delivered < read; failed is final, and nothing fails that was
   * delivered. Unknown ids are ignored. With `message` a receipt counts although nobody has recorded yet that the provider took the
   * message, which then need not be sent (again): providers may tell of a message before they answer its sender, and when they never do.
   */
  recordReceipt(receipt: {
    addressId: string;
    providerMessageId: string;
    message?: { contactId: string; seq: number };
    state: Extract<DeliveryState, 'sent' | 'delivered' | 'read' | 'failed'>;
    reason?: string;
  }): Promise<void>;

  /**
   * Contacts with a timer that is due, with inbound messages that have waited for at least so long, or with messages nobody sends; at most
   * `limit` each, those who wait longest first. What is due is due by the store's clock.
   */
  findWork(query: {
    limit: number;
    inboundAgeSeconds?: number;
  }): Promise<{ timers: readonly string[]; inbound: readonly string[]; outbound: readonly string[] }>;
  /** Counts what waits, quickly however much that is: whoever watches the program asks every few seconds. */
  readBacklog(): Promise<Backlog>;
  /** Whether the holder has the lease now: nobody else does, by the store's clock. Of several who ask at once, one gets it. */
  takeLease(request: LeaseRequest): Promise<boolean>;
  /** Gives a lease back before its time; one that somebody else holds stays. */
  releaseLease(lease: Pick<LeaseRequest, 'name' | 'holder'>): Promise<void>;

  /** Publishes a document as the next revision; one that equals the latest, whatever the order of its keys, gives that revision again. */
  publishQuestionnaire(
    document: QuestionnaireDocument,
    at: string,
  ): Promise<{ revision: number; created: boolean }>;
  /** The given revision, or the latest. */
  readQuestionnaire(id: string, revision?: number): Promise<PublishedQuestionnaire | undefined>;
  /** The latest revision of every questionnaire, by id. */
  listQuestionnaires(): Promise<readonly PublishedQuestionnaire[]>;
  /**
   * Pauses a revision until it is resumed; the next one that is published is not paused. Resolves to whether it was not paused before: one
   * that was keeps its reason. `not_found` when there is no such revision.
   */
  pauseQuestionnaire(request: { id: string; revision: number; pause: Pause }): Promise<boolean>;
  /** Ends the pause of a revision. Resolves to whether it was paused. */
  resumeQuestionnaire(request: { id: string; revision: number }): Promise<boolean>;

  /** Newest start first, then by falling session id. */
  listResponses(query: ListQuery): Promise<Page<Response>>;
  /** Sessions in the order of their responses, and within a session in the order of answering. */
  listAnswers(query: ListQuery): Promise<Page<Answer>>;
  readTotals(query: { questionnaireId?: string }): Promise<readonly Total[]>;
  /**
   * Empties answers, responses and totals; cases stay. For a rebuild, which then applies each session's projection again. Much is removed in
   * portions: when it fails, some of it may be gone, and it is given again.
   */
  clearProjections(): Promise<void>;
  applyProjection(projection: Projection): Promise<void>;

  /** Cases that wait for staff first, then by newest change. `open`: only those that are not over (true) or that are (false). */
  listCases(query: { after?: string; limit: number; open?: boolean }): Promise<Page<Case>>;
  readCase(caseId: string): Promise<Case | undefined>;

  /**
   * Calls the listener after changes, whichever process made them, until the returned function is called. Begins with `anything`; from then on
   * every change is told once it can be read, or covered by another `anything`. What is told is a hint: some of it has changed nothing, and some
   * comes twice.
   */
  watch(listener: (change: StoreChange) => void): () => void;

  saveCredential(credential: Credential): Promise<void>;
  findCredential(kind: Credential['kind'], hash: string, now: string): Promise<Credential | undefined>;
  /** Finds and uses up a credential in one go; of several at once, one gets it. */
  redeemCredential(kind: Credential['kind'], hash: string, now: string): Promise<Credential | undefined>;

  /** The fingerprint of the secret key that the addresses here were sealed with; undefined in a store that nobody has served yet. */
  readKeyFingerprint(): Promise<string | undefined>;
  /** Remembers a fingerprint for ever, unless one is remembered already; resolves to the one that is. */
  rememberKeyFingerprint(fingerprint: string): Promise<string>;

  /**
   * Removes a person: contact, addresses, messages, events, answers, responses, cases and their part in the totals. A tombstone of
   * hashed message keys stays, so that a redelivered message does not bring anything back. Much is removed in portions, and the contact at
   * last: when it fails, some of it may be gone, and it is given again.
   */
  eraseContact(contactId: string, at: string): Promise<boolean>;
  /**
   * Removes sessions that ended before the moment, with their events, answers and part in the totals; messages from before the moment
   * that belong to no session that stays, to no case that is not over, and that nobody still has to deal with; and credentials that
   * expired before it. The keys of removed messages stay, so that a redelivered one is a duplicate. Works in portions, each whole, so
   * that turns go on meanwhile; a session that a contact still has open stays.
   */
  applyRetention(before: string): Promise<{ sessions: number; messages: number }>;
}

/** The part of a store that only reads: enough to look at everything that is kept. */
export type StoreReader = Pick<
  Store,
  | 'check'
  | 'close'
  | 'findContact'
  | 'readContact'
  | 'listContacts'
  | 'readMessages'
  | 'listQuarantined'
  | 'readEvents'
  | 'listSessions'
  | 'findOrphans'
  | 'readQuestionnaire'
  | 'listQuestionnaires'
  | 'listResponses'
  | 'listAnswers'
  | 'readTotals'
  | 'listCases'
  | 'readCase'
  | 'readKeyFingerprint'
>;
