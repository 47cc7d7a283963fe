import { breakOff, goTo } from './advance.ts';
import {
  type Draft,
  draftOf,
  presentAgain,
  sessionOf,
  speak,
  system,
  waitingQuestion,
  withAnswer,
} from './draft.ts';
import type { Effect, TextReference } from './effect.ts';
import type { Event } from './event.ts';
import { outlook } from './path.ts';
import type { Questionnaire } from './prepared.ts';
import { reply } from './replies.ts';
import type { Session } from './session.ts';

/** What a step makes of a session. */
export interface Step {
  readonly session: Session;
  /** What was caused, in order; at most one message, and that comes last. */
  readonly effects: readonly Effect[];
}

/** A session before anything happened in it. */
export function startSession(): Session {
  return { answers: {} };
}

/**
 * Takes a session one event further. Pure and total: it changes nothing that it is given, never throws for a session of this
 * questionnaire, and gives the same session and effects for the same arguments.
 */
export function step(questionnaire: Questionnaire, session: Session, event: Event): Step {
  const draft = draftOf(questionnaire, session, event.context);
  happen(draft, event);
  return { session: sessionOf(draft), effects: draft.effects };
}

function happen(draft: Draft, event: Event): void {
  switch (event.type) {
    case 'replied':
      reply(draft, event);
      return;
    case 'started':
      start(draft, event);
      return;
    case 'media_received':
      if (draft.outcome) speak(draft, { texts: [system('survey_closed')] });
      else presentAgain(draft, system('media_received'));
      return;
    case 'resumed':
      if (draft.outcome) speak(draft, { texts: [system('survey_closed')] });
      else if (draft.at !== undefined) presentAgain(draft, ...whereWeAre(draft, 'resume'));
      return;
    case 'reminded':
      if (!draft.outcome && draft.at !== undefined) presentAgain(draft, ...whereWeAre(draft, 'reminder'));
      return;
    case 'expired':
      leaveUnfinished(draft, true);
      return;
    case 'closed':
      leaveUnfinished(draft, false);
      return;
    case 'revised':
      return;
  }
}

function start(draft: Draft, event: Extract<Event, { type: 'started' }>): void {
  if (draft.outcome || draft.at !== undefined) {
    if (!draft.outcome) presentAgain(draft);
    return;
  }
  for (const [questionId, value] of Object.entries(event.known ?? {})) {
    const question = draft.questionnaire.byId.get(questionId);
    if (!question?.waits || question.kind.check(question.question, value) !== undefined) continue;
    draft.held = withAnswer(draft.held, questionId, value);
    draft.known = [...draft.known, questionId];
    draft.effects.push({ type: 'answer_accepted', questionId, value, source: 'known' });
  }
  if (draft.questionnaire.hasOpening) draft.said.push({ from: 'questionnaire', key: 'opening' });
  goTo(draft, 0);
}

/** How much is left, in words, where that is certain; nothing before the first answer. */
function whereWeAre(draft: Draft, key: 'resume' | 'reminder'): TextReference[] {
  const question = waitingQuestion(draft);
  if (!question) return [];
  const begun = draft.skipped.length > 0 || Object.keys(draft.answers).length > 0;
  if (!begun) return key === 'reminder' ? [system('reminder_first')] : [];
  const { count, certain } = outlook(
    draft.questionnaire,
    question.index,
    draft.answers,
    draft.context,
    draft.held,
  );
  return [certain && count > 0 ? system(key, { count }) : system(`${key}_uncounted`)];
}

/** Ends an open session at the question it stands at. One that has expired is closed for late replies too. */
function leaveUnfinished(draft: Draft, keepWaiting: boolean): void {
  const question = waitingQuestion(draft);
  if (draft.outcome) {
    if (keepWaiting) return;
    draft.at = undefined;
    draft.confirm = undefined;
    return;
  }
  if (question) breakOff(draft, question, keepWaiting);
}
