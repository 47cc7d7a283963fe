import type { Store } from '../store/store.ts';
import type { Log } from '../telemetry/log.ts';
import type { Observe } from '../telemetry/observation.ts';

export interface Revision {
  readonly questionnaireId: string;
  readonly revision: number;
}

/** Pauses a questionnaire that keeps failing, so that it meets no more people while the others go on. */
export interface Pausing {
  /** A turn within the questionnaire went well. */
  went(revision: Revision): void;
  /** Something of a contact within the questionnaire was given up because turns failed. */
  failed(revision: Revision, contactId: string, reason: string): Promise<void>;
}

export interface PausingDependencies {
  readonly store: Pick<Store, 'pauseQuestionnaire'>;
  readonly now: () => string;
  readonly observe: Observe;
  readonly log: Pick<Log, 'error'>;
}

/** One contact alone may have sent what nobody can handle; when it happens to another one as well, the questionnaire is at fault. */
const contactsMax = 2;
/** Failures are forgotten once so many turns for each of these contacts went well: a rare failure stops nobody else's survey. */
const turnsForEach = 20;

/** Each process counts for itself; the pause stands in the store, for all of them. */
export function createPausing({ store, now, observe, log }: PausingDependencies): Pausing {
  const failing = new Map<string, { turns: number; readonly contacts: Set<string> }>();

  return {
    went(revision) {
      const key = keyOf(revision);
      const entry = failing.get(key);
      if (!entry) return;
      entry.turns += 1;
      if (entry.turns > turnsForEach * entry.contacts.size) failing.delete(key);
    },

    async failed({ questionnaireId, revision }, contactId, reason) {
      const about = { questionnaireId, revision };
      const key = keyOf(about);
      const entry = failing.get(key) ?? { turns: 0, contacts: new Set() };
      failing.set(key, entry);
      entry.contacts.add(contactId);
      if (entry.contacts.size < contactsMax) return;
      failing.delete(key);
      const pause = { at: now(), reason };
      try {
        const paused = await store.pauseQuestionnaire({
          id: questionnaireId,
          revision,
          pause,
        });
        if (!paused) return;
        observe({ kind: 'questionnaire_paused', questionnaireId });
        log.error(about, 'a questionnaire keeps failing and was paused');
      } catch (error) {
        log.error({ ...about, error }, 'a questionnaire keeps failing and could not be paused');
      }
    },
  };
}

function keyOf({ questionnaireId, revision }: Revision): string {
  return `${questionnaireId}@${revision}`;
}
