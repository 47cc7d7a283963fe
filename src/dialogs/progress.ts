import { questionBefore } from './commands.ts';
import type { Questionnaire } from './prepared.ts';
import type { Session } from './session.ts';

/** How far a session has come. */
export interface Progress {
  /** Questions answered so far. */
  readonly answered: number;
  /** The most replies that can still be wanted. */
  readonly remainingMax: number;
  /** 0 before the first answer, 1 at the end; it never goes back except by Back and restart. */
  readonly fraction: number;
}

/** How far a session has come, measured by the longest way that is left, so that a branch can only shorten it. */
export function progress(questionnaire: Questionnaire, session: Session): Progress {
  let answered = 0;
  for (const _ in session.answers) answered += 1;
  const question = session.at === undefined ? undefined : questionnaire.byId.get(session.at);
  if (session.outcome) return { answered, remainingMax: 0, fraction: 1 };
  if (!question)
    return { answered, remainingMax: questionnaire.questions[0]?.remainingMax ?? 0, fraction: 0 };
  const { remainingMax } = question;
  const passed = answered + (session.skipped?.length ?? 0);
  return { answered, remainingMax, fraction: passed / (passed + remainingMax) };
}

/** Whether the contact may skip the waiting question. */
export function canSkip(questionnaire: Questionnaire, session: Session): boolean {
  return waitingIn(questionnaire, session)?.skippable ?? false;
}

/** Whether Back leads anywhere. */
export function canGoBack(questionnaire: Questionnaire, session: Session): boolean {
  const question = waitingIn(questionnaire, session);
  return question !== undefined && questionBefore(questionnaire, session, question.index) !== undefined;
}

function waitingIn(questionnaire: Questionnaire, session: Session) {
  return session.at === undefined || session.outcome ? undefined : questionnaire.byId.get(session.at);
}
