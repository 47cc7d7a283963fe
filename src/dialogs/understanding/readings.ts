import type { AnswerReading, AnswerValue, InvalidReason, Reading } from './reading.ts';
import type { Language } from './request.ts';

/** A reading before its language is known. */
export type Draft =
  | {
      outcome: 'answer';
      value: AnswerValue;
      confidence: AnswerReading['confidence'];
      rule: string;
      comment?: string | undefined;
    }
  | { outcome: 'ambiguous'; candidates: ReadonlyArray<{ value: AnswerValue; rule: string }>; rule: string }
  | { outcome: 'invalid'; reason: InvalidReason; rule: string };

/** An answer that needs no confirmation. */
export function take(value: AnswerValue, rule: string, comment?: string): Draft {
  return { outcome: 'answer', value, confidence: 'take', rule, comment };
}

/** An answer to confirm. */
export function confirm(value: AnswerValue, rule: string, comment?: string): Draft {
  return { outcome: 'answer', value, confidence: 'confirm', rule, comment };
}

/** Several answers, of which the contact should choose; at most five are offered. */
export function ambiguous(rule: string, values: Iterable<AnswerValue>): Draft {
  const candidates = [...values].slice(0, candidatesMax).map((value) => ({ value, rule }));
  return { outcome: 'ambiguous', candidates, rule };
}

const candidatesMax = 5;

/** No answer; `rule` names what was seen, when that says more than the reason. */
export function invalid(reason: InvalidReason, rule: string = reason): Draft {
  return { outcome: 'invalid', reason, rule };
}

/** The reading of a draft, without a comment when there is none. */
export function finish(draft: Draft, language: Language): Reading {
  if (draft.outcome !== 'answer') return { ...draft, language };
  const { outcome, value, confidence, rule, comment } = draft;
  return comment === undefined
    ? { outcome, value, confidence, rule, language }
    : { outcome, value, confidence, rule, language, comment };
}
