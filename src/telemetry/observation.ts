/** Something that happened and is worth counting. It holds names of ours and numbers: no ids, because every one would be a series of its own. */
export type Observation =
  /** A channel handed a message over; a duplicate changed nothing. */
  | { readonly kind: 'received'; readonly channel: string; readonly duplicate: boolean }
  /** A request was turned away, to come again. */
  | { readonly kind: 'refused'; readonly reason: 'overloaded' | 'draining' | 'store_unavailable' }
  /** A turn was committed, or there was nothing to write. */
  | { readonly kind: 'turned'; readonly cause: TurnCause; readonly seconds: number }
  | { readonly kind: 'turn_failed'; readonly cause: TurnCause }
  /** Somebody else changed the contact first, and the turn was computed again. */
  | { readonly kind: 'race_lost' }
  /** How an attempt to send ended. */
  | {
      readonly kind: 'sent';
      readonly channel: string;
      readonly outcome: SendOutcome;
      readonly seconds: number;
    }
  /** A send of which nobody knows whether the provider took it. */
  | { readonly kind: 'send_ambiguous'; readonly channel: string }
  /** A message was put aside for good: one that nobody could handle, or one that no provider takes. */
  | { readonly kind: 'dead_letter'; readonly direction: 'inbound' | 'outbound' }
  | { readonly kind: 'questionnaire_paused'; readonly questionnaireId: string }
  | {
      readonly kind: 'answered';
      readonly area: string;
      readonly method: string;
      readonly status: number;
      readonly seconds: number;
    }
  | { readonly kind: 'page_opened' }
  | { readonly kind: 'page_closed' };

/** What a turn was about: a message, asking for a survey, an act of staff, a timer, texts of a newer revision. */
export type TurnCause = 'reply' | 'start' | 'staff' | 'timer' | 'texts';

export type SendOutcome = 'accepted' | 'not_taken' | 'never' | 'ambiguous' | 'channel_down';

/** Takes note of what happened. It never throws and never makes anybody wait. */
export type Observe = (observation: Observation) => void;
