import type { Library } from '../conversations/library.ts';
import { startSession, step } from '../dialogs/index.ts';
import type { OpenSession, StoredEvent } from '../store/records.ts';
import type { Projection, Store } from '../store/store.ts';
import { projectStep } from './project.ts';

const pageSize = 500;

/**
 * Makes answers, responses and totals anew from the stored events. What comes out equals what stood there. Cases are no projection of a
 * session and stay as they are. Resolves to the number of sessions.
 */
export async function rebuildProjections(store: Store, library: Library): Promise<number> {
  await store.clearProjections();
  let count = 0;
  let after: string | undefined;
  do {
    const page = await store.listSessions({ limit: pageSize, ...(after !== undefined && { after }) });
    for (const sessionId of page.items) {
      for (const projection of await projectSession(await store.readEvents(sessionId), library)) {
        await store.applyProjection(projection);
      }
      count += 1;
    }
    after = page.next;
  } while (after !== undefined);
  return count;
}

/** Folds a session's events once more and projects each step as its turn did. */
async function projectSession(events: readonly StoredEvent[], library: Library): Promise<Projection[]> {
  const opened = events[0]?.opened;
  if (!opened) return [];
  const projections: Projection[] = [];
  let session: OpenSession | undefined;
  for (const stored of events) {
    const { event, addressId = '' } = stored;
    session ??= {
      id: stored.sessionId,
      ...opened,
      addressId,
      state: startSession(),
      startedAt: event.at,
      askedAt: event.at,
    };
    if (event.type === 'revised') session = { ...session, revision: event.revision };
    const questionnaire = await library.revision(session.questionnaireId, session.revision);
    if (!questionnaire) throw new Error(`Revision ${session.revision} of ${session.questionnaireId} is gone`);
    const { session: state, effects } = step(questionnaire, session.state, event);
    projections.push({ ...projectStep({ questionnaire, session, stored, effects }), cases: [] });
    const askedAt: string = state.at === session.state.at ? session.askedAt : event.at;
    session = { ...session, state, askedAt, addressId };
  }
  return projections;
}
