import type { AnswerValue } from './answer.ts';
import type { Language } from './language.ts';
import type { SessionOutcome } from './session.ts';
import type { InvalidReason } from './understanding/reading.ts';

/** A sentence by its id: `system` sentences stand in locales/, `questionnaire` ones in the questionnaire's own texts. */
export interface TextReference {
  readonly from: 'system' | 'questionnaire';
  readonly key: string;
  readonly parameters?: Readonly<Record<string, AnswerValue>>;
}

/** What to say: sentences that make one message and, with `question`, the choices or the input that belong under it. */
export interface MessageEffect {
  readonly type: 'message';
  readonly texts: readonly TextReference[];
  /** The question whose choices are offered with this message. */
  readonly question?: string;
  /** Only these values of the question are offered: the readings that a reply could have had. */
  readonly candidates?: readonly AnswerValue[];
  /** The value that the contact is asked to confirm; yes and no are offered instead of the question's choices. */
  readonly confirm?: AnswerValue;
}

/** What a step causes, as data. The order is the order in which things happen. */
export type Effect =
  | MessageEffect
  | {
      readonly type: 'answer_accepted';
      readonly questionId: string;
      readonly value: AnswerValue;
      readonly source: 'reply' | 'known' | 'default';
      readonly correctedFrom?: AnswerValue;
      readonly comment?: string;
    }
  | {
      readonly type: 'answer_rejected';
      readonly questionId: string;
      readonly reason: InvalidReason | 'ambiguous' | 'not_confirmed';
    }
  | { readonly type: 'answer_retracted'; readonly questionId: string }
  | { readonly type: 'question_asked'; readonly questionId: string }
  | { readonly type: 'question_skipped'; readonly questionId: string; readonly by: 'contact' | 'retries' }
  | { readonly type: 'session_ended'; readonly outcome: SessionOutcome }
  | { readonly type: 'human_requested' }
  | { readonly type: 'opt_out_requested' }
  | { readonly type: 'opt_in_requested' }
  | { readonly type: 'language_chosen'; readonly language: Language }
  | { readonly type: 'paused' };
