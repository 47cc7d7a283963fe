import { prepareQuestionnaire, type Questionnaire } from '../dialogs/index.ts';
import type { PublishedQuestionnaire, Store } from '../store/store.ts';

/** The published questionnaires, prepared for the engine and kept. A revision never changes, so it is read once. */
export interface Library {
  /** The revision that a session is pinned to. */
  revision(id: string, revision: number): Promise<Questionnaire | undefined>;
  /** The latest revision of the questionnaire that asks at a touchpoint. */
  forTouchpoint(touchpointId: string): Promise<Questionnaire | undefined>;
  latest(id: string): Promise<Questionnaire | undefined>;
  list(): Promise<readonly PublishedQuestionnaire[]>;
  /** Whether a revision was paused when it was last read as the latest one: it begins no new conversations then. */
  isPaused(questionnaire: Pick<Questionnaire, 'id' | 'revision'>): boolean;
}

/** How many prepared revisions are kept; the one that was not used for longest goes first. */
const keptRevisionsMax = 200;

export function createLibrary(store: Pick<Store, 'readQuestionnaire' | 'listQuestionnaires'>): Library {
  const prepared = new Map<string, Questionnaire>();
  const paused = new Set<string>();

  function keep({ document, revision, paused: pause }: PublishedQuestionnaire): Questionnaire {
    const key = `${document.id}@${revision}`;
    if (pause) paused.add(key);
    else paused.delete(key);
    const questionnaire = prepared.get(key) ?? prepareQuestionnaire(document, revision);
    prepared.delete(key);
    prepared.set(key, questionnaire);
    const oldest = prepared.size > keptRevisionsMax ? prepared.keys().next().value : undefined;
    if (oldest !== undefined) prepared.delete(oldest);
    return questionnaire;
  }

  return {
    async revision(id, revision) {
      const known = prepared.get(`${id}@${revision}`);
      if (known) return known;
      const published = await store.readQuestionnaire(id, revision);
      return published && keep(published);
    },
    async forTouchpoint(touchpointId) {
      const published = await store.listQuestionnaires();
      const match = published.find(({ document }) => document.touchpoint === touchpointId);
      return match && keep(match);
    },
    async latest(id) {
      const published = await store.readQuestionnaire(id);
      return published && keep(published);
    },
    list() {
      return store.listQuestionnaires();
    },
    isPaused: ({ id, revision }) => paused.has(`${id}@${revision}`),
  };
}
