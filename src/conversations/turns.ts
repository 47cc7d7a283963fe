import type { Questionnaire } from '../dialogs/index.ts';
import { StoreError } from '../store/errors.ts';
import type { Contact } from '../store/records.ts';
import type { ClaimedMessage, ContactState, Store } from '../store/store.ts';
import type { Log } from '../telemetry/log.ts';
import type { Observe, TurnCause } from '../telemetry/observation.ts';
import { Draft } from './draft.ts';
import type { TurnEnvironment } from './environment.ts';
import type { Library } from './library.ts';
import { fitOutbound } from './outbound.ts';
import type { Pausing, Revision } from './pausing.ts';
import { decideProviderOptOut } from './provider-opt-out.ts';
import type { Claim, Relay } from './relay.ts';
import { createSerial } from './serial.ts';

/** Decides what a turn causes. It may run several times and must only fill the draft. */
export type Decide<Result> = (draft: Draft, state: ContactState) => Result | Promise<Result>;

/** Runs turns, each contact's in order, and has sent what they say. */
export interface Turns {
  /** Runs something of a contact after everything else of that contact. */
  inOrder<Result>(contactId: string, task: () => Promise<Result>): Promise<Result>;
  /** Runs one turn, within {@link inOrder}. Rejects with `not_found` when there is no such contact. */
  run<Result>(contactId: string, cause: TurnCause, decide: Decide<Result>): Promise<Result>;
  /** The questionnaire of the contact's session, where there is one. */
  questionnaireOf(contact: Contact): Promise<Questionnaire | undefined>;
  /** Opts a contact out who has done so at the provider, from one of their addresses. */
  endAll(contactId: string, addressId: string): Promise<void>;
  /** Sends what waits for a contact. Never rejects: what was not sent waits on. */
  deliver(contactId: string): Promise<void>;
  /** How many contacts have a turn under way, and how many are being sent to. */
  underWay(): { readonly turns: number; readonly sends: number };
  /** Claims nothing more; what is claimed and not being sent is handed back. */
  stop(): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export interface TurnDependencies {
  readonly store: Store;
  readonly library: Library;
  readonly relay: Relay;
  readonly environment: TurnEnvironment;
  readonly pausing: Pausing;
  readonly uptime: () => number;
  readonly observe: Observe;
  readonly log: Pick<Log, 'error'>;
}

/** How often a turn is computed again after somebody else was faster. */
const racesMax = 10;
/** Beyond so many contacts that are being sent to, a turn leaves what it says to the next sweep. */
const sendsAtOnceMax = 256;

export function createTurns(dependencies: TurnDependencies): Turns {
  const { store, library, relay, environment, pausing, uptime, observe, log } = dependencies;
  const serial = createSerial();
  const delivering = new Set<Promise<void>>();
  let stopped = false;

  async function run<Result>(contactId: string, cause: TurnCause, decide: Decide<Result>): Promise<Result> {
    const from = uptime();
    let about: Revision | undefined;
    try {
      const result = await compute(contactId, (draft, state) => {
        about = state.contact.session;
        return decide(draft, state);
      });
      observe({ kind: 'turned', cause, seconds: uptime() - from });
      if (about) pausing.went(about);
      return result;
    } catch (error) {
      if (!(error instanceof StoreError)) observe({ kind: 'turn_failed', cause });
      throw error;
    }
  }

  async function compute<Result>(contactId: string, decide: Decide<Result>): Promise<Result> {
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
      const sends = !stopped && delivering.size < sendsAtOnceMax;
      const changes = draft.turn(environment, sends ? relay.leaseSeconds : undefined);
      let messages: readonly ClaimedMessage[];
      try {
        messages = await store.commitTurn(changes);
      } catch (error) {
        if (!(error instanceof StoreError) || error.code !== 'conflict' || race === racesMax) throw error;
        observe({ kind: 'race_lost' });
        continue;
      }
      if (messages.length > 0) void send(contactId, { messages, askedAt });
      else if (sends && changes.outbound.some(({ fetched }) => !fetched)) void send(contactId);
      return result;
    }
  }

  async function send(contactId: string, claimed?: Claim): Promise<void> {
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

  async function endAll(contactId: string, addressId: string): Promise<void> {
    await serial.run(contactId, () =>
      run(contactId, 'reply', async (draft, { contact }) =>
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

  async function questionnaireOf({ session }: Contact): Promise<Questionnaire | undefined> {
    return session && library.revision(session.questionnaireId, session.revision);
  }

  return {
    inOrder: (contactId, task) => serial.run(contactId, task),
    run,
    questionnaireOf,
    endAll,
    deliver: (contactId) => send(contactId),
    underWay: () => ({ turns: serial.size, sends: delivering.size }),
    stop() {
      stopped = true;
      relay.stop();
    },
    async idle() {
      do {
        await serial.idle();
        await Promise.all(delivering);
      } while (delivering.size > 0);
      await serial.idle();
    },
  };
}
