import type { InboundMessage, Receipt } from '../channels/channel.ts';
import type { Questionnaire } from '../dialogs/index.ts';
import type { Language } from '../dialogs/language.ts';
import { StoreError } from '../store/errors.ts';
import type { Attributes, Case, Contact, Response } from '../store/records.ts';
import type { ClaimedMessage, ContactState, Received, Store } from '../store/store.ts';
import type { AddressBook } from './address-book.ts';
import { Draft } from './draft.ts';
import type { TurnEnvironment } from './environment.ts';
import type { Library } from './library.ts';
import { fitOutbound } from './outbound.ts';
import { decideProviderOptOut } from './provider-opt-out.ts';
import { type Claim, type Relay, readMessageId } from './relay.ts';
import { decideReply } from './reply.ts';
import { decideRevise } from './revise.ts';
import { createSerial } from './serial.ts';
import { decideStaffAct, type StaffAct } from './staff.ts';
import { decideStart, type StartOutcome } from './start.ts';
import { decideWake } from './wake.ts';

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
   * Resolves when the message is durable; what it causes follows by itself. With `knownOnly` an address that nobody has is `unknown`, and
   * makes no contact.
   */
  receive(inbound: InboundMessage, options?: { readonly knownOnly?: boolean }): Promise<Received>;
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
   * finished.
   */
  sweep(options?: { readonly inboundAgeSeconds?: number }): Promise<void>;
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
  /** Called after something of an address was committed: a page that shows it may read again. */
  readonly onCommitted: (addressId: string) => void;
  readonly log: { error(details: Readonly<Record<string, unknown>>, message: string): void };
}

/** How often a turn is computed again after somebody else was faster. */
const racesMax = 10;
/** How often a message that cannot be handled is tried before it is put aside. */
const inboundAttemptsMax = 5;
const sweepLimit = 200;
const listLimit = 500;

export function createConversations(dependencies: ConversationDependencies): Conversations {
  const { store, library, relay, addressBook, environment, now, uptime, onCommitted, log } = dependencies;
  const serial = createSerial();
  const delivering = new Set<Promise<void>>();

  /** Runs one turn; `decide` may run several times and must only fill the draft. */
  async function turn<Result>(
    contactId: string,
    decide: (draft: Draft, state: ContactState) => Result | Promise<Result>,
  ): Promise<Result> {
    for (let race = 0; ; race += 1) {
      const askedAt = uptime();
      const state = await store.readContact(contactId);
      if (!state) throw new StoreError('not_found', `There is no contact ${contactId}`);
      const { caseId } = state.contact;
      const openCase = caseId === undefined ? undefined : await store.readCase(caseId);
      const draft = new Draft(state.contact, state.now, openCase);
      const result = await decide(draft, state);
      if (!draft.changes(state.contact)) return result;
      for (const sessionId of fitOutbound(environment, draft)) await saveLink(draft, sessionId);
      const changes = draft.turn(environment, relay.leaseSeconds);
      let messages: readonly ClaimedMessage[];
      try {
        messages = await store.commitTurn(changes);
      } catch (error) {
        if (error instanceof StoreError && error.code === 'conflict' && race < racesMax) continue;
        throw error;
      }
      for (const { addressId } of draft.outbound) onCommitted(addressId);
      if (messages.length > 0) void deliver(contactId, { messages, askedAt });
      else if (changes.outbound.some(({ fetched }) => !fetched)) void deliver(contactId);
      return result;
    }
  }

  async function deliver(contactId: string, claimed?: Claim): Promise<void> {
    const delivery = sendAll(contactId, claimed);
    delivering.add(delivery);
    await delivery.finally(() => delivering.delete(delivery));
  }

  async function sendAll(contactId: string, claimed?: Claim): Promise<void> {
    try {
      const { optedOutAt } = await relay.deliver(contactId, claimed);
      if (optedOutAt !== undefined) await endAll(contactId, optedOutAt);
    } catch (error) {
      log.error({ contactId, error }, 'sending was interrupted and will be taken up again');
    }
  }

  /** Opts a contact out who has done so at the provider, from one of their addresses. */
  async function endAll(contactId: string, addressId: string): Promise<void> {
    await serial.run(contactId, () =>
      turn(contactId, async (draft, { contact }) =>
        decideProviderOptOut({
          environment,
          draft,
          questionnaire: await questionnaireOf(contact),
          addressId,
        }),
      ),
    );
  }

  /** A session's link is made of its id, so that a turn that is computed again, or asks by link again, saves the same. */
  async function saveLink({ contact, at }: Draft, sessionId: string): Promise<void> {
    const { hash } = environment.linkTo(sessionId);
    const { touchpointId, graceEndsAt } = contact.session ?? {};
    if (touchpointId === undefined || graceEndsAt === undefined) return;
    const survey = { touchpointId, contactId: contact.id, sessionId };
    await store.saveCredential({ kind: 'survey_link', hash, createdAt: at, expiresAt: graceEndsAt, survey });
  }

  async function questionnaireOf(contact: Contact): Promise<Questionnaire | undefined> {
    const { session } = contact;
    return session && library.revision(session.questionnaireId, session.revision);
  }

  /** Handles the contact's waiting messages, oldest first, one turn each. */
  async function handle(contactId: string): Promise<void> {
    for (let more = true; more; ) {
      let failing: number | undefined;
      let attempts = 0;
      try {
        more = await turn(contactId, async (draft, { contact, pending }) => {
          const record = pending[0];
          if (!record) return false;
          failing = record.seq;
          attempts = (record.attempts ?? 0) + 1;
          const offered = contact.offered && (await library.latest(contact.offered.questionnaireId));
          decideReply({ environment, draft, record, questionnaire: await questionnaireOf(contact), offered });
          return pending.length > 1;
        });
      } catch (error) {
        if (failing === undefined || isOutage(error)) throw error;
        const quarantine = attempts >= inboundAttemptsMax;
        log.error({ contactId, seq: failing, attempts, quarantine, error }, 'a message could not be handled');
        await store.recordInboundFailure({ contactId, seq: failing, reason: reasonOf(error), quarantine });
        more = quarantine;
      }
    }
  }

  async function handleLogged(contactId: string): Promise<void> {
    try {
      await serial.run(contactId, () => handle(contactId));
    } catch (error) {
      log.error({ contactId, error }, 'a turn was interrupted and will be taken up again');
    }
  }

  return {
    async receive(inbound, { knownOnly = false } = {}) {
      const { channel, account, providerMessageId, address, content, languageHint } = inbound;
      const registered = addressBook.register(channel, account, address);
      const received = await store.receive({
        key: `${channel}:${account}:${providerMessageId}`,
        address: registered,
        providerMessageId,
        content,
        at: now(),
        ...(!knownOnly && {
          newContact: { id: environment.newId(), language: languageHint ?? dependencies.defaultLanguage },
        }),
      });
      if (received.outcome === 'stored') {
        onCommitted(registered.id);
        void handleLogged(received.contactId);
      }
      return received;
    },

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
      if (contactId !== undefined) await endAll(contactId, addressId);
    },

    async replay(message) {
      const released = await store.releaseQuarantined(message);
      if (released) void handleLogged(message.contactId);
      return released;
    },

    async start(request) {
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
      const outcome = await serial.run(contactId, () =>
        turn(contactId, async (draft, { contact }) => {
          const switching = language.chosen && contact.language !== language.code;
          if (switching) draft.contact = { ...contact, language: language.code };
          return decideStart({
            environment,
            draft,
            address,
            wanted,
            current: await questionnaireOf(contact),
            ...(link && { sessionId: link.sessionId }),
            ended: link ? linkUsed : resume && !created,
            switching,
          });
        }),
      );
      return { contactId, outcome };
    },

    async actOnCase(caseId, act) {
      const found = await store.readCase(caseId);
      if (!found || found.closedAt !== undefined)
        throw new StoreError('not_found', `There is no open case ${caseId}`);
      await serial.run(found.contactId, () =>
        turn(found.contactId, async (draft, { contact }) => {
          if (draft.openCase?.id !== caseId)
            throw new StoreError('not_found', `There is no open case ${caseId}`);
          decideStaffAct({ environment, draft, questionnaire: await questionnaireOf(contact), act });
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
        const taken = await serial.run(contactId, () =>
          turn(contactId, async (draft, { contact }) => {
            const current = await questionnaireOf(contact);
            return decideRevise({ environment, draft, sessionId, current, latest });
          }),
        );
        if (taken) applied += 1;
        else left += 1;
      }
      return { applied, left };
    },

    async sweep({ inboundAgeSeconds = 0 } = {}) {
      const { timers, inbound, outbound } = await store.findWork({ limit: sweepLimit, inboundAgeSeconds });
      await Promise.all([
        ...inbound.map((contactId) => handleLogged(contactId)),
        ...timers.map((contactId) => serial.run(contactId, () => wake(contactId))),
        ...outbound.map((contactId) => deliver(contactId)),
      ]);
    },

    async idle() {
      do {
        await serial.idle();
        await Promise.all(delivering);
      } while (delivering.size > 0);
      await serial.idle();
    },
  };

  async function* openResponses(questionnaireId: string): AsyncGenerator<Response> {
    let after: string | undefined;
    do {
      const page = await store.listResponses({
        questionnaireId,
        limit: listLimit,
        ...(after !== undefined && { after }),
      });
      yield* page.items.filter(({ status }) => status === 'in_progress');
      after = page.next;
    } while (after !== undefined);
  }

  async function wake(contactId: string): Promise<void> {
    await turn(contactId, async (draft, { contact }) =>
      decideWake(environment, draft, await questionnaireOf(contact)),
    );
  }
}

/** The store cannot be reached: the message is not at fault, and trying it again later costs it nothing. */
function isOutage(error: unknown): boolean {
  return error instanceof StoreError && (error.code === 'unavailable' || error.code === 'unknown_outcome');
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 500) : 'unknown';
}
