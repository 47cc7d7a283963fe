import type { AnswerValue } from './answer.ts';
import type { Answers } from './condition.ts';
import type { Effect, MessageEffect, TextReference } from './effect.ts';
import type { EventContext } from './event.ts';
import type { PreparedQuestion, Questionnaire } from './prepared.ts';
import type { Session, SessionOutcome } from './session.ts';

/**
 * A step in the making: the session as it will be, and what was caused so far. The session that it began from is never changed; a part
 * that changes is replaced.
 */
export interface Draft {
  readonly questionnaire: Questionnaire;
  readonly context: EventContext;
  at: string | undefined;
  tries: number;
  confirm: AnswerValue | undefined;
  /** What was said beside the value that waits to be confirmed. */
  comment: string | undefined;
  answers: Answers;
  skipped: readonly string[];
  held: Answers;
  known: readonly string[];
  outcome: SessionOutcome | undefined;
  readonly effects: Effect[];
  /** What the step's one message begins with. */
  readonly said: TextReference[];
}

const nothing: readonly string[] = [];
const noAnswers: Answers = {};

/** Begins a step. */
export function draftOf(questionnaire: Questionnaire, session: Session, context: EventContext): Draft {
  return {
    questionnaire,
    context,
    at: session.at,
    tries: session.tries ?? 0,
    confirm: session.confirm,
    comment: session.comment,
    answers: session.answers,
    skipped: session.skipped ?? nothing,
    held: session.held ?? noAnswers,
    known: session.known ?? nothing,
    outcome: session.outcome,
    effects: [],
    said: [],
  };
}

/** The session as the draft has it. Its properties always come in the same order, so equal sessions are equal as JSON texts. */
export function sessionOf(draft: Draft): Session {
  const session: Session =
    draft.at === undefined ? { answers: draft.answers } : { at: draft.at, answers: draft.answers };
  if (draft.tries > 0) session.tries = draft.tries;
  if (draft.confirm !== undefined) {
    session.confirm = draft.confirm;
    if (draft.comment !== undefined) session.comment = draft.comment;
  }
  if (draft.skipped.length > 0) session.skipped = draft.skipped;
  if (!isEmpty(draft.held)) session.held = draft.held;
  if (draft.known.length > 0) session.known = draft.known;
  if (draft.outcome !== undefined) session.outcome = draft.outcome;
  return session;
}

/** The question that waits for a reply. */
export function waitingQuestion(draft: Draft): PreparedQuestion | undefined {
  return draft.at === undefined ? undefined : draft.questionnaire.byId.get(draft.at);
}

/** The answer to a question; looks up own properties only, for `constructor` is an allowed id. */
export function answerTo(answers: Answers, questionId: string): AnswerValue | undefined {
  return Object.hasOwn(answers, questionId) ? answers[questionId] : undefined;
}

/** The answers with one more, which comes last. */
export function withAnswer(answers: Answers, questionId: string, value: AnswerValue): Answers {
  return { ...answers, [questionId]: value };
}

/** The answers without one. */
export function withoutAnswer(answers: Answers, questionId: string): Answers {
  if (!Object.hasOwn(answers, questionId)) return answers;
  const { [questionId]: _, ...rest } = answers;
  return rest;
}

function isEmpty(answers: Answers): boolean {
  for (const _ in answers) return false;
  return true;
}

/** A sentence of the system's own. */
export function system(key: string, parameters?: TextReference['parameters']): TextReference {
  return parameters ? { from: 'system', key, parameters } : { from: 'system', key };
}

/** Adds the step's message: what was gathered on the way, then the given sentences. */
export function speak(draft: Draft, message: Omit<MessageEffect, 'type'>): void {
  const texts = draft.said.length > 0 ? [...draft.said, ...message.texts] : message.texts;
  draft.effects.push({ type: 'message', ...message, texts });
}

/** Says the given sentences and asks again what is waiting: the question, or whether it was understood rightly. */
export function presentAgain(draft: Draft, ...sentences: readonly TextReference[]): void {
  const question = draft.outcome ? undefined : waitingQuestion(draft);
  if (!question) {
    if (sentences.length > 0) speak(draft, { texts: sentences });
    return;
  }
  const { id } = question;
  const { confirm } = draft;
  if (confirm === undefined) speak(draft, { texts: [...sentences, question.prompt], question: id });
  else speak(draft, { texts: [...sentences, confirmation(question, confirm)], question: id, confirm });
}

/** "We read that as 8. Right?" */
export function confirmation(question: PreparedQuestion, value: AnswerValue): TextReference {
  return system(`confirm_${question.kind.namedBy}`, { value });
}
