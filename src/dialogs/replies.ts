import { accept, acceptLate, breakOff, goTo } from './advance.ts';
import type { AnswerValue } from './answer.ts';
import { obey } from './commands.ts';
import { answerTo, confirmation, type Draft, presentAgain, speak, system, waitingQuestion } from './draft.ts';
import type { MessageEffect, TextReference } from './effect.ts';
import type { Event } from './event.ts';
import { targetAfter } from './path.ts';
import type { PreparedQuestion } from './prepared.ts';
import type { AmbiguousReading, AnswerReading, InvalidReason, Reading } from './understanding/reading.ts';

/** The event of a reply. */
export type Replied = Extract<Event, { type: 'replied' }>;

/** What a reply does, whatever it is and wherever the session stands. */
export function reply(draft: Draft, event: Replied): void {
  const { reading } = event;
  const question = waitingQuestion(draft);
  if (reading.outcome === 'command') {
    obey(draft, reading.command);
  } else if (!question) {
    speak(draft, { texts: [system(draft.outcome ? 'survey_closed' : 'nothing_open')] });
  } else if (event.tapped !== undefined && event.tapped !== question.id) {
    replyToOther(draft, event.tapped);
  } else if (draft.outcome) {
    replyLate(draft, question, event);
  } else if (event.subject === 'confirmation') {
    replyToConfirmation(draft, question, event);
  } else if (reading.outcome === 'answer') {
    take(draft, question, reading);
  } else if (reading.outcome === 'ambiguous') {
    offerCandidates(draft, question, reading);
  } else {
    reject(draft, question, reading.reason, {
      texts: whyNot(question, reading.reason),
      question: question.id,
    });
  }
}

function take(draft: Draft, question: PreparedQuestion, reading: AnswerReading): void {
  const reason = question.kind.check(question.question, reading.value);
  if (reason) {
    reject(draft, question, reason, { texts: whyNot(question, reason), question: question.id });
  } else if (reading.confidence === 'take') {
    accept(draft, question, reading.value, 'reply', reading.comment);
  } else {
    draft.confirm = reading.value;
    draft.comment = reading.comment;
    presentAgain(draft);
  }
}

/** A tap on a button of a question that does not wait, kindly answered and never scored. */
function replyToOther(draft: Draft, tapped: string): void {
  if (draft.outcome) {
    speak(draft, { texts: [system('survey_closed')] });
    return;
  }
  const answered = answerTo(draft.answers, tapped) !== undefined || draft.skipped.includes(tapped);
  presentAgain(draft, system(answered ? 'stale_tap' : 'foreign_tap'));
}

/** The session has expired: a clear answer still counts, and nothing more is asked. */
function replyLate(draft: Draft, question: PreparedQuestion, { reading, subject }: Replied): void {
  if (reading.outcome === 'answer' && reading.confidence === 'take') {
    const { confirm } = draft;
    if (subject === 'question' && question.kind.check(question.question, reading.value) === undefined) {
      acceptLate(draft, question, reading.value, reading.comment);
      speak(draft, { texts: [system('late')] });
      return;
    }
    if (subject === 'confirmation' && reading.value === true && confirm !== undefined) {
      acceptLate(draft, question, confirm, commentOf(draft, reading));
      speak(draft, { texts: [system('late')] });
      return;
    }
  }
  speak(draft, { texts: [system('survey_closed')] });
}

/** "We read that as 8. Right?" was asked. A doubtful yes is none. */
function replyToConfirmation(draft: Draft, question: PreparedQuestion, { reading }: Replied): void {
  const { confirm } = draft;
  const agreed = reading.outcome === 'answer' && reading.confidence === 'take' ? reading.value : undefined;
  if (confirm === undefined) {
    presentAgain(draft);
  } else if (agreed === true) {
    accept(draft, question, confirm, 'reply', commentOf(draft, reading));
  } else if (agreed === false) {
    reject(draft, question, 'not_confirmed', {
      texts: [system('not_confirmed'), question.prompt],
      question: question.id,
    });
  } else {
    reject(draft, question, reading.outcome === 'invalid' ? reading.reason : 'ambiguous', {
      texts: [system('reasons.unclear'), confirmation(question, confirm)],
      question: question.id,
      confirm,
    });
  }
}

/** What was said beside a value, when it was first said and when it was confirmed. */
function commentOf({ comment }: Draft, reading: Reading): string | undefined {
  const beside = reading.outcome === 'answer' ? reading.comment : undefined;
  return comment !== undefined && beside !== undefined ? `${comment}\n${beside}` : (comment ?? beside);
}

function offerCandidates(draft: Draft, question: PreparedQuestion, reading: AmbiguousReading): void {
  const candidates: AnswerValue[] = [];
  for (const { value } of reading.candidates) {
    if (question.kind.check(question.question, value) === undefined) candidates.push(value);
  }
  const { id } = question;
  const [first, second] = candidates;
  if (first === undefined || candidates.length > candidatesMax) {
    reject(draft, question, 'ambiguous', { texts: ownOr(question, 'ambiguous'), question: id });
  } else if (second === undefined) {
    draft.confirm = first;
    draft.comment = undefined;
    presentAgain(draft);
  } else {
    const text =
      candidates.length === 2
        ? system(`ambiguous_two_${question.kind.namedBy}`, { first, second })
        : system('ambiguous_several');
    reject(draft, question, 'ambiguous', { texts: [text], question: id, candidates });
  }
}

/** More than these help nobody to choose. */
const candidatesMax = 5;

/** Counts a reply that was not taken and says why; after the last try the question's own way out is taken. */
function reject(
  draft: Draft,
  question: PreparedQuestion,
  reason: InvalidReason | 'ambiguous' | 'not_confirmed',
  message: Omit<MessageEffect, 'type'>,
): void {
  draft.effects.push({ type: 'answer_rejected', questionId: question.id, reason });
  draft.tries += 1;
  // Yes and no are about what is asked now: a value that is not asked about again is forgotten.
  draft.confirm = message.confirm;
  if (draft.tries >= question.retry.tries) giveUp(draft, question);
  else speak(draft, message);
}

function giveUp(draft: Draft, question: PreparedQuestion): void {
  draft.tries = 0;
  draft.confirm = undefined;
  const { after, default: value } = question.retry;
  switch (after) {
    case 'human':
      draft.effects.push({ type: 'human_requested' });
      return;
    case 'end':
      breakOff(draft, question);
      speak(draft, { texts: [system('ended_by_retries')] });
      return;
    case 'default':
      if (value !== undefined && question.kind.check(question.question, value) === undefined) {
        draft.said.push(system('moving_on'));
        accept(draft, question, value, 'default');
        return;
      }
      passBy(draft, question);
      return;
    case 'skip':
      passBy(draft, question);
  }
}

/** Goes on without an answer; one that Back put aside stands, for nothing replaced it. */
function passBy(draft: Draft, question: PreparedQuestion): void {
  draft.said.push(system('moving_on'));
  if (answerTo(draft.held, question.id) !== undefined) {
    goTo(draft, question.index);
    return;
  }
  draft.skipped = [...draft.skipped, question.id];
  draft.effects.push({ type: 'question_skipped', questionId: question.id, by: 'retries' });
  goTo(draft, targetAfter(question, draft.answers, draft.context));
}

function whyNot(question: PreparedQuestion, reason: InvalidReason): readonly TextReference[] {
  return ownOr(question, `reasons.${reason}`);
}

function ownOr(question: PreparedQuestion, key: string): readonly TextReference[] {
  return question.ownRetry ?? [system(key), question.hint];
}
