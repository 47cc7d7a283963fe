import type { Library } from '../conversations/library.ts';
import { pagesOf } from '../store/page.ts';
import type { Store } from '../store/store.ts';
import { replaySession } from './replay.ts';

/**
 * Makes answers, responses and totals anew from the stored events. What comes out equals what stood there. Cases are no projection of a
 * session and stay as they are. Resolves to the number of sessions.
 */
export async function rebuildProjections(store: Store, library: Library): Promise<number> {
  await store.clearProjections();
  let count = 0;
  for await (const sessionIds of pagesOf((query) => store.listSessions(query))) {
    for (const sessionId of sessionIds) {
      const replay = await replaySession(await store.readEvents(sessionId), library);
      if (!replay)
        throw new Error(`Session ${sessionId} lost its first event, or a revision of its questionnaire`);
      for (const projection of replay.projections) await store.applyProjection(projection);
      count += 1;
    }
  }
  return count;
}
