import { compareRevisions, type Questionnaire } from '../dialogs/index.ts';
import { advance, contextOf } from './advance.ts';
import type { Draft } from './draft.ts';
import type { TurnEnvironment } from './environment.ts';

export interface ReviseRequest {
  readonly environment: TurnEnvironment;
  readonly draft: Draft;
  readonly sessionId: string;
  /** The revision that the session is pinned to, and the one to take it over to. */
  readonly current: Questionnaire | undefined;
  readonly latest: Questionnaire;
}

/**
 * Takes an open session over to a revision that changes texts only. Nothing is said; the next sentence is in the new words. Returns whether the
 * session could be taken over: one that stands on another structure stays where it is.
 */
export function decideRevise({ environment, draft, sessionId, current, latest }: ReviseRequest): boolean {
  const { session, addresses } = draft.contact;
  if (!session || !current || session.id !== sessionId || session.expired) return false;
  if (session.revision === latest.revision) return false;
  if (compareRevisions(current.document, latest.document).kind !== 'texts_only') return false;
  const address = addresses.find(({ id }) => id === session.addressId);
  if (!address) return false;
  const context = contextOf(draft, latest, address);
  const event = { type: 'revised', at: draft.at, context, revision: latest.revision } as const;
  advance({ environment, draft, questionnaire: latest, session, address, event });
  return true;
}
