import type { Event } from './event.ts';
import type { Questionnaire } from './prepared.ts';
import type { Session } from './session.ts';
import { startSession, step } from './step.ts';

/** Folds a session's stored events. The result is the stored session, byte for byte as JSON, for readings are never parsed again. */
export function replay(questionnaire: Questionnaire, events: Iterable<Event>): Session {
  let session = startSession();
  for (const event of events) session = step(questionnaire, session, event).session;
  return session;
}
