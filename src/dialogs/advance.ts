import { type AnswerValue, sameAnswer } from './answer.ts';
import { answerTo, type Draft, speak, withAnswer, withoutAnswer } from './draft.ts';
import { isPassedOver, outlook, targetAfter } from './path.ts';
import type { PreparedQuestion, Target } from './prepared.ts';
import type { Ending, SessionOutcome } from './session.ts';

/** Goes along the path to the next question and asks it, or ends the conversation. */
export function goTo(draft: Draft, target: Target): void {
  const stop = walk(draft, target);
  if (typeof stop === 'string') finish(draft, stop);
  else ask(draft, stop);
}

/** Makes a question the waiting one and asks it. */
export function ask(draft: Draft, question: PreparedQuestion): void {
  draft.at = question.id;
  draft.tries = 0;
  draft.confirm = undefined;
  draft.effects.push(question.askedEffect);
  if (draft.said.length === 0) draft.effects.push(question.promptMessage);
  else speak(draft, { texts: [question.prompt], question: question.id });
}

/** Takes an answer to the waiting question and goes on. */
export function accept(
  draft: Draft,
  question: PreparedQuestion,
  value: AnswerValue,
  source: 'reply' | 'default',
  comment?: string,
): void {
  record(draft, question, value, source, comment);
  const ending = question.kind.ending(value);
  if (ending) finish(draft, ending);
  else goTo(draft, targetAfter(question, draft.answers, draft.context));
}

/**
 * Takes an answer that came after the expiry. Nothing more is asked: what was answered behind this question stands as far as the path
 * still leads there, and the outcome is found anew.
 */
export function acceptLate(
  draft: Draft,
  question: PreparedQuestion,
  value: AnswerValue,
  comment?: string,
): void {
  const { byId } = draft.questionnaire;
  for (const [id, answer] of Object.entries(draft.answers)) {
    if ((byId.get(id)?.index ?? -1) < question.index) continue;
    draft.answers = withoutAnswer(draft.answers, id);
    draft.held = withAnswer(draft.held, id, answer);
  }
  record(draft, question, value, 'reply', comment);
  const before = draft.outcome;
  const ending = question.kind.ending(value);
  const stop = ending ?? settle(draft, targetAfter(question, draft.answers, draft.context));
  leave(draft, typeof stop === 'string' ? stop : outcomeAt(draft, stop));
  if (draft.outcome !== before) endedAs(draft);
}

/**
 * Ends the conversation before its end. Answers that Back put aside stand again, for nothing replaced them. `keepWaiting` leaves the
 * question open for a late reply.
 */
export function breakOff(draft: Draft, question: PreparedQuestion, keepWaiting = false): void {
  const { confirm } = draft;
  const stop = settle(draft, question.index);
  leave(draft, typeof stop === 'string' ? 'partial' : outcomeAt(draft, stop));
  if (keepWaiting) {
    draft.at = question.id;
    draft.confirm = confirm;
  }
  endedAs(draft);
}

/**
 * Follows the path until a question needs a reply or an end is reached. Questions whose condition does not hold are passed over silently,
 * statements are said with the next message, and held answers are taken up without asking.
 */
function walk(draft: Draft, start: Target): PreparedQuestion | Ending {
  const { questions } = draft.questionnaire;
  let place = start;
  while (typeof place === 'number') {
    const question: PreparedQuestion | undefined = questions[place];
    if (!question) return 'complete';
    if (isPassedOver(question, draft.answers, draft.context)) {
      place = question.index + 1;
      continue;
    }
    if (question.waits) {
      const held = answerTo(draft.held, question.id);
      if (held === undefined) return question;
      draft.held = withoutAnswer(draft.held, question.id);
      draft.answers = withAnswer(draft.answers, question.id, held);
      const ending = question.kind.ending(held);
      if (ending) return ending;
    } else {
      draft.said.push(question.prompt);
    }
    place = targetAfter(question, draft.answers, draft.context);
  }
  return place === 'screen_out' ? 'screened_out' : 'complete';
}

/**
 * Takes up every held answer that lies on the path as far as the answers decide it, also behind questions without an answer, and says
 * where the first of those is. Nothing is said on this way.
 */
function settle(draft: Draft, start: Target): PreparedQuestion | Ending {
  const first = walk(draft, start);
  let stop = first;
  while (typeof stop !== 'string') stop = walk(draft, targetAfter(stop, draft.answers, draft.context));
  draft.said.length = 0;
  return first;
}

function record(
  draft: Draft,
  question: PreparedQuestion,
  value: AnswerValue,
  source: 'reply' | 'default',
  comment: string | undefined,
): void {
  const { id } = question;
  const before = answerTo(draft.held, id);
  if (before !== undefined) draft.held = withoutAnswer(draft.held, id);
  draft.answers = withAnswer(draft.answers, id, value);
  draft.effects.push({
    type: 'answer_accepted',
    questionId: id,
    value,
    source,
    ...(before !== undefined && !sameAnswer(before, value) && { correctedFrom: before }),
    ...(comment !== undefined && { comment }),
  });
}

/**
 * What a conversation that stopped at a question counts as: partial when at least half of the applicable questions is answered. Applicable
 * are those that were passed and those that lie ahead as far as the answers decide it (AAPOR, Standard Definitions: partial interview).
 */
function outcomeAt(draft: Draft, stop: PreparedQuestion): SessionOutcome {
  const answered = Object.keys(draft.answers).length;
  const ahead = outlook(draft.questionnaire, stop.index, draft.answers, draft.context).count;
  return answered > 0 && answered * 2 >= answered + draft.skipped.length + ahead ? 'partial' : 'break_off';
}

function finish(draft: Draft, ending: Ending): void {
  leave(draft, ending);
  endedAs(draft);
  // Words of ours lead over to a question ("let's move on"), and there is none.
  const told = draft.said.filter(({ from }) => from === 'questionnaire');
  draft.effects.push({ type: 'message', texts: [...told, lastWords[ending]] });
}

const lastWords = {
  complete: { from: 'questionnaire', key: 'end' },
  screened_out: { from: 'questionnaire', key: 'screened_out' },
  refused: { from: 'questionnaire', key: 'refused' },
} as const;

function endedAs(draft: Draft): void {
  if (draft.outcome) draft.effects.push({ type: 'session_ended', outcome: draft.outcome });
}

function leave(draft: Draft, outcome: SessionOutcome): void {
  for (const questionId in draft.held) draft.effects.push({ type: 'answer_retracted', questionId });
  draft.held = {};
  draft.at = undefined;
  draft.tries = 0;
  draft.confirm = undefined;
  draft.outcome = outcome;
}
