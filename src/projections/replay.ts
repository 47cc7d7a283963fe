import type { Library } from '../conversations/library.ts';
import { startSession, step } from '../dialogs/index.ts';
import type { Answer, OpenSession, Response, StoredEvent } from '../store/records.ts';
import type { Projection } from '../store/store.ts';
import { projectStep } from './project.ts';

/** What the events of a session come to: where it stands, and what each of them changes in the tables that people read. */
export interface Replay {
  /** Without timers, which depend on no event alone. */
  readonly session: OpenSession;
  readonly projections: readonly Projection[];
}

/**
 * Folds a session's events once more and projects each step as its turn did. Resolves to undefined when the first event or a revision of the
 * questionnaire is missing.
 */
export async function replaySession(
  events: readonly StoredEvent[],
  library: Pick<Library, 'revision'>,
): Promise<Replay | undefined> {
  const [first] = events;
  if (!first?.opened) return undefined;
  const projections: Projection[] = [];
  let session: OpenSession = {
    id: first.sessionId,
    ...first.opened,
    addressId: first.addressId ?? '',
    state: startSession(),
    startedAt: first.event.at,
    askedAt: first.event.at,
  };
  for (const stored of events) {
    const { event, addressId = '' } = stored;
    if (event.type === 'revised') session = { ...session, revision: event.revision };
    const questionnaire = await library.revision(session.questionnaireId, session.revision);
    if (!questionnaire) return undefined;
    const { session: state, effects } = step(questionnaire, session.state, event);
    projections.push({ ...projectStep({ questionnaire, session, stored, effects }), cases: [] });
    const askedAt = state.at === session.state.at ? session.askedAt : event.at;
    session = { ...session, state, askedAt, addressId };
  }
  return { session, projections };
}

/** The answers and the response that stand after all of a session's projections. */
export function outcomeOf(projections: readonly Projection[]): {
  readonly answers: readonly Answer[];
  readonly response: Response | undefined;
} {
  const answers = new Map<string, Answer>();
  let response: Response | undefined;
  for (const projection of projections) {
    for (const { questionId } of projection.retracted) answers.delete(questionId);
    for (const answer of projection.answers) answers.set(answer.questionId, answer);
    response = projection.responses.at(-1) ?? response;
  }
  return { answers: [...answers.values()], response };
}
