import { ask, breakOff, goTo } from './advance.ts';
import {
  answerTo,
  type Draft,
  presentAgain,
  speak,
  system,
  waitingQuestion,
  withAnswer,
  withoutAnswer,
} from './draft.ts';
import { targetAfter } from './path.ts';
import type { PreparedQuestion, Questionnaire } from './prepared.ts';
import type { Session } from './session.ts';
import type { Command } from './understanding/reading.ts';

/** Does what a reserved word asks for, also when no question waits. */
export function obey(draft: Draft, command: Command): void {
  const question = draft.outcome ? undefined : waitingQuestion(draft);
  switch (command) {
    case 'stop':
      if (question) {
        breakOff(draft, question);
      }
      draft.effects.push({ type: 'opt_out_requested' });
      return;
    case 'human':
      draft.effects.push({ type: 'human_requested' });
      return;
    case 'language:he':
    case 'language:en':
      draft.effects.push({ type: 'language_chosen', language: command === 'language:he' ? 'he' : 'en' });
      presentAgain(draft, system('language_switched'));
      return;
    case 'help':
      presentAgain(draft, system('help'));
      return;
    case 'start':
      if (question) presentAgain(draft);
      else draft.effects.push({ type: 'opt_in_requested' });
      return;
    case 'back':
    case 'skip':
    case 'restart':
    case 'pause':
      if (question) move[command](draft, question);
      else speak(draft, { texts: [system(draft.outcome ? 'survey_closed' : 'nothing_open')] });
  }
}

const move = { back, skip, restart, pause } satisfies Partial<
  Record<Command, (draft: Draft, question: PreparedQuestion) => void>
>;

function back(draft: Draft, question: PreparedQuestion): void {
  const before = questionBefore(draft.questionnaire, draft, question.index);
  if (!before) {
    presentAgain(draft, system('back_at_first'));
    return;
  }
  const value = answerTo(draft.answers, before.id);
  if (value === undefined) {
    draft.skipped = draft.skipped.filter((id) => id !== before.id);
  } else {
    draft.answers = withoutAnswer(draft.answers, before.id);
    draft.held = withAnswer(draft.held, before.id, value);
  }
  ask(draft, before);
}

/** The last question before an index that was answered or skipped; what came as a fact was never asked. */
export function questionBefore(
  { questions }: Questionnaire,
  { answers, skipped, known }: Pick<Session, 'answers' | 'skipped' | 'known'>,
  index: number,
): PreparedQuestion | undefined {
  for (let place = index - 1; place >= 0; place -= 1) {
    const question = questions[place];
    if (!question) continue;
    if (skipped?.includes(question.id)) return question;
    if (Object.hasOwn(answers, question.id) && !known?.includes(question.id)) return question;
  }
  return undefined;
}

/** An answer that Back put aside is withdrawn: the contact does not want to give it. */
function skip(draft: Draft, question: PreparedQuestion): void {
  const { id } = question;
  if (!question.skippable) {
    presentAgain(draft, system('skip_not_possible'));
    return;
  }
  if (answerTo(draft.held, id) !== undefined) {
    draft.held = withoutAnswer(draft.held, id);
    draft.effects.push({ type: 'answer_retracted', questionId: id });
  }
  draft.skipped = [...draft.skipped, id];
  draft.effects.push({ type: 'question_skipped', questionId: id, by: 'contact' });
  goTo(draft, targetAfter(question, draft.answers, draft.context));
}

/** From the beginning: what the contact said is withdrawn, and what came as facts stays known. */
function restart(draft: Draft): void {
  const given = { ...draft.answers, ...draft.held };
  draft.answers = {};
  draft.held = {};
  draft.skipped = [];
  for (const [questionId, value] of Object.entries(given)) {
    if (draft.known.includes(questionId)) draft.held = withAnswer(draft.held, questionId, value);
    else draft.effects.push({ type: 'answer_retracted', questionId });
  }
  draft.said.push(system('restarted'));
  goTo(draft, 0);
}

function pause(draft: Draft): void {
  draft.effects.push({ type: 'paused' });
  speak(draft, { texts: [system('paused')] });
}
