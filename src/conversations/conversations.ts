import type { InboundMessage, Receipt } from '../channels/channel.ts';
import type { Questionnaire } from '../dialogs/index.ts';
import type { Language } from '../dialogs/language.ts';
import { StoreError } from '../store/errors.ts';
import { pagesOf } from '../store/page.ts';
import type { Attributes, Case, Response } from '../store/records.ts';
import type { Received, Store } from '../store/store.ts';
import type { Log } from '../telemetry/log.ts';
import type { Observe } from '../telemetry/observation.ts';
import type { AddressBook } from './address-book.ts';
import type { TurnEnvironment } from './environment.ts';
import { createInbox, reasonOf } from './inbox.ts';
import { joinAddresses } from './join-addresses.ts';
import { createLane } from './lane.ts';
import type { Library } from './library.ts';
import { createPausing } from './pausing.ts';
import { Refusal } from './refusal.ts';
import { type Relay, readMessageId } from './relay.ts';
import { decideRevise } from './revise.ts';
import { decideStaffAct, type StaffAct } from './staff.ts';
import { decideStart, type StartOutcome } from './start.ts';
import { createSweeper, type SweepQuery } from './sweeper.ts';
import { createTurns } from './turns.ts';
import { decideWake, postponeTimers } from './wake.ts';

/** Asking for a survey by the contact's own act. */
export interface StartByContact {
  readonly channel: string;
  readonly account: string;
  readonly address: string;
  readonly wanted: Questionnaire;
  /** The language that the contact chose, or the best guess for somebody new. */
  readonly language: { readonly code: Language; readonly chosen: boolean };
  /** With a survey link: whose it is and the one session that it opens. */
  readonly link?: { readonly contactId: string; readonly sessionId: string };
  /** A page that is loaded again resumes what is open and opens nothing new. */
  readonly resume: boolean;
}

/** The use cases of the conversation. Each is one or more turns: read the contact, decide, write guarded by the version, then send. */
export interface Conversations {
  /**
   * Throws when this process takes nothing in now: a {@link Refusal}, or a StoreError while the store is down. `receive` and `start` begin with
   * it; whoever has a body to read first asks before reading it.
   */
  admit(): void;
  /**
   * Resolves when the message is durable; what it causes follows by itself. With `knownOnly` an address that nobody has is `unknown`, and
   * makes no contact. `aliases` are other addresses of the sender on the same channel.
   */
  receive(
    inbound: InboundMessage,
    options?: { readonly knownOnly?: boolean; readonly aliases?: readonly string[] },
  ): Promise<Received>;
  /** A receipt of the provider; one that tells of an opt-out there ends everything here. */
  recordReceipt(
    channel: { readonly name: string; readonly account: string },
    receipt: Receipt,
  ): Promise<void>;
  start(request: StartByContact): Promise<{ readonly contactId: string; readonly outcome: StartOutcome }>;
  /** Has a message that was put aside handled again, in its old place. Resolves to whether it was put aside. */
  replay(message: { readonly contactId: string; readonly seq: number }): Promise<boolean>;
  /** Rejects with `not_found` when there is no such case or it has ended. */
  actOnCase(caseId: string, act: StaffAct): Promise<Case>;
  createContact(contact: { readonly language: Language; readonly attributes: Attributes }): Promise<string>;
  /**
   * Takes the open sessions of a questionnaire over to its latest revision where that changes texts only; the others stay where they are.
   * Rejects with `not_found` when there is no such questionnaire.
   */
  applyTexts(questionnaireId: string): Promise<{ readonly applied: number; readonly left: number }>;
  /**
   * Takes up what is due or was left over: timers, messages that have waited so long that nobody seems to handle them, sends that nobody
   * finished. Resolves when what it found has been done.
   */
  sweep(query?: SweepQuery): Promise<void>;
  /** Contacts whose messages wait for their turn in this process, contacts that have one, and contacts that are being sent to. */
  underWay(): { readonly queued: number; readonly turns: number; readonly sends: number };
  /**
   * Takes nothing in any more. Resolves when the turns and sends under way have ended: what was claimed and not yet sent is handed back, and
   * what has not begun waits in the store.
   */
  drain(): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export interface ConversationDependencies {
  readonly store: Store;
  readonly library: Library;
  readonly relay: Relay;
  readonly addressBook: AddressBook;
  readonly environment: TurnEnvironment;
  readonly defaultLanguage: Language;
  readonly now: () => string;
  /** Seconds by a clock that only ever goes forward. */
  readonly uptime: () => number;
  /** Whether the store is known not to answer: nothing is taken in then. Absent: it is asked every time. */
  readonly isStoreDown?: () => boolean;
  /** How many messages may wait in this process, on their way into the store or to be handled. Absent: any number. */
  readonly inboundQueueMax?: number;
  /** Absent: nobody counts. */
  readonly observe?: Observe;
  readonly log: Pick<Log, 'error'>;
}

/** How much is done at a time. Who waits takes a few bytes here; everything else about them stands in the store. */
const turnsAtOnceMax = 256;
const timersAtOnceMax = 32;
const sweptSendsAtOnceMax = 64;

export function createConversations(dependencies: ConversationDependencies): Conversations {
  const { store, library, relay, addressBook, environment, now, uptime, log } = dependencies;
  const { isStoreDown = () => false, inboundQueueMax = Number.POSITIVE_INFINITY } = dependencies;
  const { observe = () => undefined } = dependencies;
  const pausing = createPausing({ store, now, observe, log });
  const turns = createTurns({
    store,
    library,
    relay,
    environment,
    pausing,
    uptime,
    observe,
    log,
  });
  const inbox = createInbox({ store, library, turns, environment, pausing, observe, log });
  const lanes = {
    timers: createLane({ atOnceMax: timersAtOnceMax, work: wake }),
    inbound: createLane({ atOnceMax: turnsAtOnceMax, work: inbox.handle }),
    outbound: createLane({ atOnceMax: sweptSendsAtOnceMax, work: turns.deliver }),
  };
  const sweeper = createSweeper({ store, lanes });
  /** Messages on their way into the store, and people who are about to begin. */
  let arriving = 0;
  let draining = false;

  function admit(): void {
    if (draining) throw new Refusal('draining');
    if (isStoreDown()) throw new StoreError('unavailable', 'The store does not answer');
    if (arriving + lanes.inbound.size >= inboundQueueMax) throw new Refusal('overloaded');
  }

  async function admitted<Result>(act: () => Promise<Result>): Promise<Result> {
    admit();
    arriving += 1;
    try {
      return await act();
    } finally {
      arriving -= 1;
    }
  }

  return {
    admit,

    receive: (inbound, { knownOnly = false, aliases = [] } = {}) =>
      admitted(async () => {
        const { channel, account, providerMessageId, content, languageHint } = inbound;
        const address = addressBook.register(channel, account, inbound.address);
        const language = languageHint ?? dependencies.defaultLanguage;
        // An id is drawn only where it may be used: drawing one costs as much as reading a reply.
        const newContact = () => ({ id: environment.newId(), language });
        if (aliases.length > 0) {
          const others = aliases.map((alias) => addressBook.register(channel, account, alias));
          const addresses = [address, ...others];
          await joinAddresses(store, { addresses, newContact: newContact(), at: now() });
        }
        const received = await store.receive({
          key: `${channel}:${account}:${providerMessageId}`,
          address,
          providerMessageId,
          content,
          at: now(),
          ...(!knownOnly && { newContact: newContact() }),
        });
        if (received.outcome !== 'unknown')
          observe({ kind: 'received', channel, duplicate: received.outcome === 'duplicate' });
        if (received.outcome === 'stored') void lanes.inbound.add(received.contactId);
        return received;
      }),

    async recordReceipt({ name, account }, receipt) {
      const { address, providerMessageId, messageId, state, reason, optedOut } = receipt;
      const addressId = addressBook.identify(name, account, address);
      const message = messageId === undefined ? undefined : readMessageId(messageId);
      await store.recordReceipt({
        addressId,
        providerMessageId,
        ...(message && { message }),
        state,
        ...(reason !== undefined && { reason }),
      });
      const contactId = optedOut ? await store.findContact(addressId) : undefined;
      if (contactId !== undefined) await turns.endAll(contactId, addressId);
    },

    async replay(message) {
      const released = await store.releaseQuarantined(message);
      if (released) void lanes.inbound.add(message.contactId);
      return released;
    },

    start: (request) =>
      admitted(async () => {
        const { wanted, language, link, resume } = request;
        const address = {
          ...addressBook.register(request.channel, request.account, request.address),
          ...(link && { impersonal: true }),
        };
        const { contactId, created } = await store.attachAddress({
          address,
          ...(link && { contactId: link.contactId }),
          newContact: { id: environment.newId(), language: language.code },
          at: now(),
        });
        const linkUsed = link !== undefined && (await store.readEvents(link.sessionId)).length > 0;
        const outcome = await turns
          .inOrder(contactId, () =>
            turns.run(contactId, 'start', async (draft, { contact }) => {
              const switching = language.chosen && contact.language !== language.code;
              if (switching) draft.contact = { ...contact, language: language.code };
              return decideStart({
                environment,
                draft,
                address,
                wanted,
                current: await turns.questionnaireOf(contact),
                ...(link && { sessionId: link.sessionId }),
                ended: link ? linkUsed : resume && !created,
                switching,
                paused: library.isPaused(wanted),
              });
            }),
          )
          .catch((error: unknown) => giveUp(error, contactId, wanted));
        return { contactId, outcome };
      }),

    async actOnCase(caseId, act) {
      const found = await store.readCase(caseId);
      if (!found || found.closedAt !== undefined)
        throw new StoreError('not_found', `There is no open case ${caseId}`);
      await turns.inOrder(found.contactId, () =>
        turns.run(found.contactId, 'staff', async (draft, { contact }) => {
          if (draft.openCase?.id !== caseId)
            throw new StoreError('not_found', `There is no open case ${caseId}`);
          decideStaffAct({ environment, draft, questionnaire: await turns.questionnaireOf(contact), act });
        }),
      );
      return (await store.readCase(caseId)) ?? found;
    },

    createContact({ language, attributes }) {
      return store.createContact({ id: environment.newId(), language, attributes, at: now() });
    },

    async applyTexts(questionnaireId) {
      const latest = await library.latest(questionnaireId);
      if (!latest) throw new StoreError('not_found', `There is no questionnaire ${questionnaireId}`);
      let applied = 0;
      let left = 0;
      for await (const { contactId, sessionId, revision } of openResponses(questionnaireId)) {
        if (revision === latest.revision) continue;
        const taken = await turns.inOrder(contactId, () =>
          turns.run(contactId, 'texts', async (draft, { contact }) => {
            const current = await turns.questionnaireOf(contact);
            return decideRevise({ environment, draft, sessionId, current, latest });
          }),
        );
        if (taken) applied += 1;
        else left += 1;
      }
      return { applied, left };
    },

    sweep: (query = {}) => sweeper.sweep(query),

    underWay: () => ({ queued: arriving + lanes.inbound.size, ...turns.underWay() }),

    async drain() {
      draining = true;
      sweeper.stop();
      for (const lane of Object.values(lanes)) lane.stop();
      inbox.stop();
      turns.stop();
      await idle();
    },

    idle,
  };

  async function idle(): Promise<void> {
    do {
      for (const lane of Object.values(lanes)) await lane.idle();
      await turns.idle();
    } while (Object.values(lanes).some(({ size }) => size > 0));
  }

  async function* openResponses(questionnaireId: string): AsyncGenerator<Response> {
    const pages = pagesOf((query) => store.listResponses({ questionnaireId, ...query }));
    for await (const responses of pages) yield* responses.filter(({ status }) => status === 'in_progress');
  }

  /** Never rejects: timers whose turn fails are put off, so that they keep nobody else from theirs. */
  async function wake(contactId: string): Promise<void> {
    try {
      await turns.inOrder(contactId, async () => {
        await turns
          .run(contactId, 'timer', async (draft, { contact }) =>
            decideWake(environment, draft, await turns.questionnaireOf(contact)),
          )
          .catch((error: unknown) => postpone(contactId, error));
      });
    } catch (error) {
      log.error({ contactId, error }, 'a timer was interrupted and will be taken up again');
    }
  }

  async function postpone(contactId: string, error: unknown): Promise<void> {
    if (error instanceof StoreError) throw error;
    log.error({ contactId, error }, 'a timer could not be acted on and was put off');
    const about = await turns.run(contactId, 'timer', (draft, { contact }) => {
      postponeTimers(draft);
      return contact.session;
    });
    if (about) await pausing.failed(about, contactId, reasonOf(error));
  }

  /** A survey that cannot be begun counts against its questionnaire. */
  async function giveUp(error: unknown, contactId: string, { id, revision }: Questionnaire): Promise<never> {
    if (!(error instanceof StoreError))
      await pausing.failed({ questionnaireId: id, revision }, contactId, reasonOf(error));
    throw error;
  }
}
