import type { Questionnaire } from './prepared.ts';
import type { Session } from './session.ts';
import { understand } from './understanding/index.ts';
import type { Reading } from './understanding/reading.ts';
import type { AskedQuestion, Language, UnderstandRequest } from './understanding/request.ts';

/** What a reading depends on besides the question and the words. */
export type ReplyCircumstances = Pick<UnderstandRequest, 'language' | 'now' | 'timeZone' | 'region'>;

/** A reply that was read. */
export interface ReadReply {
  readonly reading: Reading;
  /** Whether the reply is about the waiting question or about the "did you mean" that was asked before it. */
  readonly subject: 'question' | 'confirmation';
}

/**
 * Reads a typed reply as an answer to the waiting question. While a value waits to be confirmed, yes and no are about that; a plain answer
 * to the question itself takes its place. When nothing waits only reserved words mean something.
 */
export function readReply(
  questionnaire: Questionnaire,
  session: Session,
  text: string,
  circumstances: ReplyCircumstances,
): ReadReply {
  const question = session.at === undefined ? undefined : questionnaire.byId.get(session.at);
  if (!question) {
    const reading = read(anything, text, circumstances);
    return { reading: reading.outcome === 'command' ? reading : nothingWaits(reading), subject: 'question' };
  }
  if (session.confirm === undefined) {
    return { reading: read(question.asked, text, circumstances), subject: 'question' };
  }
  const confirmation = read(yesOrNo, text, circumstances);
  if (isPlainAnswer(confirmation) && confirmation.comment === undefined) {
    return { reading: confirmation, subject: 'confirmation' };
  }
  if (confirmation.outcome === 'command') return { reading: confirmation, subject: 'question' };
  const answer = read(question.asked, text, circumstances);
  return answer.outcome === 'answer'
    ? { reading: answer, subject: 'question' }
    : { reading: confirmation, subject: 'confirmation' };
}

/**
 * Reads a tap on the choices of a question. A choice that the question does not offer is no answer; a question that does not wait is found
 * out by `step`, which is told the question that was tapped.
 */
export function readTap(
  questionnaire: Questionnaire,
  questionId: string,
  choiceIds: readonly string[],
  language: Language,
): Reading {
  const question = questionnaire.byId.get(questionId);
  const value = question?.kind.tapped(question.question, choiceIds);
  if (!question || value === undefined) {
    return { outcome: 'invalid', reason: 'not_an_option', rule: 'tap', language };
  }
  const reason = question.kind.check(question.question, value);
  if (reason) return { outcome: 'invalid', reason, rule: 'tap', language };
  return { outcome: 'answer', value, confidence: 'take', rule: 'tap', language };
}

const anything: AskedQuestion = { kind: 'info' };
const yesOrNo: AskedQuestion = { kind: 'yes_no' };

function read(question: AskedQuestion, text: string, circumstances: ReplyCircumstances): Reading {
  const { language, now, timeZone, region } = circumstances;
  return understand({ question, text, language, now, timeZone, region });
}

function isPlainAnswer(reading: Reading): reading is Extract<Reading, { outcome: 'answer' }> {
  return reading.outcome === 'answer' && reading.confidence === 'take';
}

function nothingWaits({ language }: Reading): Reading {
  return { outcome: 'invalid', reason: 'unclear', rule: 'nothing_waits', language };
}
