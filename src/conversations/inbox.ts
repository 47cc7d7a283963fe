import { StoreError } from '../store/errors.ts';
import type { Store } from '../store/store.ts';
import type { Log } from '../telemetry/log.ts';
import type { Observe } from '../telemetry/observation.ts';
import type { TurnEnvironment } from './environment.ts';
import type { Library } from './library.ts';
import type { Pausing, Revision } from './pausing.ts';
import { decideReply } from './reply.ts';
import type { Turns } from './turns.ts';

export interface InboxDependencies {
  readonly store: Pick<Store, 'recordInboundFailure'>;
  readonly library: Library;
  readonly turns: Turns;
  readonly environment: TurnEnvironment;
  readonly pausing: Pausing;
  readonly observe: Observe;
  readonly log: Pick<Log, 'error'>;
}

/** The messages of contacts that wait to be handled. */
export interface Inbox {
  /** Handles a contact's messages, oldest first, one turn each. Never rejects: what could not be handled waits on, or is put aside. */
  handle(contactId: string): Promise<void>;
  /** Handles no further message; the one that is being handled is handled to its end. */
  stop(): void;
}

/** How often a message that cannot be handled is tried before it is put aside. */
const attemptsMax = 5;

export function createInbox(dependencies: InboxDependencies): Inbox {
  const { store, library, turns, environment, pausing, observe, log } = dependencies;
  let stopped = false;

  async function handleAll(contactId: string): Promise<void> {
    for (let more = true; more && !stopped; ) more = await handleFirst(contactId);
  }

  /** Resolves to whether to go on with the next one. */
  async function handleFirst(contactId: string): Promise<boolean> {
    let trying: { seq: number; attempts: number; about: Revision | undefined } | undefined;
    try {
      return await turns.run(contactId, 'reply', async (draft, { contact, pending }) => {
        const record = pending[0];
        if (!record) return false;
        trying = { seq: record.seq, attempts: (record.attempts ?? 0) + 1, about: contact.session };
        const offered = contact.offered && (await library.latest(contact.offered.questionnaireId));
        const offeredPaused = offered !== undefined && library.isPaused(offered);
        const questionnaire = await turns.questionnaireOf(contact);
        decideReply({ environment, draft, record, questionnaire, offered, offeredPaused });
        return pending.length > 1;
      });
    } catch (error) {
      if (!trying || isOutage(error)) throw error;
      const { about, ...failed } = trying;
      const quarantine = failed.attempts >= attemptsMax;
      log.error({ contactId, ...failed, quarantine, error }, 'a message could not be handled');
      const reason = reasonOf(error);
      await store.recordInboundFailure({ contactId, seq: failed.seq, reason, quarantine });
      if (!quarantine) return false;
      observe({ kind: 'dead_letter', direction: 'inbound' });
      if (about) await pausing.failed(about, contactId, reason);
      return true;
    }
  }

  return {
    async handle(contactId) {
      try {
        await turns.inOrder(contactId, () => handleAll(contactId));
      } catch (error) {
        log.error({ contactId, error }, 'a turn was interrupted and will be taken up again');
      }
    },
    stop() {
      stopped = true;
    },
  };
}

/** The store cannot be reached: the message is not at fault, and trying it again later costs it nothing. */
function isOutage(error: unknown): boolean {
  return error instanceof StoreError && (error.code === 'unavailable' || error.code === 'unknown_outcome');
}

/** What went wrong in the words of the error, for staff, who see the message itself beside it. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 500) : 'unknown';
}
