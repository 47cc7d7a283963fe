import type { AnswerValue } from './answer.ts';
import type { Condition, Operand } from './condition.ts';
import type { Effect, MessageEffect, TextReference } from './effect.ts';
import type { Language } from './language.ts';
import type { Presentation } from './presentation.ts';
import type { Question, QuestionnaireDocument } from './questionnaire.ts';
import type { Kind, Metric, RetryOutcome } from './questions/kind.ts';
import type { AskedQuestion } from './understanding/request.ts';

/** A place that a path can go to: the index of a question, or one of the two ways out. */
export type Target = number | 'end' | 'screen_out';

/** One way on from a question; the first whose condition holds, or that has none, is taken. */
export interface PreparedRule {
  readonly when: Condition | undefined;
  readonly to: Target;
}

/** A question with everything about it that does not change from one turn to the next. */
export interface PreparedQuestion {
  readonly id: string;
  readonly index: number;
  readonly question: Question;
  readonly kind: Kind<Question>;
  readonly when: Condition | undefined;
  readonly rules: readonly PreparedRule[];
  readonly waits: boolean;
  readonly skippable: boolean;
  readonly metric: Metric | undefined;
  readonly retry: {
    readonly tries: number;
    readonly after: RetryOutcome;
    readonly default: AnswerValue | undefined;
  };
  readonly count: Operand | undefined;
  readonly asked: AskedQuestion;
  readonly presentation: Presentation;
  /** What the author wrote for replies that are not taken; otherwise we say why, and the hint. */
  readonly ownRetry: readonly TextReference[] | undefined;
  readonly hint: TextReference;
  /** The most replies that can still be wanted when this question waits, itself included. */
  readonly remainingMax: number;
  /** Effects that are the same each time. */
  readonly prompt: TextReference;
  readonly promptMessage: MessageEffect;
  readonly askedEffect: Effect;
}

/** A questionnaire ready to be run, at one revision. It is shared between sessions and never changes. */
export interface Questionnaire {
  readonly id: string;
  readonly touchpoint: string;
  readonly revision: number;
  readonly languages: readonly Language[];
  readonly timing: {
    readonly reminderHours: number;
    readonly expiryHours: number;
    readonly graceHours: number;
  };
  readonly document: QuestionnaireDocument;
  readonly questions: readonly PreparedQuestion[];
  readonly byId: ReadonlyMap<string, PreparedQuestion>;
  /** The attributes that conditions look at: an event carries these and no others. */
  readonly conditionAttributes: readonly string[];
  /** By the key of their text, the numbers that choose the plural forms of prompts. */
  readonly countedPrompts: ReadonlyMap<string, Operand>;
  /** Whether something is said before the first question. */
  readonly hasOpening: boolean;
}
